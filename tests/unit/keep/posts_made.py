"""Posts as a test needs them: what is not said is of no importance to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from withhold.exports.post import Post, content_id
from withhold.keep import Store
from withhold.keep.post_taking import NewArchive, Taken

NOW = datetime(2026, 8, 22, 10, 0, tzinfo=UTC)
ACCOUNT = "reddit:ada"


def archive(digest: str = "a", **said: Any) -> NewArchive:
    """An archive of Reddit; ``digest`` is one hex digit."""
    return NewArchive(**{"platform": "reddit", "layout": "csv", "digest": digest * 64, **said})


def post(id_: str, **said: Any) -> Post:
    """A post of 2020-05-01, of which nobody says who could see it."""
    fields = {
        "platform": "reddit",
        "id": id_,
        "created": datetime(2020, 5, 1, 12, 30, tzinfo=UTC),
        "precision": "second",
        "zone": "utc",
        "text": f"text of {id_}",
    }
    return Post(**{**fields, **said})


def on(day: str, id_: str, **said: Any) -> Post:
    """A post of that day."""
    moment = datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=UTC)
    return post(id_, created=moment, **said)


def same(text: str, **said: Any) -> Post:
    """A post whose platform gives no id."""
    return post(content_id("reddit", "comment", None, text), text=text, created=None, **said)


def take(
    store: Store, posts: Iterable[Post], account: str = ACCOUNT, of: NewArchive | None = None
) -> Taken:
    """Takes them in for one account."""
    return store.posts.take(of or archive(), [(account, one) for one in posts], NOW)


def search_is_sound(store: Store) -> None:
    """Raises where the search holds other words than the posts do."""
    with store._opened.writing() as tables:
        tables.execute("INSERT INTO post_text (post_text, rank) VALUES ('integrity-check', 1)")
