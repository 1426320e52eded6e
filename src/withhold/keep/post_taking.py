"""Taking the posts of an archive in: all of them or none, each once, however often it is read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from withhold.exports.post import Post
from withhold.keep.chain import moment
from withhold.keep.opened import Opened
from withhold.keep.post_rows import COLUMNS, PUT_MEDIA, PUT_NEW, Row, media_rows, row_of, storable

if TYPE_CHECKING:
    from sqlite3 import Connection

CHUNK = 2_000
"""Posts that are written at once."""
_RANK = {"none": 0, "platform-default": 1, "account-setting": 2, "item-field": 3}
"""How much an evidence of an audience says."""
_ARCHIVE = """
    INSERT INTO archive
        (platform, account, layout, digest, exported, read_at, reader, posts, report)
    VALUES (?, ?, ?, ?, ?, ?, ?, 0, '')
    ON CONFLICT (account, digest) DO UPDATE SET read_at = excluded.read_at RETURNING id
"""
_THERE = """
    SELECT key, post.id, audience, audience_by, state, text, url, exported,
        (SELECT count(*) FROM media WHERE media.post = post.id)
    FROM post JOIN archive ON archive.id = post.archive
    WHERE post.account = ? AND key IN (SELECT value FROM json_each(?))
"""
_LATER = "UPDATE post SET archive = ?, part = ?, path = ?, at = ? WHERE id = ?"
_HIGHEST = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'post'), 0)"
_GIVEN = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'post'"
"""A post that got a new number is an update, of which SQLite does not count the number."""
_NO_WORDS = "INSERT INTO post_text (post_text, rowid, text) VALUES ('delete', ?, ?)"
_WORDS = "INSERT INTO post_text (rowid, text) SELECT id, text FROM post WHERE id >= ?"


class NewArchive(Struct, frozen=True, kw_only=True):
    """An archive that was read. ``digest`` names it by its files; ``report`` is JSON.

    ``exported`` is the ISO date of its making, empty where it does not say.
    """

    platform: str
    layout: str
    digest: str
    exported: str = ""
    reader: str = ""
    report: str = ""


class Taken(Struct, frozen=True, kw_only=True):
    """How many posts were new and how many were there ``again``; ``changed`` are among those.

    ``repeated`` were in this archive more than once under an id of the platform's own.
    """

    new: int = 0
    again: int = 0
    changed: int = 0
    repeated: int = 0


class _There(Struct, frozen=True):
    """A post that is stored already, as far as a newer archive may change it."""

    id: int
    audience: str
    audience_by: str
    state: str
    text: str
    url: str
    exported: str
    media: int


class Taking:
    """One archive on its way in. Inside one ``writing``."""

    def __init__(self, opened: Opened, archive: NewArchive, now: datetime) -> None:
        self._opened, self._archive, self._now = opened, archive, now
        self._ids: dict[str, int] = {}
        self._next = self._first = 1
        self._last = ("", "", 0)
        self._again = self._changed = self._repeated = self._new = 0
        self._per: dict[str, int] = {}

    def run(
        self, posts: Iterable[tuple[str, Post]], ended: Callable[[], NewArchive] | None
    ) -> Taken:
        """Takes all in; ``ended`` may then say what is only known at the end of a reading."""
        with self._opened.writing() as tables:
            connection = tables.conn
            self._first = self._next = 1 + self._highest()
            coming = iter(posts)
            while chunk := list(islice(coming, CHUNK)):
                self._take(connection, chunk)
            connection.execute(_GIVEN, (self._next - 1,))
            connection.execute(_WORDS, (self._first,))
            taken = Taken(
                new=self._new,
                again=self._again,
                changed=self._changed,
                repeated=self._repeated,
            )
            self._note(connection, ended() if ended else self._archive)
        return taken

    def _highest(self) -> int:
        """The last number that was given to a post, also to one that is forgotten."""
        return int(self._opened.rows(_HIGHEST)[0][0])

    def _take(self, connection: Connection, chunk: list[tuple[str, Post]]) -> None:
        media: list[Row] = []
        rows = self._rows(connection, chunk, media)
        connection.execute("SAVEPOINT chunk")
        try:
            put = connection.executemany(PUT_NEW, rows).rowcount
            connection.executemany(PUT_MEDIA, media)
        except UnicodeEncodeError:  # half a surrogate pair: JSON can hold it, no file can
            connection.execute("ROLLBACK TO chunk")
            rows, media = [*map(storable, rows)], [*map(storable, media)]
            put = connection.executemany(PUT_NEW, rows).rowcount
            connection.executemany(PUT_MEDIA, media)
        connection.execute("RELEASE chunk")
        self._new += put
        if put < len(rows):
            self._meet(connection, rows, media)

    def _rows(
        self, connection: Connection, chunk: list[tuple[str, Post]], media: list[Row]
    ) -> list[Row]:
        rows: list[Row] = []
        ids, number = self._ids, self._next
        for account, post in chunk:
            archive = ids.get(account) or self._id(connection, account)
            key = post.id.replace("\0", "\ufffd")  # at which SQLite's JSON ends a text
            if key[:1] == "~":
                key = self._counted(account, key)
            if post.media:
                media.extend(media_rows(number, post.media))
            rows.append(row_of(number, account, key, archive, post))
            number += 1
        self._next = number
        for account, count in Counter([one for one, _ in chunk]).items():
            self._per[account] += count
        return rows

    def _counted(self, account: str, key: str) -> str:
        """An id made of what a post says: said twice in a row it is two posts."""
        before, of, times = self._last
        times = times + 1 if before == key and of == account else 1
        self._last = (key, account, times)
        return f"{key}#{times}" if times > 1 else key

    def _id(self, connection: Connection, account: str) -> int:
        """The number of this archive's row for one account; its posts of two are two rows."""
        one = self._archive
        platform = account.partition(":")[0]
        found = connection.execute(
            _ARCHIVE,
            (
                platform, account, one.layout, one.digest, one.exported, moment(self._now),
                one.reader,
            ),
        ).fetchall()  # fmt: skip
        self._per[account] = 0
        self._ids[account] = int(found[0][0])
        return self._ids[account]

    def _note(self, connection: Connection, final: NewArchive) -> None:
        for account, number in self._ids.items():
            connection.execute(
                "UPDATE archive SET exported = ?, reader = ?, posts = ?, report = ? WHERE id = ?",
                (final.exported, final.reader, self._per[account], final.report, number),
            )

    # What is there already ------------------------------------------------------------------------

    def _meet(self, connection: Connection, rows: list[Row], media: list[Row]) -> None:
        """Counts those of a chunk that were there, and lets a newer archive say more."""
        there: dict[tuple[str, str], _There] = {}
        for account in {row[1] for row in rows}:
            keys = json.dumps([row[2] for row in rows if row[1] == account])
            for key, *fields in connection.execute(_THERE, (account, keys)):
                there[account, key] = _There(*fields)
        of: dict[int, list[Row]] = {}
        for one in media:
            of.setdefault(one[0], []).append(one)
        later: list[Row] = []
        for row in rows:
            found = there[row[1], row[2]]
            if found.id == row[0]:
                continue
            if found.id >= self._first:
                self._repeated += 1
                continue
            self._again += 1
            with_media = of.get(row[0], [])
            newer = bool(found.exported) and found.exported < self._archive.exported
            if fresh := _fresh(row, bool(with_media), found, newer):
                self._changed += 1
                found = self._refresh(connection, row, fresh, with_media, found)
                there[row[1], row[2]] = found
            if newer or (fresh and not found.exported):  # never back: what was said since counts
                later.append((row[3], *row[-3:], found.id))
        connection.executemany(_LATER, later)

    def _refresh(
        self,
        connection: Connection,
        row: Row,
        fresh: dict[str, object],
        media: list[Row],
        there: _There,
    ) -> _There:
        """Writes what is new of a post; new words get a new number, so that they are searched."""
        number = there.id
        if "text" in fresh or (media and not there.media):
            number = row[0]
            connection.execute(_NO_WORDS, (there.id, there.text))
            connection.execute("DELETE FROM reveal WHERE post = ?", (there.id,))
        said = {"id": number, **fresh}
        columns = ", ".join(f"{name} = ?" for name in said)
        connection.execute(f"UPDATE post SET {columns} WHERE id = ?", (*said.values(), there.id))  # noqa: S608 - names of columns
        if not there.media:
            connection.executemany(PUT_MEDIA, media)
        return msgspec.structs.replace(there, id=number, media=there.media or len(media))


def _fresh(row: Row, media: bool, there: _There, newer: bool) -> dict[str, object]:
    """What this reading of a post says more than the stored one; empty = nothing.

    What was not known is taken from any archive; what was, only from one made later. A setting of
    the account is a snapshot: a later archive that no longer has it takes it back.
    """
    new = dict(zip(COLUMNS.split(", "), row, strict=True))
    fresh: dict[str, object] = {}
    rank, before = _RANK.get(new["audience_by"], 0), _RANK.get(there.audience_by, 0)
    later = rank == before or there.audience_by == "account-setting"
    if (new["audience"], new["audience_by"]) != (there.audience, there.audience_by) and (
        rank > before or (newer and later)
    ):
        fresh |= {"audience": new["audience"], "audience_by": new["audience_by"]}
    if new["text"] and new["text"] != there.text and (newer or not there.text):
        fresh |= {"text": new["text"], "raw": new["raw"]}
    if newer and new["state"] != there.state:
        fresh["state"] = new["state"]
    if new["url"] and not there.url:
        fresh |= {"url": new["url"], "url_by": new["url_by"]}
    if media and not there.media:
        fresh["part"], fresh["path"], fresh["at"] = new["part"], new["path"], new["at"]
    return fresh
