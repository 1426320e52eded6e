"""The owner's posts: taken from archives, grouped by what is asked of them, found by their words.

::

    taken = store.posts.take(archive, posts, now)
    for group in store.posts.groups(): ...
    for post in store.posts.giving_away(): ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from withhold.exports.post import Post
from withhold.keep.opened import Opened
from withhold.keep.post_reveals import Revealing, giving_away
from withhold.keep.post_rows import ASKED, COLUMNS, Asked, Group, Row, Stored, cut, stored
from withhold.keep.post_search import PostSearch, quoted
from withhold.keep.post_taking import NewArchive, Taken, Taking
from withhold.keep.said_audiences import SaidAudiences, by_the_owner
from withhold.keep.trouble import damaged

if TYPE_CHECKING:
    from withhold.reveals.reveal import Reveal

_ASKED = ", ".join(ASKED)
_GROUPS = f"SELECT {_ASKED}, count(*) FROM post GROUP BY {_ASKED}"  # noqa: S608 - constants
_GROUPS_OF = f"""
    SELECT {_ASKED}, count(*) FROM post
    WHERE account IN (SELECT value FROM json_each(?)) GROUP BY {_ASKED}
"""  # noqa: S608 - constants
_UNSEARCHED = """
    SELECT id, text FROM post
    WHERE id > coalesce((SELECT upto FROM searched WHERE rules = ?), 0) ORDER BY id LIMIT ?
"""
_MEDIA = """
    SELECT post, number, lat IS NOT NULL, text FROM media
    WHERE post IN (SELECT value FROM json_each(?)) AND (lat IS NOT NULL OR text != '')
    ORDER BY post, number
"""
_FOUND = """
    SELECT post.id FROM post_text JOIN post ON post.id = post_text.rowid
    WHERE post_text MATCH ? ORDER BY post.day DESC, post.id DESC LIMIT ?
"""
_ARCHIVES = """
    SELECT id, platform, account, layout, digest, exported, read_at, reader, posts, report
    FROM archive ORDER BY id
