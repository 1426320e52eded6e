"""The second pass over stored posts: in pieces, once, resumed where it stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.keep.posts_made import ACCOUNT, NOW, archive, post
from withhold.exports.post import Media
from withhold.keep import Store
from withhold.reveals.reveal import Reveal
from withhold.verbs import search_posts as verb
from withhold.verbs.search_posts import BATCH, left_to_search, search_posts


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


def take(store: Store, count: int, **said: object) -> None:
    posts = [(ACCOUNT, post(str(n), **said)) for n in range(count)]
    store.posts.take(archive(), posts, NOW)


def look(text: str) -> list[Reveal]:
    """Gives away a phone where a 7 stands."""
    return [
        Reveal(kind="phone", start=n, end=n + 1, sure=False)
        for n, sign in enumerate(text)
        if sign == "7"
    ]


def test_all_are_looked_through_in_pieces(store: Store) -> None:
    take(store, 2 * BATCH + 5)
    heard: list[int] = []
    assert search_posts(store, look, heard.append) == 2 * BATCH + 5
    assert heard == [BATCH, 2 * BATCH, 2 * BATCH + 5]
    assert search_posts(store, look) == 0
    assert left_to_search(store) == 0
    sevens = sum("7" in str(n) for n in range(2 * BATCH + 5))
    ((count,),) = store._opened.rows("SELECT count(DISTINCT post) FROM reveal")
    assert count == sevens
    eighth = store.posts.read([8])[0]  # the text is "text of 7"
    assert eighth.reveals == (Reveal(kind="phone", start=8, end=9, sure=False),)


def test_it_goes_on_where_it_stopped(store: Store) -> None:
    take(store, 3 * BATCH)
    seen: list[str] = []

    def until_stopped(text: str) -> list[Reveal]:
        if len(seen) == BATCH + 10:
            raise KeyboardInterrupt
        seen.append(text)
        return []

    with pytest.raises(KeyboardInterrupt):
        search_posts(store, until_stopped)
    assert left_to_search(store) == 2 * BATCH
    assert search_posts(store, look) == 2 * BATCH


def test_newer_rules_go_over_all_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    take(store, 10)
    search_posts(store, look)
    monkeypatch.setattr(verb, "RULES", "another")
    assert left_to_search(store) == 10
    assert search_posts(store, lambda _: []) == 10
    assert store._opened.rows("SELECT count(*) FROM reveal") == [(0,)]


def test_media_give_away_their_place_and_their_words(store: Store) -> None:
    media = (
        Media(path="1.jpg", text="call 7"),
        Media(path="2.jpg", place=(52.5, 13.4), place_by="exif"),
    )
    take(store, 1, media=media, text="")
    search_posts(store, look)
    assert store.posts.read([1])[0].reveals == (
        Reveal(kind="phone", start=5, end=6, sure=False, media=1),
        Reveal(kind="coordinates", start=0, end=0, media=2),
    )
