"""Looked at from outside: texts as others store them, against an oracle that is written otherwise.

The oracle goes character by character with ``unicodedata`` and Python's ``in``; how a text was
changed on its way is made here, and a reader would call none of it another text.
"""

from __future__ import annotations

import html
import json
import random
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.traces.corpus.warcs_made import read
from withhold.traces.corpus.found import Needle, Record
from withhold.traces.corpus.html_text import text_of
from withhold.traces.corpus.ladder import Ladder
from withhold.traces.corpus.literal import Engine
from withhold.traces.corpus.needles import of_text

WAYS: tuple[Engine, ...] = ("hyperscan", "windows", "ahocorasick")
WORDS = [
    *(
        "the",
        "heron",
        "ﬁnal",
        "Straße",
        "İzmir",
        "“late”",
        "it’s",
        "—",
        "wordless",
        "Ｆｕｌｌ",
        "½",
    ),
    *("café", "cafe\u0301", "ΟΔΟΣ", "паром", "كتاب", "السلام", "😀", "👩\u200d👩\u200d👧"),
    *("灯笼在风里", "AT&T", "x<y", "1,000", "naïve", "Ǆ", "№5", "co\u00adop", "ﷺ", "ẞ", "ſo", "K9"),
]
SIMPLE = {"‘": "'", "’": "'", "“": '"', "”": '"', "—": "-", "–": "-"}


def plain(text: str) -> str:
    """The oracle: what of a text does not hang on how it is stored."""
    kept = []
    for character in text:
        if unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f":
            continue
        kept.append(SIMPLE.get(character, character))
    for _ in range(3):
        kept = list(unicodedata.normalize("NFKC", "".join(kept)).casefold())
    return " ".join("".join(SIMPLE.get(one, one) for one in kept).split())


def tagged(text: str, chance: random.Random) -> str:
    """As a page holds it: entities, words cut by tags and comments, lines broken."""
    out = []
    for character in text:
        how = chance.random()
        if character == " ":
            between = (" ", "\n\t", "&nbsp;", "<br>", "</p>\n<p>", " <i>", "&#32;", "\r\n")
            out.append(chance.choice(between))
        elif character in "&<":
            out.append(html.escape(character))
        elif how < 0.06:
            out.append(f"&#{ord(character)};" if how < 0.03 else f"&#x{ord(character):X};")
        elif how < 0.1:
            out.append(
                f'<b class="a > b">{character}</b>' if how < 0.08 else f"<!-- -->{character}"
            )
        elif how < 0.12:
            out.append("<wbr>&shy;" + character)
        else:
            out.append(character)
    return "".join(out)


STORED: dict[str, Callable[[str, random.Random], str]] = {
    "as it is": lambda text, _: text,
    "upper": lambda text, _: text.upper(),
    "NFD": lambda text, _: unicodedata.normalize("NFD", text),
    "NFKC": lambda text, _: unicodedata.normalize("NFKC", text),
    "broken": lambda text, how: "".join(
        how.choice(" \n\u00a0\u2028\u202f") if one == " " else one for one in text
    ),
    "directions": lambda text, _: "\u202b" + text.replace("ك", "\u200fك") + "\u202c",
    "soft hyphens": lambda text, _: text.replace("o", "o\u00ad").replace("e", "e\u200b"),
    "emoji's looks": lambda text, _: text.replace("😀", "😀\ufe0f"),
    "plain quotes": lambda text, _: "".join(SIMPLE.get(one, one) for one in text),
}
prose = st.lists(st.sampled_from(WORDS), min_size=14, max_size=40).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(
    prose, st.sampled_from(sorted(STORED)), st.integers(0, 99), prose | st.just(""), st.booleans()
)
def test_every_span_of_a_text_is_found_however_it_is_stored(
    text: str, how: str, seed: int, other: str, first: bool
) -> None:
    needle = of_text("one", text)
    if not isinstance(needle, Needle) or not needle.spans:
        return
    stored = STORED[how](text, random.Random(seed))  # noqa: S311 - the same for one seed
    # at the very beginning or the very end of a record
    stored = f"{stored} {other}".rstrip() if first else f"{other} {stored}".lstrip()
    assert plain(text) in plain(stored)
    for way in WAYS:
        (hit,) = Ladder([needle], way).hits(Record(offset=0, texts=(stored.encode(),)))
        assert (hit.rung, hit.count) == ("span", len(needle.spans)), way


