"""The items of lists in JSON, one after the other, however large the file is.

What can be read is read: a file that is cut off in the middle gives all items before the cut, and
the cut is noted with its place. What is broken but clear is repaired: UTF-16, bytes that are no
UTF-8, a string of 200 MB, NaN.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from typing import Any

import ijson
import msgspec

from withhold.exports.json_pieces import ASSIGNMENT, Shape, pieces, signs_of
from withhold.exports.json_slices import list_at, sliced
from withhold.exports.notes import Notes, Why
from withhold.exports.parts import Files
from withhold.exports.streams import TooLarge
from withhold.exports.utf8 import BOM, in_steps, utf8

WHOLE_AT_MOST = 8 * 1024 * 1024
"""Bytes up to which a file is decoded in one piece; larger ones are streamed."""
OBJECT_AT_MOST = 2 * WHOLE_AT_MOST
"""Bytes of a file that is one object where a list was expected."""
_NO_NUMBER = re.compile(rb"NaN|Infinity|[0-9]{19}|[eE][0-9]{3}")
"""What makes a parser give up, and Python's own not."""
_FAULTS = (ijson.JSONError, ValueError, OverflowError, RecursionError, MemoryError)


def items(
    files: Files, path: str, notes: Notes, *where: str, assigned: bool = False
) -> Iterator[tuple[str, Any]]:
    """The items of the lists at these places, each with its JSON Pointer.

    A place is written as ijson writes prefixes, without its last ``.item``: ``""`` is the list
    that is the whole file, ``comments_v2`` a list in an object, ``Post.Posts.VideoList`` one
    deeper down. An object where a list was expected counts as a list of one; so does every line
    of a file with a JSON per line. ``assigned``: the JSON stands in a script, behind ``name =``.
    Notes what is no JSON; never raises for what a file holds.
    """
    places = where or ("",)
    size = files.entries[path].size
    if not size:
        notes.trouble(path, "empty")
        return
    body = None
    if size <= WHOLE_AT_MOST:
        found, body = _small(files, path, notes, assigned)
        if body is None:
            yield from _of_whole(found, places)
            return
    for place in places:
        yield from _streamed(files, path, notes, place, assigned, body)


def whole(files: Files, path: str, notes: Notes, assigned: bool = False) -> Any:
    """A JSON file of at most 64 MiB in one piece; None where it cannot be read, which is noted."""
    entry = files.entries[path]
    if not entry.size:
        notes.trouble(path, "empty")
        return None
    if entry.size > 8 * WHOLE_AT_MOST:
        notes.trouble(path, "too-large")
        return None
    found, body = _small(files, path, notes, assigned)
    if body is not None:
        parsed = list(_parsed(iter([body]), _Texts(files, path, notes, body), notes, "", "", 0))
        if not parsed:
            return None
        found = parsed[0]
    return found


def _small(files: Files, path: str, notes: Notes, assigned: bool) -> tuple[Any, bytes | None]:
    """What a small file holds; or, where it is no JSON, its text as far as it was repaired."""
    with suppress(OSError, msgspec.DecodeError, UnicodeDecodeError):
        plain = _plain(files.body(path), assigned)
        if not Shape().deep(signs_of(plain)):
            return msgspec.json.decode(plain), None
    body = _repaired(files, path, notes, assigned)
    try:
        return msgspec.json.decode(body), None
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    if not _NO_NUMBER.search(body):
        return None, body
    constants: list[str] = []
    try:
        found = json.loads(body, parse_constant=constants.append, parse_int=_number)
    except ValueError:
        return None, body
    notes.trouble(
        path,
        "not-json",
        error=f"{constants[0]} for a number" if constants else "a number of too many digits",
    )
    return found, None


def _number(said: str) -> int | float:
    """A number that a computer knows: 64 bits, else a float, which may be infinite."""
    if len(said) <= 20 and -(2**63) <= (found := int(said)) < 2**64:
        return found
    return float(said)


def _repaired(files: Files, path: str, notes: Notes, assigned: bool) -> bytes:
    """The text of a small file within the limits, up to where it can be read."""
    texts = _Texts(files, path, notes)
    found: list[bytes] = []
    try:
        found.extend(pieces(texts, path, notes, assigned))
    except TooLarge as why:
        texts.why = why.why
    texts.tell(notes)
    return b"".join(found)


