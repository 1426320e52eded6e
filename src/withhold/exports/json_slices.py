"""The objects of a long list in JSON, each sliced out and decoded by itself: twice ijson's speed.

Where a slice may end is guessed, by what stood between the first two objects and by the key that
the second began with; that the guess was right is known, for a slice that is a whole JSON object
can end nowhere else. Where guessing ends, what is left goes to ijson as it is.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from itertools import chain
from typing import Any

import msgspec

from withhold.exports.json_pieces import DEEPEST, Shape, signs_of

LEARN_WITHIN = 512 * 1024
"""Bytes in which the first object must end."""
SLICE_AT_MOST = 4 * 1024 * 1024
GUESSES = 16
"""Of where the first object, or one that is hard, ends."""
_BETWEEN = re.compile(rb'\}(\s*,\s*)(\{\s*"[^"\\]{1,60}"\s*:)')
_FAULTS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def list_at(place: str) -> re.Pattern[bytes]:
    """What stands before the first object of the list at a place, at the beginning of a file.

    A place that other things stand before is not found by it.
    """
    keys = b"".join(
        rb'\{\s*"' + re.escape(key.encode()) + rb'"\s*:\s*'
        for key in filter(None, place.split("."))
    )
    return re.compile(rb"\s*" + keys + rb"\[\s*(?=\{)")


def sliced(texts: Iterator[bytes], first: bytes) -> Generator[Any, None, Iterator[bytes]]:
    """The objects from ``first`` on, which begins with one; returns the bytes that are left."""
    for text in texts:
        if _BETWEEN.search(first) or len(first) > LEARN_WITHIN:
            break
        first += text
    else:
        text = b""
    decode = msgspec.json.Decoder().decode
    between, key = _learnt(first, decode)
    buffer = first + text
    if not key:
        return chain([buffer], texts)
    parting, failed = b"}" + between + key, 0
    while True:
        parts = buffer.split(parting)
        last, begun = parts.pop(), b""
        for number, part in enumerate(parts):
            slice_ = begun + part + b"}"
            try:
                if slice_.count(b"[") + slice_.count(b"{") > DEEPEST and _deep(slice_):
                    failed = GUESSES
                    raise msgspec.DecodeError
                found = decode(slice_)
            except _FAULTS:
                failed += 1
                if failed > GUESSES:
                    return chain([parting.join([begun + part, *parts[number + 1 :], last])], texts)
                begun += part + parting
            else:
                yield found
                begun, failed = key, 0
        buffer = begun + last
        more = next(texts, None)
        if more is None or len(buffer) > SLICE_AT_MOST:
            return chain([buffer, more or b""], texts)
        buffer += more


def _learnt(first: bytes, decode: Any) -> tuple[bytes, bytes]:
    """What stands between the first two objects, and how the second begins; or nothing."""
    for guess, found in enumerate(_BETWEEN.finditer(first)):
        if guess >= GUESSES:
            break
        try:
            decode(first[: found.start() + 1])
        except _FAULTS:
            continue
        return found[1], found[2]
    return b"", b""


def _deep(text: bytes) -> bool:
    return Shape().deep(signs_of(text))
