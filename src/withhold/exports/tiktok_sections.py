"""The sections of TikTok's one large JSON file, wherever they stand in it, in one pass.

TikTok renames and moves its sections about once a year, so nothing is looked up by its place: the
file is walked, and every map and every item of a list comes out with the names that lead there.
Files of over 100 MB are common (watch history), so a large one is never held whole.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO, Any

import ijson
import msgspec

from withhold.exports.json_items import WHOLE_AT_MOST
from withhold.exports.json_pieces import pieces
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.utf8 import BOM, Pieces, utf8

Found = tuple[tuple[str, ...], int, Any]
"""The names that lead to a map or list; the number of the item in the list, or ``MAP``; the item
itself, or the map without the maps and lists in it."""
MAP = -1
VALUES_AT_MOST = 500_000
"""Values inside one item of a list; one with more is not kept."""
_EARLY = re.compile(rb'"(userName|[Pp]rivate ?[Aa]ccount)"\s*:\s*"((?:[^"\\]|\\.){0,200})"')
_MARKS = (b'"userName"', b'ccount"')
_CHUNK = 64 * 1024
_FAULTS = (ijson.JSONError, ValueError, OverflowError, RecursionError, MemoryError)


def sections(files: Files, path: str, notes: Notes) -> Iterator[Found]:
    """Every map and every item of every list. Notes what is no JSON, and yields what precedes it.

    Raises OSError.
    """
    if files.entries[path].size <= WHOLE_AT_MOST:
        try:
            whole = msgspec.json.decode(files.body(path).removeprefix(BOM))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            pass  # streamed below, for what stands before the fault
        else:
            yield from walked(whole)
            return
    found: Found = ((), MAP, None)
    try:
        with files.open(path) as stream:
            plain = Pieces(pieces(utf8(stream, path, notes), path, notes))
            for found in _streamed(io.BufferedReader(plain, _CHUNK)):
                if found[2] is _TOO_LARGE:
                    notes.trouble(path, "too-large", pointer(found[0], found[1]))
                else:
                    yield found
    except _FAULTS as why:
        said = str(why).strip().split("\n", 1)[0]
        cut = "EOF" in said or "ncomplete" in said
        at = pointer(found[0], found[1])
        notes.trouble(path, "cut-off" if cut else "not-json", at and f"after {at}", error=said)


def early(files: Files, path: str) -> dict[str, str]:
    """``username`` and ``privateaccount`` as the file says them somewhere, found without parsing.

    They stand behind the sections that they are needed for. Raises OSError.
    """
    found: dict[str, str] = {}
    rest = b""
    with files.open(path) as stream:
        for chunk in utf8(stream, path, Notes()):
            text = rest + chunk
            if any(mark in text for mark in _MARKS):
                for match in _EARLY.finditer(text):  # ``UserName`` is of others, not this one
                    name = match[1].decode().lower().replace(" ", "")
                    found.setdefault(name, _plain(match[2]))
            if len(found) > 1:
                break
            rest = text[-512:]
    return found


def walked(whole: Any) -> Iterator[Found]:
    """The same for a file that was decoded in one piece."""
    waiting: list[tuple[tuple[str, ...], Any]] = [((), whole)]
    while waiting:
        keys, value = waiting.pop()
        if isinstance(value, list):
            for number, one in enumerate(value):
                yield keys, number, one
        elif isinstance(value, dict):
            flat = {name: one for name, one in value.items() if not isinstance(one, (dict, list))}
            if flat:
                yield keys, MAP, flat
            waiting.extend(
                ((*keys, name), one)
                for name, one in reversed(value.items())
                if isinstance(one, (dict, list))
            )


def pointer(keys: tuple[str, ...], number: int) -> str:
    """The place as a JSON Pointer."""
    at = "/" + "/".join(keys) if keys else ""
    if "~" in at or any("/" in key for key in keys):
        at = "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)
    return at if number == MAP else f"{at}/{number}"


# --------------------------------------------------------------------------------------------------

_TOO_LARGE: Any = object()


def _streamed(stream: IO[bytes]) -> Iterator[Found]:
    keys: list[str] = []
    flats: list[dict[str, Any]] = []
    name = ""
    events = ijson.basic_parse(stream, use_float=True)
    for event, value in events:
        if event == "map_key":
            name = value
        elif event == "start_map":
            if flats:
                keys.append(name)
            flats.append({})
        elif event == "end_map":
            flat = flats.pop()
            if flat:
                yield tuple(keys), MAP, flat
            if flats:
                keys.pop()
        elif event == "start_array":
            where = (*keys, name) if flats else ()
            for number, one in enumerate(_elements(events)):
                yield where, number, one
        elif flats and len(flats[-1]) < VALUES_AT_MOST:
            flats[-1][name] = value


def _elements(events: Iterator[tuple[str, Any]]) -> Iterator[Any]:
    """The items of the list that has just begun, each built whole; ends with the list."""
    built: list[Any] = []
    name, values, lost = "", 0, 0
    for event, value in events:
        if event == "map_key":
            name = value
        elif event == "start_map" or event == "start_array":
            values += 1
            if values > VALUES_AT_MOST:
                lost += 1
                continue
            one: Any = {} if event == "start_map" else []
            if built:
                _put(built[-1], name, one)
            built.append(one)
        elif event == "end_map" or event == "end_array":
            if lost:
                lost -= 1
                continue
            if not built:
                return
            one = built.pop()
            if not built:
                yield one if values <= VALUES_AT_MOST else _TOO_LARGE
                values = 0
        elif not built:
            yield value
        else:
            values += 1
            if values <= VALUES_AT_MOST:
                _put(built[-1], name, value)


def _put(into: Any, name: str, value: Any) -> None:
    if type(into) is dict:
        into[name] = value
    else:
        into.append(value)


def _plain(said: bytes) -> str:
    try:
        text: str = msgspec.json.decode(b'"' + said + b'"', type=str)
    except (msgspec.DecodeError, UnicodeDecodeError):
        text = said.decode("utf-8", "replace")
    return text
