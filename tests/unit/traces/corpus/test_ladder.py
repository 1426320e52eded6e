"""Which needle a record holds, and on which rung: each way of matching, the same answers."""

from __future__ import annotations

import io
import pickle
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.unit.traces.corpus.story import CHINESE, OTHER, RUSSIAN, STORY
from tests.unit.traces.corpus.test_image_hash import octets, picture
from withhold.errors import BadInput
from withhold.traces.corpus import literal
from withhold.traces.corpus.folding import fold, words
from withhold.traces.corpus.found import Hit, Needle, Record
from withhold.traces.corpus.ladder import Ladder
from withhold.traces.corpus.literal import Engine
from withhold.traces.corpus.needles import needles, of_image, of_text

WAYS: tuple[Engine, ...] = ("auto", "hyperscan", "windows", "ahocorasick")
URL = "https://me.example/late"


def needle(id: str, text: str = "", **more: Any) -> Needle:
    found = of_text(id, text, **more)
    assert isinstance(found, Needle)
    return found


def hits(
    looked_for: list[Needle], *texts: str | bytes, way: Engine = "auto", **more: Any
) -> list[Hit]:
    every = tuple(one.encode() if isinstance(one, str) else one for one in texts)
    return Ladder(looked_for, way).hits(Record(offset=7, texts=every, **more))


def rungs(found: list[Hit]) -> list[tuple[str, str]]:
    return [(one.needle, one.rung) for one in found]


