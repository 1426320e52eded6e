"""Posts a page at a time: the same as sorting all of them would give, whichever way is taken."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.unit.keep.posts_made import ACCOUNT, archive, on, post, take

from withhold.keep import Store
from withhold.keep.post_search import DaySpan, Hit, Sought, quoted
from withhold.reveals.reveal import Reveal

BEGAN = date(2020, 1, 1)
POSTS = 120
KEYS = {
    "post": (ACCOUNT, "reddit", "post", "unknown", "none", "own", "live"),
    "comment": (ACCOUNT, "reddit", "comment", "unknown", "none", "own", "live"),
    "other": ("reddit:eve", "reddit", "post", "unknown", "none", "own", "live"),
}


class Known:
    """What is known of each post beside the store: day, group, words, kinds given away."""

    def __init__(self) -> None:
        self.rows: dict[int, tuple[str, str, str, str]] = {}

    def hits(self, of: set[str], since: str, until: str, word: str, kind: str | None) -> list[Hit]:
        """By sorting all of them."""
        found = [
            Hit(day, number)
            for number, (day, key, text, given) in self.rows.items()
            if key in of
            and since <= day < until
            and (not word or word in text.split())
            and (kind is None or (given if kind == "" else given == kind))
        ]
        return sorted(found, reverse=True)


@pytest.fixture
def filled(home: Path) -> Iterator[tuple[Store, Known]]:
    dice, known = random.Random(3), Known()  # noqa: S311
    with Store.open(home) as store:
        reveals = []
        for number in range(1, POSTS + 1):
            key = dice.choice(list(KEYS))
            day = (BEGAN + timedelta(days=dice.randrange(40))).isoformat()
            day = "" if dice.random() < 0.1 else day
            words = " ".join(one for one in ("red", "green") if dice.random() < 0.5) or "grey"
            fields = {"kind": "comment" if key == "comment" else "post", "text": words}
            made = (
                on(day, f"t{number}", **fields)
                if day
                else post(f"t{number}", created=None, **fields)
            )
            account = KEYS[key][0]
            take(store, [made], account, archive("ab"[account == ACCOUNT]))
            given = dice.choice(["", "", "email", "phone"])
            known.rows[number] = (day, key, words, given)
            if given:
                reveals.append((number, Reveal(kind=given, start=0, end=1)))  # type: ignore[arg-type]
        store.posts.add_reveals("r1", POSTS, reveals)
        yield store, known


@pytest.fixture(params=["few of them, one by one", "many of them, the newest first"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    few = POSTS if request.param.startswith("few") else -1
    monkeypatch.setattr("withhold.keep.post_search.FEW", few)


def _spans(of: set[str], since: str, until: str) -> tuple[DaySpan, ...]:
    return tuple(DaySpan(KEYS[one], since, until) for one in KEYS if one in of)


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize("word", ["", "red", "grey"])
@pytest.mark.parametrize("kind", [None, "", "email", "iban"])
@pytest.mark.parametrize(
    ("of", "since", "until"),
    [
        ({"post", "comment", "other"}, "", "9999"),
        ({"post", "other"}, "2020-01-10", "2020-01-30"),
        ({"comment"}, "", "0"),
    ],
)
def test_pages_forth_and_back_are_all_of_them_in_order(
    filled: tuple[Store, Known], word: str, kind: str | None, of: set[str], since: str, until: str
) -> None:
    store, known = filled
    expected = known.hits(of, since, until, word, kind)
    sought = Sought(spans=_spans(of, since, until), words=word, kind=kind)
    page = store.posts.search.page(sought, at_most=7)
    forth, pages = list(page.posts), [page]
    assert not page.newer
    while page.older:
        page = store.posts.search.page(sought, page.posts[-1], at_most=7)
        assert page.newer
        forth += page.posts
        pages.append(page)
    assert forth == expected
    for before, after in zip(reversed(pages[:-1]), reversed(pages[1:]), strict=True):
        again = store.posts.search.page(sought, after.posts[0], back=True, at_most=7)
        assert again.posts == before.posts
        assert again.older
        assert again.newer == (before is not pages[0])


@pytest.mark.usefixtures("_way")
def test_a_page_begins_behind_a_place_that_is_no_hit_itself(
    filled: tuple[Store, Known],
) -> None:
    store, known = filled
    expected = known.hits(set(KEYS), "", "9999", "red", None)
    place = Hit("2020-01-20", 10_000)
    sought = Sought(spans=_spans(set(KEYS), "", "9999"), words="red")
    older = store.posts.search.page(sought, place, at_most=5)
    newer = store.posts.search.page(sought, place, back=True, at_most=5)
    assert list(older.posts) == [one for one in expected if one < place][:5]
    assert list(newer.posts) == [one for one in expected if one > place][-5:]


def test_how_many_there_are_is_said_only_where_it_was_counted(
    filled: tuple[Store, Known], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, known = filled
    everything, some = _spans(set(KEYS), "", "9999"), _spans({"post"}, "", "9999")
    red = len(known.hits(set(KEYS), "", "9999", "red", None))
    search = store.posts.search
    assert search.page(Sought(spans=some, words="red")).of == len(
        known.hits({"post"}, "", "9999", "red", None)
    )
    monkeypatch.setattr("withhold.keep.post_search.FEW", -1)
    assert search.page(Sought(spans=everything, words="red", every=True)).of == red
    assert search.page(Sought(spans=some, words="red")).of is None
    assert search.page(Sought(spans=everything, words="red", kind="", every=True)).of is None


def test_groups_and_days_are_told_without_counting(filled: tuple[Store, Known]) -> None:
    store, known = filled
    assert store.posts.search.groups() == sorted(KEYS.values())
    days = [day for day, *_ in known.rows.values() if day]
    assert store.posts.search.days() == (min(days), max(days), True)


def test_of_an_empty_store_there_is_nothing(home: Path) -> None:
    with Store.open(home) as store:
        assert store.posts.search.groups() == []
        assert store.posts.search.days() == ("", "", False)
        assert store.posts.search.page(Sought(spans=())).of == 0


@pytest.mark.parametrize("words", ['"', "* ^ -", "()", "\0", "  "])
def test_words_that_are_none_find_nothing(filled: tuple[Store, Known], words: str) -> None:
    store, _ = filled
    sought = Sought(spans=_spans(set(KEYS), "", "9999"), words=words)
    assert store.posts.search.page(sought).posts == ()


def test_no_sign_of_the_search_is_one() -> None:
    assert quoted('red OR "green*') == '"red" "OR" """green*"'


