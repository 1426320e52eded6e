"""Stored posts, a page at a time: newest first, of some groups and days, with some words.

::

    sought = Sought(spans=spans, words="concert")
    page = store.posts.search.page(sought)
    older = store.posts.search.page(sought, page.posts[-1])

Nothing here reads the texts of posts to choose among them. ``post_asked`` holds the posts of a
group by day: of a page's worth of newest ones SQLite leaves each group as soon as it lies behind
the page (its "ordered inner loop"), so a million posts cost what a thousand do. Where words are
sought, the full-text index gives their posts first (``bench/web.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
from msgspec import Struct

from withhold.keep.opened import Opened
from withhold.keep.post_rows import ASKED

KEY = ASKED[:-1]
"""What a group of posts has in common: all that is asked, but for the day."""
FEW = 5_000
"""Up to so many posts with some words, or giving something away, are looked at one by one."""
EVER = "9999"
_BEHIND = "!"
"""Added to a day it is behind that day and before the next one."""
_SINCE, _UNTIL = len(KEY), len(KEY) + 1
_SAME = " AND ".join(
    f"post.{one} = json_extract(span.value, '$[{n}]')" for n, one in enumerate(KEY)
)
_OF_SPANS = f"""
    json_each(?1) AS span CROSS JOIN post INDEXED BY post_asked ON {_SAME}
    AND post.day >= max(json_extract(span.value, '$[{_SINCE}]'), ?2)
    AND post.day < min(json_extract(span.value, '$[{_UNTIL}]'), ?3)
