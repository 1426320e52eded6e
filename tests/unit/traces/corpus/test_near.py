"""Near-duplicates: the estimate against the exact similarity of the sets."""

from __future__ import annotations

import random
import struct
import sys

import pytest

from tests.unit.traces.corpus.story import OTHER, STORY
from withhold.errors import MissingExtra
from withhold.traces.corpus.folding import fold
from withhold.traces.corpus.near import Near, signature, similarity

VOCABULARY = [f"word{number}" for number in range(500)]


def exact(one: str, other: str) -> float:
    """Jaccard's similarity of the sets of five words in a row."""
    sets = []
    for text in (one, other):
        every = text.split()
        sets.append({tuple(every[at : at + 5]) for at in range(len(every) - 4)})
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


def with_changes(chance: random.Random, text: str, changes: int) -> str:
    every = text.split()
    for at in chance.sample(range(len(every)), changes):
        every[at] = "changed"
    return " ".join(every)


def pairs() -> list[tuple[str, str]]:
    chance = random.Random(3)  # noqa: S311 - the same texts in every run
    found = []
    for number in range(120):
        text = " ".join(chance.choices(VOCABULARY, k=300))
        found.append((text, with_changes(chance, text, number // 4)))
    return found


def test_the_estimate_is_close_to_the_exact_similarity() -> None:
    errors = [
        similarity(signature(one), signature(other)) - exact(one, other) for one, other in pairs()
    ]
    assert max(map(abs, errors)) < 4.5 * 0.045  # the standard error of 128 permutations
    assert abs(sum(errors) / len(errors)) < 0.02


def test_datasketch_estimates_alike() -> None:
    datasketch = pytest.importorskip("datasketch", reason="datasketch is not installed")
    for one, other in pairs()[::12]:
        sketches = []
        for text in (one, other):
            sketch = datasketch.MinHash(num_perm=256)
            every = text.split()
            sketch.update_batch(
                [" ".join(every[at : at + 5]).encode() for at in range(len(every) - 4)]
            )
            sketches.append(sketch)
        theirs = sketches[0].jaccard(sketches[1])
        assert abs(similarity(signature(one), signature(other)) - theirs) < 0.2


def test_each_pair_above_the_threshold_is_found_and_no_other() -> None:
    for one, other in pairs():
        like = similarity(signature(one), signature(other))
        found = Near([(7, signature(one))]).to(other)
        assert found == ({7: like} if like >= 0.8 else {})


def test_of_many_only_the_near_one_is_found() -> None:
    every = pairs()
    near = Near((number, signature(one)) for number, (one, _) in enumerate(every))
    assert set(near.to(every[5][1])) == {5}
    assert near.to(fold(OTHER)) == {}


def test_a_story_with_one_word_changed_is_near_and_quoted_in_a_page_is_not() -> None:
    near = Near([(1, signature(fold(STORY)))])
    assert set(near.to(fold(STORY.replace("oranges", "lemons")))) == {1}
    assert near.to(fold(f"{OTHER} {STORY} {OTHER}")) == {}


def test_short_texts_are_near_to_nothing() -> None:
    assert signature("word " * 39) == b""
    assert len(signature(" ".join(VOCABULARY[:40]))) == 512
    assert Near([(1, signature(fold(STORY)))]).to("a few words") == {}


def test_the_signature_is_that_of_rensa_in_whatever_order() -> None:
    rensa = pytest.importorskip("rensa", reason="rensa is not installed")
    every = VOCABULARY[:60]
    sketch = rensa.RMinHash(num_perm=128, seed=42)
    sketch.update([" ".join(every[at : at + 5]) for at in reversed(range(56))])
    assert signature(" ".join(every)) == struct.pack("<128I", *sketch.digest())


def test_without_rensa_the_tip_is_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rensa", None)
    with pytest.raises(MissingExtra, match="near-duplicates"):
        signature(fold(STORY))
