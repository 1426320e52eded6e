"""What is looked for of texts, pages, images and hosts; what is refused, and why."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.traces.corpus.story import CHINESE, OTHER, RUSSIAN, STORY
from withhold.errors import BadInput
from withhold.exports.post import Post, content_id
from withhold.traces.corpus import literal, shingles, spans
from withhold.traces.corpus import needles as made
from withhold.traces.corpus.folding import fold, words
from withhold.traces.corpus.found import Needle, Refused, Unfit

word = st.text("abcdefgäж中é", min_size=1, max_size=14)
prose = st.lists(word, max_size=120).map(" ".join) | st.text(max_size=300)


@given(prose)
def test_every_span_stands_in_the_folded_text_and_is_long_enough(text: str) -> None:
    folded = fold(text)
    found = spans.spans(folded)
    assert all(span in folded and spans.is_span(span) for span in found)
    assert len(found) <= spans.MOST
    assert bool(found) == spans.is_span(folded)


def test_the_spans_of_a_long_text_are_of_all_its_parts() -> None:
    folded = fold(STORY)
    at = [folded.index(span) / len(folded) for span in spans.spans(folded)]
    assert len(at) == 4
    assert [int(place * 4) for place in at] == [0, 1, 2, 3]


def test_a_span_begins_and_ends_with_whole_words() -> None:
    around = f" {fold(STORY)} "
    assert all(f" {span} " in around for span in spans.spans(fold(STORY)))


def test_a_text_without_spaces_has_spans() -> None:
    assert len(CHINESE) >= 50
    assert spans.spans(fold(CHINESE))
    assert spans.spans("x1" * 5_000)


@pytest.mark.parametrize("text", ["", "abc", "x" * 49, "- " * 40, "1 2 3 " + "— " * 60])
def test_what_is_too_short_or_hardly_words_has_no_span(text: str) -> None:
    assert spans.spans(fold(text)) == ()


@given(prose)
def test_shingles_are_eight_words_of_the_text_in_their_order(text: str) -> None:
    every = f" {' '.join(words(fold(text)))} "
    found = shingles.rare(fold(text))
    assert all(f" {one} " in every and len(one.split()) == 8 for one in found)
    assert len(found) != 1
    assert len(found) <= shingles.MOST


def test_shingles_of_a_story() -> None:
    found = shingles.rare(fold(STORY))
    assert len(found) == 7  # of one eighth the words are too short
    assert any("northern breakwater although everyone" in one for one in found)


def test_many_small_words_are_no_shingle() -> None:
    assert shingles.rare("it is as it is to be or not to be so we go on as is " * 3) == ()


@pytest.mark.parametrize(
    ("found", "of", "enough"),
    [(0, 8, False), (1, 8, False), (2, 8, False), (3, 8, True), (2, 4, True), (2, 5, False),
     (3, 5, True), (1, 2, False), (2, 2, True), (2, 3, True)],
)  # fmt: skip
def test_how_many_shingles_are_several(found: int, of: int, enough: bool) -> None:
    assert shingles.several(found, of) is enough


def test_a_post_is_looked_for_by_all_that_it_has() -> None:
    post = Post(platform="reddit", id="t3_1abcde", text=STORY, url="https://www.reddit.com/r/a/1/")
    ((needle,), refused) = made.needles([post], near=True)
    assert refused == []
    assert (needle.id, needle.what, needle.post) == ("reddit:t3_1abcde", "post", "t3_1abcde")
    assert (needle.url, needle.host) == ("reddit.com/r/a/1", "")
    assert len(needle.spans) == 4
    assert len(needle.shingles) == 7
    assert len(needle.signature) == 512


def test_a_short_post_is_looked_for_by_its_id_and_address_alone() -> None:
    post = Post(platform="x", id="1585341984679469056", text="Late again.")
    ((needle,), _) = made.needles([post])
    assert (needle.post, needle.spans, needle.shingles) == ("1585341984679469056", (), ())


def test_an_id_of_ours_or_of_a_row_is_not_looked_for() -> None:
    ours = Post(platform="x", id=content_id("x", "post", None, "Late again."), text="Late again.")
    row = Post(platform="x", id="17", text="Late again.")
    found, refused = made.needles([ours, row])
    assert found == []
    assert [one.needle for one in refused] == [f"x:{ours.id}", "x:17"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("abc", "short"),
        ("Late again. " * 4, "short"),
        ("- " * 60, "letters"),
    ],
)
def test_what_cannot_be_told_apart_is_refused_with_the_reason(text: str, why: Unfit) -> None:
    assert made.of_text("one", text) == Refused(needle="one", why=why)


def test_a_signature_under_every_mail_is_nobodys_text() -> None:
    under = "Sent with warm regards from the little bookshop behind the cathedral"
    posts = [Post(platform="x", id=f"{n}", text=under) for n in range(21)]
    story = Post(platform="x", id="story", text=STORY)
    found, refused = made.needles([*posts, story])
    assert [one.id for one in found] == ["x:story"]
    assert len(refused) == 21
    assert {one.why for one in refused} == {"common"}
    found, refused = made.needles(posts[:20])
    assert (len(found), refused) == (20, [])


def test_lines_that_the_owner_wrote() -> None:
    lines = [
        "Example.org\n",
        "",
        "https://www.example.org/a/\n",
        "abc",
        f"  {STORY}\r\n",
        "two words",
    ]
    found, refused = made.from_lines(lines)
    assert [(one.id, one.what, one.host, one.url, len(one.spans)) for one in found] == [
        ("line 1", "site", "example.org", "", 0),
        ("line 3", "address", "", "example.org/a", 0),
        ("line 5", "text", "", "", 4),
    ]
    assert [one.needle for one in refused] == ["line 4", "line 6"]


def test_hosts_and_pages() -> None:
    found, refused = made.needles(
        pages=[("https://me.example/late", STORY)], hosts=["www.me.example", "not a host"]
    )
    assert [(one.id, one.url, one.host) for one in found] == [
        ("https://me.example/late", "me.example/late", ""),
        ("me.example", "", "me.example"),
    ]
    assert refused == [Refused(needle="not a host", why="host")]


@pytest.mark.parametrize("text", [STORY, OTHER, RUSSIAN, CHINESE])
def test_texts_of_every_script_are_looked_for(text: str) -> None:
    needle = made.of_text("one", text)
    assert isinstance(needle, Needle)
    assert needle.spans


@given(st.text())
def test_any_text_is_a_needle_or_refused(text: str) -> None:
    assert isinstance(made.of_text("one", text, url=text, host=text, post=text), Needle | Refused)


def test_more_than_can_be_looked_for_end_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(literal, "MOST", 1_000)
    posts = (Post(platform="x", id=f"{n}", text=f"{n} {STORY}") for n in itertools.count())
    with pytest.raises(BadInput, match="more than 1,000 texts"):
        made.needles(posts)
    with pytest.raises(BadInput, match="more than 1,000 texts"):
        made.from_lines(f"{n} {STORY}" for n in itertools.count())
    assert int(next(posts).id) < 300
