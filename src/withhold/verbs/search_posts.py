"""import, second pass: what stored posts give away. In batches, so that it can be stopped.

Each batch is written with the number up to which it went; who begins again goes on there. Newer
rules go over everything once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from withhold.catalog.reveals import RevealWords, reveal_words
from withhold.errors import MissingExtra
from withhold.keep import Store
from withhold.keep.posts import Unsearched
from withhold.reveals.find import RULES, find
from withhold.reveals.language import language_of
from withhold.reveals.reveal import Reveal

BATCH = 1_000
"""Posts that are written at once: what an interruption can cost."""
Find = Callable[[str], list[Reveal]]


def search_posts(store: Store, look: Find, said: Callable[[int], None] | None = None) -> int:
    """Looks through all posts that these rules did not see yet; answers how many.

    ``said`` hears after each batch how many it were so far.
    """
    done = 0
    while posts := store.posts.unsearched(RULES, BATCH):
        found = [(one.id, reveal) for one in posts for reveal in _of(one, look)]
        store.posts.add_reveals(RULES, posts[-1].id, found)
        done += len(posts)
        if said:
            said(done)
    return done


def left_to_search(store: Store) -> int:
    """How many posts were not looked through by these rules."""
    return store.posts.left_to_search(RULES)


def looking(root: Path, region: str) -> Find:
    """Finds what a text gives away, in the language that it is in, where that can be told.

    ``root`` is the folder of knowledge; ``region`` the owner's place, whose telephone numbers
    are written without a country.
    """
    words, country = _words(root), region.partition("-")[0]

    def look(text: str) -> list[Reveal]:
        return find(text, words, _language(text), country) if text else []

    return look


@cache
def _words(root: Path) -> RevealWords:
    """Read once: making them ready takes long (``bench/reveals.py``)."""
    return reveal_words(root)


def _language(text: str) -> str:
    """Empty where it cannot be told: then the phrases of every language are tried."""
    try:
        return language_of(text)[0]
    except MissingExtra:
        return ""


def _of(post: Unsearched, look: Find) -> Iterator[Reveal]:
    yield from look(post.text)
    for number in post.places:
        yield Reveal(kind="coordinates", start=0, end=0, media=number)
    for number, text in post.said:
        for one in look(text):
            yield Reveal(kind=one.kind, start=one.start, end=one.end, sure=one.sure, media=number)