CHANGED = {
    "as it is": STORY,
    "capitals": STORY.upper(),
    "lines": STORY.replace(" ", "\r\n   "),
    "no-break spaces": STORY.replace(" ", "\u00a0"),
    "plain quotes": STORY.replace("’", "'"),
    "soft hyphens": STORY.replace("ter", "t\u00ader"),
    "ligatures": STORY.replace("fi", "ﬁ"),
    "fullwidth": "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in STORY),
    "within": f"{OTHER} {STORY} {OTHER}",
    "byte order mark": "\ufeff" + STORY,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("how", CHANGED)
def test_a_story_is_found_however_it_is_set(way: Engine, how: str) -> None:
    (hit,) = hits([needle("story", STORY)], CHANGED[how], way=way)
    assert (hit.needle, hit.rung, hit.count, hit.of, hit.offset) == ("story", "span", 4, 4, 7)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", [RUSSIAN, CHINESE], ids=["russian", "chinese"])
def test_scripts_without_ascii_letters(way: Engine, text: str) -> None:
    looked_for = [needle("one", text), needle("story", STORY)]
    assert rungs(hits(looked_for, f"{OTHER}\n{text.upper()}", way=way)) == [("one", "span")]
    assert hits(looked_for, OTHER, way=way) == []
    assert hits(looked_for, text.replace(text[20:23], "x"), text[:20], way=way) == []


@pytest.mark.parametrize("way", WAYS)
def test_where_the_first_span_begins_in_octets_of_the_folded_text(way: Engine) -> None:
    span = fold(STORY)[:60]
    looked_for = [Needle(id="one", spans=("no such span is anywhere in these texts here", span))]
    (hit,) = hits(looked_for, f"Çà  et là — {STORY}", way=way)
    assert (hit.count, hit.of) == (1, 2)
    assert fold(f"Çà et là - {STORY}").encode()[hit.at :].startswith(span.encode())


NEARLY = {
    "a letter": ("lantern", "lamtern"),
    "a comma": (",", ";"),
    "a word less": (" the ", " "),
    "a word more": ("the", "the very"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("how", NEARLY)
def test_a_span_that_is_nearly_there_is_not_there(way: Engine, how: str) -> None:
    span = fold("Nobody asked her afterwards, which of the remaining lanterns had belonged to whom")
    looked_for = [Needle(id="one", spans=(span,))]
    assert rungs(hits(looked_for, f"- {span.upper()} -", way=way)) == [("one", "span")]
    assert hits(looked_for, span.replace(*NEARLY[how]), way=way) == []


def test_each_record_gives_a_needle_its_surest_rung() -> None:
    whole = needle("one", STORY, url=URL, post="t3_1abcde", host="me.example", near=True)
    text = STORY.replace("oranges", "lemons").encode()
    few = " ".join(fold(STORY).replace(",", "").replace(".", "").split(" ")).encode()
    given = {
        "id": Record(offset=0, ids=("17", "t3_1abcde"), url=URL, texts=(text,)),
        "url": Record(
            offset=0, ids=("t3_1abcdf",), url="http://www.me.example/late/", texts=(text,)
        ),
        "host": Record(offset=0, url="https://me.example/other", texts=(text,)),
        "span": Record(offset=0, url="https://elsewhere.example/", texts=(text,)),
        "shingles": Record(
            offset=0, texts=(few.replace(b"daughter", b"son").replace(b"'s", b"s"),)
        ),
    }
    assert {rung: rungs(Ladder([whole]).hits(one)) for rung, one in given.items()} == {
        rung: [("one", rung)] for rung in given
    }


def test_near_and_image_are_looked_at_where_a_needle_asks_for_them() -> None:
    every = words(fold(STORY))
    text = " ".join(every + every[:5])
    asks = Needle(id="near", signature=needle("x", STORY, near=True).signature)
    (hit,) = hits([asks], text)
    assert (hit.rung, hit.near >= 0.8) == ("near", True)
    assert hits([Needle(id="one", url="me.example/a")], text) == []
    photo = octets(picture(1))
    image = of_image("photo", photo)
    assert isinstance(image, Needle)
    small = octets(picture(1).resize((320, 240)), "JPEG", quality=60)
    (hit,) = hits([image], images=(octets(picture(2)), small))
    assert (hit.needle, hit.rung, hit.near > 0.87) == ("photo", "image", True)


def test_a_platforms_host_is_never_a_hit_of_a_post() -> None:
    post = needle("one", STORY, url="https://www.reddit.com/r/a/comments/1abcde/late/")
    assert hits([post], OTHER, url="https://www.reddit.com/r/a/comments/2fghij/") == []


def test_an_id_in_a_text_is_no_id() -> None:
    assert hits([needle("one", post="t3_1abcde")], "see t3_1abcde t3_1abcde") == []


def test_parts_of_a_needle_in_several_texts_of_a_record_count_together() -> None:
    folded = " ".join(words(fold(STORY)))
    half = len(folded) // 2
    (hit,) = hits([needle("one", STORY)], folded[: half + 40], folded[half - 40 :])
    assert (hit.rung, hit.count, hit.of) == ("shingles", 7, 7)


@pytest.mark.parametrize("way", WAYS)
def test_needles_that_are_the_same_or_hold_each_other(way: Engine) -> None:
    span = fold(STORY)[:150]
    looked_for = [
        Needle(id="a", spans=(span,)),
        Needle(id="b", spans=(span,)),
        Needle(id="c", spans=(span[30:120],)),
        Needle(id="d", spans=(span[40:120] + "no",)),
    ]
    assert [one.needle for one in hits(looked_for, STORY, STORY, way=way)] == ["a", "b", "c"]


@pytest.mark.parametrize("way", WAYS)
def test_empty_and_broken_records_hold_nothing(way: Engine) -> None:
    looked_for = [needle("one", STORY), needle("two", RUSSIAN)]
    for texts in ([], [b""], [b"\xff\xfe" * 500], [b"\0" * 9_000], [STORY.encode("utf-16")]):
        assert hits(looked_for, *texts, way=way) == []
    broken = STORY.encode()[:250] + b"\xe2\x80" + STORY.encode()[250:]
    assert rungs(hits(looked_for, broken, way=way)) == [("one", "span")]


def test_a_needle_of_three_characters_is_refused() -> None:
    with pytest.raises(BadInput, match="too short to be looked for: 'abc'"):
        hits([Needle(id="one", spans=("abc",))], "abc")


def test_too_many_needles_are_refused_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(literal, "MOST", 3)
    with pytest.raises(BadInput, match="more than 3 texts") as why:
        Ladder([needle("one", STORY)])
    assert "several runs" in str(why.value.tip)


def test_a_needle_in_every_record_is_named_so_often_and_then_counted() -> None:
    ladder = Ladder([needle("one", STORY), needle("two", OTHER)], most=3)
    records = [Record(offset=n, texts=(STORY.encode(),)) for n in range(10)]
    for _ in range(2):
        assert [hit.offset for one in records for hit in ladder.hits(one)] == [0, 1, 2]
        assert ladder.beyond == {"one": 7}
        assert rungs(ladder.hits(Record(offset=11, texts=(OTHER.encode(),)))) == [("two", "span")]
        ladder.anew()
        assert ladder.beyond == {}


def test_a_ladder_that_was_pickled_answers_alike() -> None:
    ladder = Ladder([needle("one", STORY, near=True), needle("two", RUSSIAN)], "windows", most=1)
    record = Record(offset=1, texts=(STORY.encode(), RUSSIAN.encode()))
    expected = ladder.hits(record)
    again = pickle.loads(pickle.dumps(ladder))  # noqa: S301 - our own octets
    assert again.hits(record) == expected
    assert again.hits(record) == []
    assert dict(again.beyond) == {"one": 1, "two": 1}


def test_without_needles_nothing_is_looked_for() -> None:
    assert hits([], STORY, url=URL, ids=("t3_1abcde",)) == []


WORDS = ["harbour", "Lantern,", "it’s", "ﬁnal", "straße", "паром", "灯笼", "the", "of", "a1", "É"]
prose = st.lists(st.sampled_from(WORDS), min_size=12, max_size=30)


def naive(looked_for: list[Needle], texts: list[str]) -> list[tuple[str, str, int]]:
    """By folding all and asking ``in``: what the fast way has to answer."""
    found = []
    for one in looked_for:
        spans = sum(any(span in fold(text) for text in texts) for span in one.spans)
        shingled = sum(
            any(f" {shingle} " in f" {' '.join(words(fold(text)))} " for text in texts)
            for shingle in one.shingles
        )
        if spans:
            found.append((one.id, "span", spans))
        elif shingled >= 3 or (shingled >= 2 and shingled * 2 >= len(one.shingles)):
            found.append((one.id, "shingles", shingled))
    return found


@settings(max_examples=80, deadline=None)
@given(st.lists(prose, min_size=1, max_size=6), st.data())
def test_every_way_answers_as_the_slow_one(posts: list[list[str]], data: st.DataObject) -> None:
    posts += [post[3:] + posts[0] for post in posts]
    looked_for, _ = needles(Said(str(n), " ".join(post)) for n, post in enumerate(posts))
    space = st.sampled_from([" ", "\n", " — ", "\u00a0 ", ", "])
    texts = []
    for _ in range(data.draw(st.integers(0, 3))):
        parts = data.draw(st.lists(st.sampled_from(posts) | prose, max_size=3))
        texts.append(data.draw(space).join(word for part in parts for word in part))
    expected = naive(looked_for, texts)
    for way in WAYS:
        found = hits(looked_for, *texts, way=way)
        assert [(one.needle, one.rung, one.count) for one in found] == expected, way


class Said:
    """A post as needles are made of."""

    platform, kind, url = "x", "post", ""

    def __init__(self, id: str, text: str) -> None:
        self.id, self.text = id, text


def test_five_thousand_needles_and_one_planted() -> None:
    chance = random.Random(5)  # noqa: S311 - the same texts in every run
    vocabulary = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "nrst"]
    texts = [" ".join(chance.choices(vocabulary, k=30)) for _ in range(5_000)]
    looked_for, refused = needles(Said(str(n), text) for n, text in enumerate(texts))
    assert (len(looked_for), refused) == (5_000, [])
    ladder = Ladder(looked_for)
    assert rungs(ladder.hits(Record(offset=0, texts=(texts[77].encode(),)))) == [("x:77", "span")]
    assert ladder.hits(Record(offset=0, texts=(STORY.encode(),))) == []


def test_an_image_that_is_a_text_is_neither() -> None:
    blank = io.BytesIO()
    Image.new("RGB", (64, 64)).save(blank, "PNG")
    image = of_image("photo", octets(picture(1)))
    assert isinstance(image, Needle)
    assert hits([image], STORY, images=(STORY.encode(), blank.getvalue())) == []
