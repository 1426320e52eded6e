"""TikTok's archive as TXT: many files in folders, of blocks of ``Key: value`` lines.

Description only: no sample of this form was seen. By descriptions a record begins with the line of
its date, an empty line stands between records, and messages are lines of time, name and text under
``>>> Chat History with NAME::``. English keys only; files in other languages are not understood.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO

from withhold.exports.tiktok_shapes import Role, Shapes, plain

Record = tuple[int, dict[str, str]]
"""The line at which it begins (1 = the first), and its values by their keys."""
LINE_AT_MOST = 4 * 1024 * 1024
"""Characters of one line; a longer one goes on as the next."""
VALUE_AT_MOST = 4 * 1024 * 1024
BOOKKEEPING = frozenset({
    "date", "link", "username", "searchterm", "sharedcontent", "method", "ip", "devicemodel",
    "devicesystem", "networktype", "carrier", "effectlink", "hashtagname", "hashtaglink",
    "timestamp", "source", "event", "price", "giftamount", "watchtime", "nickname",
})  # fmt: skip
"""Keys of files without words of the member. A file with any other key is not passed over: it may
be one of comments in another language."""
EMPTY = "you have no data in this section"
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9 '()/_-]{0,80}):[ \t]?(.*)")
_CHAT = re.compile(r">>>\s*(.+)")
_LINE = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: UTC)?)[ \t]+([^:]{1,100}):[ \t]?(.*)")


def role_of_text(head: bytes) -> Role | None:
    """What a file that begins so holds; ``""`` = bookkeeping or nothing; None = not known."""
    text = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    if not text.strip() or text.strip().lower() == EMPTY:
        return ""
    if text.lstrip().startswith(">>>"):
        return "message"
    shapes = Shapes()
    found: dict[str, str] = {}
    for line in text.splitlines():
        field = _FIELD.match(line)
        if field and plain(field[1]) in found:
            break  # the second record
        if field:
            found[plain(field[1])] = ""
    if not found:
        return None
    role = shapes.of(found, "").role
    return None if role == "" and not found.keys() <= BOOKKEEPING else role


def records(stream: IO[bytes]) -> Iterator[Record]:
    """The records of a file of blocks. A line that begins no field goes on with the value above.

    A record begins with the key that the file begins with: texts may hold empty lines. Which keys
    there are, the first record says.
    """
    first = ""
    now: dict[str, list[str]] = {}
    keys: set[str] = set()
    at, last, blank, size = 0, "", False, 0
    for number, line in _lines(stream):
        field = _FIELD.match(line)
        name = field[1] if field else ""
        if field and (not first or plain(name) == first):
            if now:
                yield at, _joined(now)
            first, at, now, keys = first or plain(name), number, {}, keys | set(now)
        known = not now or (name in keys if keys else not blank)
        blank = not line.strip()
        if field and known and name not in now:
            now[name], last, size = [field[2]], name, len(field[2])
        elif last and size < VALUE_AT_MOST:
            now[last].append(line)
            size += len(line) + 1
    if now:
        yield at, _joined(now)


def chat(stream: IO[bytes]) -> Iterator[tuple[int, str, dict[str, str]]]:
    """The messages of a file of conversations: line, conversation, record."""
    place, at, size = "", 0, 0
    now: dict[str, list[str]] = {}
    for number, line in _lines(stream):
        head, said = _CHAT.match(line), _LINE.match(line)
        if head or said:
            if now:
                yield at, place, _joined(now)
            now = {}
        if head:
            place = head[1].strip()
        elif said:
            at, size = number, len(said[3])
            now = {"Date": [said[1]], "From": [said[2]], "Content": [said[3]]}
        elif now and size < VALUE_AT_MOST:
            now["Content"].append(line)
            size += len(line) + 1
    if now:
        yield at, place, _joined(now)


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, str]]:
    text = io.TextIOWrapper(stream, "utf-8-sig", errors="replace")
    number = 0
    while line := text.readline(LINE_AT_MOST):
        number += 1
        yield number, line.rstrip("\n")


def _joined(record: dict[str, list[str]]) -> dict[str, str]:
    return {name: "\n".join(lines).strip() for name, lines in record.items()}
