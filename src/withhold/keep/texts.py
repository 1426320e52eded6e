"""Every text that the rows of a store hold, table by table: for those who prove what is gone.

What is named here is asked of the file itself, not of a list: a table that is added later is read,
too. The search index is left out: its words are those of the posts, in pieces.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from withhold.keep.opened import Opened

_INDEX = "post_text"
_OF = ("account", "key", "seq", "site", "url", "digest", "name")
"""Columns that say whose a row is, the first that a table has."""


class Said(NamedTuple):
    """One text or blob of one row: in which table and column, and whose the row is.

    ``of`` is the key of the account, the number of the link, the address ... as the table has it.
    """

    table: str
    column: str
    of: str
    value: str | bytes


def texts(home: Path, every: int = 1) -> Iterator[Said]:
    """All of them, and the statements by which the tables were made. Raises StoreTrouble.

    ``every``: of posts and their media only those of each so many-th number.

    Texts of media, which name a post and no account, come with the account of the post.
    """
    with closing(Opened(home, writable=False)) as opened, opened.snapshot():
        for name, sql in opened.rows("SELECT name, coalesce(sql, '') FROM sqlite_schema"):
            yield Said("sqlite_schema", "sql", name, sql)
        for (table,) in opened.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' "
            "AND sql NOT LIKE 'CREATE VIRTUAL %' AND substr(name, 1, ?) <> ? ORDER BY name",
            len(_INDEX) + 1,
            f"{_INDEX}_",
        ):
            yield from _of_table(opened, table, every)


def _of_table(opened: Opened, table: str, every: int) -> Iterator[Said]:
    columns = [row[1] for row in opened.rows(f'PRAGMA table_info("{table}")')]
    sql = f'SELECT * FROM "{table}"'  # noqa: S608 - a table of the file itself
    owner = next((columns.index(one) for one in _OF if one in columns), 0)
    if table in ("media", "reveal"):
        sql = (
            f'SELECT {table}.*, post.account FROM "{table}" '  # noqa: S608 - as above
            f"JOIN post ON post.id = {table}.post"
        )
        owner = len(columns)
    if table in ("post", "media", "reveal"):
        number = "id" if table == "post" else "post"
        sql += f" WHERE {table}.{number} % {every:d} = 0"
    for row in opened.each(sql):
        for column, value in zip(columns, row, strict=False):
            if value and isinstance(value, str | bytes):
                yield Said(table, column, str(row[owner]), value)