"""


class KeptArchive(Struct, frozen=True, kw_only=True):
    """An archive that was taken in: ``posts`` is how many of one account it held."""

    id: int
    platform: str
    account: str
    layout: str
    digest: str
    exported: str
    read_at: str
    reader: str
    posts: int
    report: str


class Unsearched(Struct, frozen=True, kw_only=True):
    """The words of a post that nobody looked through yet.

    ``places`` are the numbers of its media that carry a place; ``said`` are the texts of its media
    by their number.
    """

    id: int
    text: str
    places: tuple[int, ...] = ()
    said: tuple[tuple[int, str], ...] = ()


class Posts:
    """What the owner posted, as archives tell it."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self.said_audiences = SaidAudiences(opened)
        self.search = PostSearch(opened)

    # Taking in ------------------------------------------------------------------------------------

    def take(
        self,
        archive: NewArchive,
        posts: Iterable[tuple[str, Post]],
        now: datetime,
        ended: Callable[[], NewArchive] | None = None,
    ) -> Taken:
        """Takes posts in, each with the key of its account: all of them, or none.

        A post that is there already (same account, same id) stays one; a newer archive may say
        more of it. ``ended`` may say at the end what is only known then. An exception of
        ``posts``, also an interruption, leaves everything as it was.
        """
        return Taking(self._opened, archive, now).run(posts, ended)

    def archives(self) -> list[KeptArchive]:
        """All archives that were taken in, one line per account, oldest first."""
        return [
            KeptArchive(**dict(zip(KeptArchive.__struct_fields__, row, strict=True)))
            for row in self._opened.rows(_ARCHIVES)
        ]

    def known(self, account: str, ids: Iterable[str]) -> set[str]:
        """Which of these ids an account has already."""
        sql = "SELECT key FROM post WHERE account = ? AND key IN (SELECT value FROM json_each(?))"
        return {
            key
            for (key,) in self._opened.rows(
                sql, account, _json([one.replace("\0", "\ufffd") for one in ids])
            )
        }

    # Asking ---------------------------------------------------------------------------------------

    def count(self) -> int:
        """How many posts are stored."""
        return int(self._opened.rows("SELECT count(*) FROM post")[0][0])

    def last(self) -> int:
        """The highest number of a stored post; 0 without any."""
        return int(self._opened.rows("SELECT coalesce(max(id), 0) FROM post")[0][0])

    def counts(self) -> dict[str, int]:
        """How many posts are stored, by account."""
        return dict(self._opened.rows("SELECT account, count(*) FROM post GROUP BY account"))

    def groups(self, accounts: Iterable[str] = ()) -> list[Group]:
        """All posts (of these accounts) in groups of which the same is asked, sorted.

        The owner's word on audiences is in them.
        """
        keys = list(accounts)
        rows = self._opened.each(*((_GROUPS_OF, _json(keys)) if keys else (_GROUPS,)))
        said = self.said_audiences.all()
        once: dict[str, str] = {}  # the same few texts stand in each of a hundred thousand rows
        found: dict[Asked, int] = {}
        for *fields, n in rows:
            asked = Asked._make(once.setdefault(one, one) for one in fields)
            asked = by_the_owner(asked, said.get(asked.account, ()))
            found[asked] = found.get(asked, 0) + n
        ordered = sorted(found.items()) if said else found.items()
        return [Group(asked=asked, n=n) for asked, n in ordered]

    def giving_away(self) -> Iterator[Revealing]:
        """All posts that give something away, counted, in the order of their numbers."""
        return giving_away(self._opened)

    def find(self, words: str, at_most: int = 50) -> list[Stored]:
        """The posts that hold all of these words, newest first. Any text is taken as words."""
        match = quoted(words)
        if not match:
            return []
        rows = self._opened.rows(_FOUND, match, at_most)
        return self.read([number for (number,) in rows])

    def read(self, numbers: Iterable[int], text_at_most: int = -1) -> list[Stored]:
        """These posts, in this order; those that are not there are left out.

        ``text_at_most``: so many characters of each text, and none of what stood in the archive.
        """
        wanted = list(numbers)
        said, these = self.said_audiences.all(), _json(wanted)
        media = self._beside("number, path, lat, lon, place_by, taken, text", "media", these)
        reveals = self._beside('media, start, "end", kind, sure', "reveal", these)
        found = {}
        for row in self._opened.rows(
            f"SELECT {cut(text_at_most)} FROM post "  # noqa: S608 - columns and a number
            "WHERE id IN (SELECT value FROM json_each(?))",
            these,
        ):
            fields = dict(zip(COLUMNS.split(", "), row, strict=True))
            asked = Asked(*(fields[name] for name in ASKED))
            asked = by_the_owner(asked, said.get(fields["account"], ()))
            number = fields["id"]
            own = [one[1:] for one in media.get(number, ())]
            try:
                found[number] = stored(row, own, reveals.get(number, ()), asked, text_at_most)
            except msgspec.ValidationError as why:
                raise damaged(self._opened.path, f"post {number}: {why}") from why
        return [found[number] for number in wanted if number in found]

    # What posts give away -------------------------------------------------------------------------

    def unsearched(self, rules: str, at_most: int) -> list[Unsearched]:
        """The next posts that were not looked through by these rules, in their order."""
        rows = self._opened.rows(_UNSEARCHED, rules, at_most)
        media: dict[int, list[Row]] = {}
        for number, *rest in self._opened.rows(_MEDIA, _json([row[0] for row in rows])):
            media.setdefault(number, []).append(tuple(rest))
        return [
            Unsearched(
                id=number,
                text=text,
                places=tuple(one[0] for one in media.get(number, ()) if one[1]),
                said=tuple((one[0], one[2]) for one in media.get(number, ()) if one[2]),
            )
            for number, text in rows
        ]

    def left_to_search(self, rules: str) -> int:
        """How many posts were not looked through by these rules."""
        sql = """SELECT count(*) FROM post
            WHERE id > coalesce((SELECT upto FROM searched WHERE rules = ?), 0)"""
        return int(self._opened.rows(sql, rules)[0][0])

    def add_reveals(self, rules: str, upto: int, found: Iterable[tuple[int, Reveal]]) -> None:
        """What the posts up to this one give away, by these rules: all at once, or not at all.

        What other rules found in these posts is replaced. A post that was forgotten since it was
        read is left out.
        """
        with self._opened.writing() as tables:
            before = self._opened.rows("SELECT upto FROM searched WHERE rules = ?", rules)
            tables.conn.execute(
                "DELETE FROM reveal WHERE post > ? AND post <= ?",
                (before[0][0] if before else 0, upto),
            )
            tables.conn.executemany(
                'INSERT OR IGNORE INTO reveal (post, media, start, "end", kind, sure) '
                "SELECT id, ?, ?, ?, ?, ? FROM post WHERE id = ?",
                (
                    (one.media, one.start, one.end, one.kind, int(one.sure), number)
                    for number, one in found
                ),
            )
            tables.conn.execute(
                "INSERT INTO searched (rules, upto) VALUES (?, ?) "
                "ON CONFLICT (rules) DO UPDATE SET upto = excluded.upto",
                (rules, upto),
            )
            tables.conn.execute("DELETE FROM searched WHERE rules != ?", (rules,))

    # Forgetting -----------------------------------------------------------------------------------

    def is_of(self, account: str) -> bool:
        """Whether anything stands here of this account."""
        sql = """SELECT 1 FROM archive WHERE account = ?1
            UNION ALL SELECT 1 FROM said_audience WHERE account = ?1 LIMIT 1"""
        return bool(self._opened.rows(sql, account))

    def forget(self, account: str = "") -> int:
        """Removes all posts of an account (of all), and what hangs on them; answers how many.

        Inside the caller's ``writing``; the search is built anew, so that no word of them stays
        in it, and the caller wipes the file.
        """
        where, params = ("WHERE account = ?", (account,)) if account else ("", ())
        with self._opened.writing() as tables:
            run = tables.conn.execute
            gone = run(f"DELETE FROM post {where}", params).rowcount  # noqa: S608 - constants
            run(f"DELETE FROM archive {where}", params)  # noqa: S608
            run(f"DELETE FROM said_audience {where}", params)  # noqa: S608
            if not account:
                run("DELETE FROM searched")
            if gone:
                run("INSERT INTO post_text (post_text) VALUES ('rebuild')")
        return int(gone)

    # ----------------------------------------------------------------------------------------------

    def _beside(self, columns: str, table: str, numbers: str) -> dict[int, list[Row]]:
        rows = self._opened.rows(
            f"SELECT post, {columns} FROM {table} "  # noqa: S608 - constants
            "WHERE post IN (SELECT value FROM json_each(?)) ORDER BY post",
            numbers,
        )
        found: dict[int, list[Row]] = {}
        for number, *rest in rows:
            found.setdefault(number, []).append(tuple(rest))
        return found


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