@settings(max_examples=60, deadline=None)
@given(prose, st.integers(0, 9_999))
def test_every_span_is_found_in_a_page_that_shows_the_text(text: str, seed: int) -> None:
    needle = of_text("one", text)
    if not isinstance(needle, Needle) or not needle.spans:
        return
    page = f"<html><p>{tagged(text, random.Random(seed))}<script>no</script>"  # noqa: S311
    shown = text_of("text/html", page.encode())
    assert plain(text) in plain(shown.decode())
    (hit,) = Ladder([needle]).hits(Record(offset=0, texts=(shown,)))
    assert (hit.rung, hit.count) == ("span", len(needle.spans))


@settings(max_examples=40, deadline=None)
@given(st.lists(prose, min_size=1, max_size=5), st.lists(prose, max_size=4), st.data())
def test_nothing_is_found_that_is_not_there(
    posts: list[str], others: list[str], data: st.DataObject
) -> None:
    """All ways agree, and each span that counts is there by the oracle, none that is is left."""
    made = [of_text(str(number), text) for number, text in enumerate(posts)]
    looked_for = [one for one in made if isinstance(one, Needle)]
    parts = data.draw(st.lists(st.sampled_from([*posts, *others]), max_size=4))
    text = " ".join(one[data.draw(st.integers(0, 9)) :] for one in parts)
    there = plain(text)
    expected = {
        one.id: many for one in looked_for if (many := sum(plain(s) in there for s in one.spans))
    }
    for way in WAYS:
        hits = Ladder(looked_for, way).hits(Record(offset=0, texts=(text.encode(),)))
        assert {one.needle: one.count for one in hits if one.rung == "span"} == expected, way


@pytest.mark.parametrize("kind", ["application/json", "application/rss+xml", "text/plain"])
def test_what_interfaces_and_feeds_answer_is_searched_as_it_is_meant(kind: str) -> None:
    text = "It’s “late”, she said — and nobody asked which of the lanterns had been hers, AT&T’s"
    needle = of_text("one", text)
    assert isinstance(needle, Needle)
    stored = {
        "application/json": json.dumps({"body": text}),
        "application/rss+xml": f"<description>{html.escape(html.escape(text))}</description>",
        "text/plain": text,
    }[kind]
    (hit,) = Ladder([needle]).hits(Record(offset=0, texts=(text_of(kind, stored.encode()),)))
    assert (hit.rung, hit.count) == ("span", hit.of)


@pytest.mark.parametrize(
    "stored",
    [
        "The R&amp;D of AT&amp;T said &gt; 5 &lt; 7 &quot;late&quot; lanterns, nothing else",
        "<p>The R&D of <b>AT&T</b> said > 5 < 7 &#34;late&#34; lanterns,</p>nothing else",
        'The R&D of AT&T said > 5 < 7 "late"<br>lanterns, nothing else',
        'The R&D of AT&T said > 5 < 7 "late" lanterns, nothing else',
    ],
)
def test_a_text_in_a_table_is_found_escaped_and_marked_up_too(stored: str) -> None:
    needle = of_text("x", 'The R&D of AT&T said > 5 < 7 "late" lanterns, nothing else')
    assert isinstance(needle, Needle)
    (row,), _ = read(json.dumps({"text": stored}).encode() + b"\n", "a.jsonl")
    (hit,) = Ladder([needle]).hits(row)
    assert (hit.rung, hit.count, hit.of) == ("span", 1, 1)