def _plain(body: bytes, assigned: bool) -> bytes:
    body = body.removeprefix(BOM)
    if assigned:
        found = ASSIGNMENT.match(body)
        if found:
            body = body[found.end() :]
        body = body.rstrip().removesuffix(b";")
    return body


def _at(place: str) -> str:
    keys = filter(None, place.split("."))
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)


def _of_whole(whole: Any, where: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for place in where:
        found, at = whole, _at(place)
        for key in filter(None, place.split(".")):
            found = found.get(key) if isinstance(found, dict) else None
        if isinstance(found, list):
            for number, one in enumerate(found):
                yield f"{at}/{number}", one
        elif isinstance(found, dict):
            yield at, found


def _streamed(
    files: Files, path: str, notes: Notes, place: str, assigned: bool, body: bytes | None
) -> Iterator[tuple[str, Any]]:
    """Of a file, or of its repaired text, what stands at a place."""
    at, prefix, single, number = _at(place), f"{place}.item" if place else "item", False, 0
    texts = _Texts(files, path, notes, body)
    head = next(texts, b"")
    if assigned and (found := ASSIGNMENT.match(head)):
        head = head[found.end() :]
    left: Iterator[bytes] = chain([head], texts)
    if start := list_at(place).match(head):
        slices = sliced(texts, head[start.end() :])
        while True:
            try:
                one = next(slices)
            except StopIteration as done:
                left = chain([head[: start.end()]], done.value)
                break
            yield f"{at}/{number}", one
            number += 1
    elif not place and head.lstrip()[:1] == b"{":
        single, prefix = not _is_lines(head), ""
        if single and files.entries[path].size > OBJECT_AT_MOST:
            notes.trouble(path, "wrong-type", expected="list", found="object")
            return
    limited = pieces(in_steps(left), path, notes, assigned)
    for one in _parsed(limited, texts, notes, "" if single else at, prefix, number):
        yield (at if single else f"{at}/{number}"), one
        number += 1
    if not number and place and files.entries[path].size <= OBJECT_AT_MOST:
        again = _Texts(files, path, Notes(), body)
        limited = pieces(in_steps(again), path, Notes(), assigned)
        for one in _parsed(limited, again, Notes(), at, place, 0):
            if isinstance(one, dict):
                yield at, one


def _is_lines(head: bytes) -> bool:
    line, end, _ = head.lstrip().partition(b"\n")
    try:
        return bool(end) and isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


class _Texts:
    """The text of a file, or of its repaired body, in pieces; ends where it cannot be read."""

    def __init__(self, files: Files, path: str, notes: Notes, body: bytes | None = None) -> None:
        self.path, self.at = path, 0
        self.why: Why | None = None
        """Why it ended before its end."""
        self._texts = iter([body]) if body is not None else _read(files, path, notes)

    def __iter__(self) -> _Texts:
        return self

    def __next__(self) -> bytes:
        try:
            text = next(self._texts)
        except OSError as why:
            self.why = getattr(why, "why", "damaged")
            raise StopIteration from why
        self.at += len(text)
        return text

    def tell(self, notes: Notes, at: str = "") -> None:
        """Notes why it ended early, if it did."""
        if self.why:
            notes.trouble(self.path, self.why, at or f"byte {self.at}", byte=self.at)


def _read(files: Files, path: str, notes: Notes) -> Iterator[bytes]:
    with files.open(path) as stream:
        yield from utf8(stream, path, notes)


class _Source:
    """Pieces as ijson reads them."""

    def __init__(self, source: Iterator[bytes]) -> None:
        self._source = source

    def read(self, size: int) -> bytes:
        """The next piece, whatever its size."""
        return next(filter(None, self._source), b"") if size else b""


def _parsed(
    limited: Iterator[bytes], texts: _Texts, notes: Notes, at: str, prefix: str, number: int
) -> Iterator[Any]:
    """What ijson finds; the fault that ends it is noted with the place of the next item."""
    said, why = "", texts.why
    try:
        for one in ijson.items(_Source(limited), prefix, use_float=True, multiple_values=True):
            yield one
            number += 1
    except TooLarge as fault:
        why = fault.why
    except _FAULTS as fault:
        said = str(fault).strip().split("\n", 1)[0]
        why = "cut-off" if "EOF" in said or "ncomplete" in said else "not-json"
    why = texts.why or why
    if why:
        where = f"{at}/{number}" if prefix.endswith("item") or not prefix else at
        notes.trouble(texts.path, why, where, **{"error": said} if said else {}, byte=texts.at)