"""
_WITH_WORDS = "post.id IN (SELECT rowid FROM post_text WHERE post_text MATCH ?5)"
_GIVING = "post.id IN (SELECT post FROM reveal WHERE ?6 = '' OR kind = ?6)"
_LONG = 100_000
_WORD = re.compile(r"\w")


class DaySpan(NamedTuple):
    """Posts of one group (``key``: its values of KEY) of the days ``[since, until)``.

    Days are ISO dates, compared as texts; posts without a day have the empty one.
    """

    key: tuple[str, ...]
    since: str = ""
    until: str = EVER


class Sought(Struct, frozen=True, kw_only=True):
    """Which posts: of these spans; with all ``words``; giving this ``kind`` away.

    ``kind``: None = whatever they give away, empty = anything at all. ``every``: the spans leave
    nothing out.
    """

    spans: tuple[DaySpan, ...]
    words: str = ""
    kind: str | None = None
    every: bool = False


class Hit(NamedTuple):
    """A post that was sought; also the place behind which the next page begins."""

    day: str
    id: int


class Hits(Struct, frozen=True, kw_only=True):
    """A page, newest first; whether there are more on either side; how many in all, if known."""

    posts: tuple[Hit, ...] = ()
    older: bool = False
    newer: bool = False
    of: int | None = None


class PostSearch:
    """Looks for posts."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def groups(self) -> list[tuple[str, ...]]:
        """What stored posts have in common (KEY), each once, sorted; no post is counted for it."""
        return list(self._below(()))

    def days(self) -> tuple[str, str, bool]:
        """The first and the last day of a post (empty where none has one); is one without a day?"""
        same = " AND ".join(f"{one} = ?" for one in KEY)
        found: list[str] = []
        for key in self.groups():
            for more in ("ORDER BY day", "ORDER BY day DESC", "AND day > '' ORDER BY day"):
                sql = f"SELECT day FROM post WHERE {same} {more} LIMIT 1"  # noqa: S608
                found += [row[0] for row in self._opened.rows(sql, *key)]
        dated = [one for one in found if one]
        return min(dated, default=""), max(dated, default=""), "" in found

    def page(
        self, sought: Sought, at: Hit | None = None, *, back: bool = False, at_most: int = 30
    ) -> Hits:
        """The newest posts; of those older than ``at``, or with ``back`` the next newer ones."""
        match = quoted(sought.words)
        if (sought.words and not match) or not sought.spans:
            return Hits(of=0)
        whole = sought.every and sought.kind is None  # then their number is told
        with_words, giving = self._counts(match, sought.kind, -1 if whole else FEW + 1)
        counts = [one for one in (with_words, giving) if one is not None]
        if counts and min(counts) <= FEW:
            first_words = giving is None or (with_words is not None and with_words <= giving)
            return _cut(self._few(sought, match, first_words), at, back, at_most)
        found = self._nearest(sought, match, at, back, at_most + 1)
        more, shown = len(found) > at_most, found[:at_most]
        of = with_words if whole else None
        if back:
            return Hits(posts=tuple(reversed(shown)), newer=more, older=bool(shown), of=of)
        return Hits(posts=tuple(shown), older=more, newer=at is not None, of=of)

    def pieces(
        self, words: str, numbers: Sequence[int], begin: str, end: str, at_most: int = 32
    ) -> dict[int, str]:
        """By post a piece of ``at_most`` words around those sought, each in ``begin`` and ``end``.

        Of a very long text (100,000 characters) there is none: a page would wait for it.
        """
        rows = self._opened.rows(
            "SELECT post.id, snippet(post_text, 0, ?1, ?2, '…', ?3) "
            "FROM json_each(?4) AS one CROSS JOIN post ON post.id = one.value "
            "CROSS JOIN post_text ON post_text.rowid = post.id "
            "WHERE post_text MATCH ?5 AND length(post.text) <= ?6",
            begin,
            end,
            at_most,
            _json(list(numbers)),
            quoted(words),
            _LONG,
        )
        return dict(rows)

    # ----------------------------------------------------------------------------------------------

    def _below(self, prefix: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """The groups that begin so: one jump in the index per value, and not one step per post."""
        if len(prefix) == len(KEY):
            yield prefix
            return
        column = KEY[len(prefix)]
        same = "".join(f"{one} = ? AND " for one in KEY[: len(prefix)])
        sql = f"SELECT {column} FROM post WHERE {same}{column} > ? ORDER BY {column} LIMIT 1"  # noqa: S608
        last = ""
        while rows := self._opened.rows(sql, *prefix, last):
            last = rows[0][0]
            yield from self._below((*prefix, last))

    def _counts(self, match: str, kind: str | None, at_most: int) -> tuple[int | None, int | None]:
        """How many posts have the words, and give it away, whatever else is sought.

        Counted up to ``at_most`` (negative = all of them); None = it is not sought.
        """
        with_words = giving = None
        if match:
            sql = "SELECT 1 FROM post_text WHERE post_text MATCH ? LIMIT ?"
            rows = self._opened.rows(f"SELECT count(*) FROM ({sql})", match, at_most)  # noqa: S608
            with_words = int(rows[0][0])
        if kind is not None:
            sql = "SELECT DISTINCT post FROM reveal WHERE ?1 = '' OR kind = ?1 LIMIT ?2"
            rows = self._opened.rows(f"SELECT count(*) FROM ({sql})", kind, at_most)  # noqa: S608
            giving = int(rows[0][0])
        return with_words, giving

    def _few(self, sought: Sought, match: str, first_words: bool) -> list[Hit]:
        """All of them, newest first; the smaller set is gone through (``+``: no index for it)."""
        words, giving = _WITH_WORDS, _GIVING
        where = [words if first_words else f"+{words}"] * bool(match)
        where += [giving if not first_words else f"+{giving}"] * (sought.kind is not None)
        rows = self._opened.rows(
            f"SELECT day, id, {', '.join(KEY)} FROM post WHERE {' AND '.join(where)} "  # noqa: S608
            "AND ?5 IS ?5 AND ?6 IS ?6",
            *(None, None, None, None, match, sought.kind),
        )
        spans: dict[tuple[str, ...], list[DaySpan]] = {}
        for one in sought.spans:
            spans.setdefault(one.key, []).append(one)
        found = [
            Hit(day, number)
            for day, number, *key in rows
            if any(one.since <= day < one.until for one in spans.get(tuple(key), ()))
        ]
        return sorted(found, reverse=True)

    def _nearest(
        self, sought: Sought, match: str, at: Hit | None, back: bool, at_most: int
    ) -> list[Hit]:
        sign, order = (">", "ASC") if back else ("<", "DESC")
        # ``+``: the span is what bounds the walk through the index, and not the place of the page
        where = [f"(+post.day, +post.id) {sign} (?7, ?4)" if at else "?4 IS NULL"]
        where += [_WITH_WORDS] * bool(match) + [_GIVING] * (sought.kind is not None)
        params: list[object] = [
            _json([(*one.key, one.since, one.until) for one in sought.spans]),
            at.day if at and back else "",
            at.day + _BEHIND if at and not back else EVER,
            at.id if at else None,
            match,
            sought.kind,
            at.day if at else None,
        ]
        rows = self._opened.rows(
            f"SELECT post.day, post.id FROM {_OF_SPANS} "  # noqa: S608
            f"WHERE {' AND '.join(where)} AND ?5 IS ?5 AND ?6 IS ?6 AND ?7 IS ?7 "
            f"ORDER BY post.day {order}, post.id {order} LIMIT {at_most:d}",
            *params,
        )
        return [Hit(*row) for row in rows]


def quoted(words: str) -> str:
    """Any text as words that all have to be there: nothing in it is a sign of the search."""
    plain = words.replace("\0", " ").encode("utf-8", "replace").decode()
    return " ".join(
        '"' + one.replace('"', '""') + '"' for one in plain.split() if _WORD.search(one)
    )


def _cut(every: list[Hit], at: Hit | None, back: bool, at_most: int) -> Hits:
    newer = sum(one > at for one in every) if at else 0  # newest first: these stand before ``at``
    start = newer + (at in every) if at and not back else 0
    if back:
        start = max(0, newer - at_most)
    shown = every[start : newer if back else start + at_most][:at_most]
    end = start + len(shown)
    return Hits(posts=tuple(shown), newer=start > 0, older=end < len(every), of=len(every))


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