def test_a_piece_has_the_words_between_its_marks(home: Path) -> None:
    long = "far away " * 200 + "the heron waits " + "and waits " * 200
    with Store.open(home) as store:
        take(store, [post("a", text=long), post("b", text="Heron"), post("c", text="nobody")])
        found = store.posts.search.pieces("heron", [1, 2, 3], "<", ">", 8)
    assert found.keys() == {1, 2}
    assert found[2] == "<Heron>"
    assert "the <heron> waits" in found[1]
    assert len(found[1]) < 80


def test_of_a_very_long_text_no_piece_is_looked_for(home: Path) -> None:
    with Store.open(home) as store:
        take(store, [post("a", text="heron " * 20_000)])
        assert store.posts.search.pieces("heron", [1], "<", ">") == {}
        assert store.posts.search.page(
            Sought(spans=(DaySpan(KEYS["post"]),), words="heron")
        ).posts == (Hit("2020-05-01", 1),)


def test_a_text_is_read_as_far_as_it_is_wanted(home: Path) -> None:
    with Store.open(home) as store:
        take(store, [post("a", text="äbc" * 10, raw="<b>äbc</b>")])
        assert store.posts.read([1], 4)[0].post.text == "äbcä"
        assert store.posts.read([1], 4)[0].post.raw == ""
        assert store.posts.read([1])[0].post.raw == "<b>äbc</b>"
