"""Archives with something wrong in them: one to three faults by a seed, of bytes or structure."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable
from copy import deepcopy
from typing import Any, Literal

import libipld

from tests.archives.made.bluesky import car
from tests.archives.odd_values import DATES, NAMES, TOKENS, VALUES

Made = dict[str, bytes]


def mutated(made: Made, seed: str) -> Made:
    """The same archive with one to three faults; the seed says which."""
    chance = random.Random(seed)  # noqa: S311
    found = dict(made)
    for _ in range(chance.choice((1, 1, 2, 3))):
        if chance.random() < 0.1:
            _of_the_listing(found, chance)
            continue
        path = chance.choice(sorted(found)) if found else ""
        if path:
            found[path] = _of_a_file(path, found[path], chance)
    return found


def torn(packed: bytes, seed: str) -> bytes:
    """A zip of which bytes are wrong, missing, or there twice."""
    chance = random.Random(seed)  # noqa: S311
    for _ in range(chance.choice((1, 1, 2, 4))):
        packed = chance.choice((_flip, _flip, _delete, _insert, _double, _cut, _tail))(
            packed, chance
        )
    return packed


# One file ---------------------------------------------------------------------------------------


def _of_a_file(path: str, body: bytes, chance: random.Random) -> bytes:
    ending = path.rsplit(".", 1)[-1].lower()
    if chance.random() < 0.6:
        if ending in ("json", "js"):
            return _json(body, chance)
        if ending == "csv":
            return _rows(body, chance)
        if ending in ("html", "xml", "txt"):
            return _lines(body, chance)
        if ending == "car":
            return _records(body, chance)
    return chance.choice(BYTES)(body, chance)


def _flip(body: bytes, chance: random.Random) -> bytes:
    if not body:
        return bytes((chance.randrange(256),))
    at = chance.randrange(len(body))
    return body[:at] + bytes((body[at] ^ (1 << chance.randrange(8)),)) + body[at + 1 :]


def _delete(body: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    return body[:at] + body[at + chance.choice((1, 2, 10, 100, 1000)) :]


def _double(body: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    return (
        body[:at]
        + body[at : at + chance.choice((1, 20, 300))] * chance.choice((2, 3, 50))
        + body[at:]
    )


def _insert(body: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    return body[:at] + chance.choice(TOKENS) + body[at:]


def _cut(body: bytes, chance: random.Random) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def _tail(body: bytes, chance: random.Random) -> bytes:
    """The end of a file is where a zip says what is in it."""
    at = max(0, len(body) - 1 - chance.randrange(200))
    return body[:at] + bytes((chance.randrange(256),)) + body[at + 1 :]


BYTES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _flip, _delete, _double, _insert, _insert, _insert, _cut,
)  # fmt: skip


def _json(body: bytes, chance: random.Random) -> bytes:
    """One value of a JSON file is another; what stands before it (a script's name) stays."""
    start = next((at for at in range(len(body)) if body[at : at + 1] in (b"[", b"{")), 0)
    try:
        whole = json.loads(body[start:])
    except (ValueError, RecursionError):
        return _flip(body, chance)
    box = {"": whole}
    holder, key = _somewhere(box, chance)
    for _ in range(chance.choice((1, 1, 1, 3))):
        _change(holder, key, chance)
        holder, key = _somewhere(box, chance)
    return body[:start] + json.dumps(box.get("")).encode()


def _somewhere(box: Any, chance: random.Random) -> tuple[Any, Any]:
    holder, key = box, ""
    while True:
        value = holder[key]
        inside = (
            list(value)
            if isinstance(value, dict)
            else range(len(value))
            if isinstance(value, list)
            else ()
        )
        if not inside or chance.random() < 0.12:
            return holder, key
        holder, key = value, chance.choice(list(inside))


def _change(holder: Any, key: Any, chance: random.Random) -> None:
    value = holder[key]
    dice = chance.randrange(9)
    if dice == 0 and key != "":
        if isinstance(holder, dict):
            holder[chance.choice(("", "x", key.upper(), f"{key} "))] = holder.pop(key)
        else:
            holder.pop(key)
    elif dice == 1:
        holder[key] = [value]
    elif dice == 2:
        holder[key] = {chance.choice(("", "value", "text", "data")): value}
    elif dice == 3:
        holder[key] = [deepcopy(value) for _ in range(chance.choice((2, 5)))]
    elif dice == 4 and isinstance(value, dict) and value:
        value.pop(chance.choice(list(value)))
    elif dice == 5:
        holder[key] = str(value)
    elif dice <= 6:
        holder[key] = chance.choice(DATES)
    else:
        holder[key] = deepcopy(chance.choice(VALUES))


def _rows(body: bytes, chance: random.Random) -> bytes:
    try:
        rows = list(csv.reader(io.StringIO(body.decode("utf-8"), newline="")))
    except (ValueError, csv.Error):
        return _flip(body, chance)
    row = chance.choice(rows) if rows else []
    at = chance.randrange(len(row)) if row else 0
    dice = chance.randrange(8)
    if dice == 0 and row:
        row.pop(at)
    elif dice == 1:
        row.insert(at, chance.choice(("", "x", '"', "UTC")))
    elif dice == 2 and rows:
        rows.insert(chance.randrange(len(rows)), list(row))
    elif dice == 3:
        chance.shuffle(row)
    elif dice == 4 and rows:
        rows.remove(row)
    elif dice == 5:
        row *= chance.choice((0, 2, 100))
    elif row:
        row[at] = str(chance.choice(DATES if dice == 6 else VALUES))
    out = io.StringIO(newline="")
    quoting: Literal[0, 1] = csv.QUOTE_ALL if chance.random() < 0.5 else csv.QUOTE_MINIMAL
    csv.writer(
        out, quoting=quoting, delimiter=chance.choice(",,,;\t"), lineterminator="\n"
    ).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def _lines(body: bytes, chance: random.Random) -> bytes:
    """Text between marks is another: dates and values at the edges, lines moved or there twice."""
    mark = chance.choice((b">", b"\n", b'"', b": "))
    pieces = body.split(mark)
    at = chance.randrange(len(pieces))
    dice = chance.randrange(5)
    if dice == 0:
        pieces.pop(at)
    elif dice == 1:
        pieces.insert(chance.randrange(len(pieces)), pieces[at])
    elif dice == 2:
        chance.shuffle(pieces)
    else:
        value = str(chance.choice(DATES if dice == 3 else VALUES)).encode("utf-8", "surrogatepass")
        end = pieces[at].partition(b"<")
        pieces[at] = value + end[1] + end[2]
    return mark.join(pieces)


def _records(body: bytes, chance: random.Random) -> bytes:
    """One value of a record is another, in a repository whose sums are right all the same."""
    try:
        found = _repository(body)
        for _ in range(chance.choice((1, 3))):
            key = chance.choice(list(found))
            box = {"": found[key]}
            _change(*_somewhere(box, chance), chance)
            found[key] = box[""]
        return car(found)
    except (ValueError, TypeError, KeyError, OverflowError):  # broken before, or no CBOR holds it
        return _flip(body, chance)


def _repository(body: bytes) -> dict[str, Any]:
    """The records of a CAR file by their keys."""
    _, blocks = libipld.decode_car(body)
    (commit,) = (one for one in blocks.values() if isinstance(one, dict) and "rev" in one)
    found: dict[str, Any] = {}
    waiting = [commit["data"]]
    while waiting:
        node, before = blocks[waiting.pop()], b""
        waiting += [one for one in (node["l"], *(row["t"] for row in node["e"])) if one]
        for row in node["e"]:
            before = before[: row["p"]] + row["k"]
            found[before.decode()] = blocks[row["v"]]
    return found


# The listing ------------------------------------------------------------------------------------


def _of_the_listing(found: Made, chance: random.Random) -> None:
    if not found:
        return
    path, other = chance.choice(sorted(found)), chance.choice(sorted(found))
    dice = chance.randrange(7)
    if dice == 0:
        del found[path]
    elif dice == 1:
        found[path], found[other] = found[other], found[path]
    elif dice == 2:
        found[chance.choice(NAMES)] = found.pop(path)
    elif dice == 3:
        folder, _, name = path.rpartition("/")
        found[
            chance.choice((f"{folder}/copy {name}", f"{name}", f"x/{path}", f"{path}.json")).lstrip(
                "/"
            )
        ] = found[path]
    elif dice == 4:
        found[path] = b""
    elif dice == 5:
        found[path.upper()] = found.pop(path)
    else:
        found[chance.choice(NAMES)] = chance.choice(
            (b"", b"[]", b"{}", b"\xff" * 100, found[other])
        )
