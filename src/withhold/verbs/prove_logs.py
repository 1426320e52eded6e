"""``prove logs``: the access logs read side by side, and what they say of each crawler."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from math import inf
from pathlib import Path
from typing import BinaryIO, cast

from msgspec import Struct
from msgspec.structs import replace

from withhold.errors import BadInput
from withhold.reach.side_by_side import cores, side_by_side
from withhold.site_facts import Crawler
from withhold.traces.corpus.unpacked import Packing, packing
from withhold.traces.logs import format_of
from withhold.traces.logs.answer import answer
from withhold.traces.logs.counting import Counting
from withhold.traces.logs.format_of import Shape
from withhold.traces.logs.in_blocks import pieces
from withhold.traces.logs.in_force import Dated, InForce
from withhold.traces.logs.judging import Judging
from withhold.traces.logs.naming import Names
from withhold.traces.logs.opened import Ahead, damage, unpacked
from withhold.traces.logs.seen import LogSeen
from withhold.traces.logs.tally import Tally
from withhold.traces.logs.whose import Whose

STDIN = "-"
_HEAD = 64 * 1024
_EACH = 16 * 1024 * 1024
"""Octets of a piece of a plain file."""
_ALONE = 4 * 1024 * 1024
"""Octets for which a second process is not worth its start."""
_TOLD = 1024 * 1024


class Part(Struct, frozen=True, kw_only=True):
    """A piece of a file, or all of one that cannot be cut. ``octets`` are those on the disk."""

    file: str
    shape: Shape
    packed: Packing
    octets: int
    number: int = 0
    start: int = 0
    end: int | None = None


def look(
    files: Sequence[str],
    crawlers: Mapping[str, Crawler],
    robots: Sequence[Dated],
    ranges: Whose,
    *,
    log_format: str = "",
    grace_hours: int = 24,
    whole_addresses: bool = False,
    since: date | None = None,
    until: date | None = None,
    workers: int = 0,
    told: Callable[[int, int], None] = lambda _octets, _of: None,
) -> LogSeen:
    """What the files say, all lines counted; ``-`` is standard input. A file named twice is read
    once.

    ``since`` and ``until``: only requests of these days (UTC), both of them within, are counted.
    ``workers`` 0: as many as there are cores; the answer is the same with any number. ``told``
    hears how many octets were read, of how many (0 = not known). Raises BadInput for a file that
    cannot be opened, a format that cannot be used, or two robots.txt of one moment; a file that
    breaks off while it is read is in ``broken``, and counts as far as it could be read.
    """
    shape = format_of.named(log_format)
    names = Names(crawlers)
    in_force = InForce(robots, grace_hours, crawlers) if robots else None
    judging = Judging(names, in_force, ranges, _during(since, until))
    workers = workers or cores()
    parts = [
        part
        for file in dict.fromkeys(files)
        if file != STDIN
        for part in _parts(file, shape, workers)
    ]
    whole = 0 if STDIN in files else sum(one.octets for one in parts)
    total, octets = Tally(), 0
    for made in _made(parts, judging, shape if STDIN in files else None, STDIN in files, workers):
        if isinstance(made, Tally):
            total.add(made)
        else:
            octets += made
            told(octets, whole)
    seen = answer(
        total,
        crawlers,
        names,
        in_force,
        ranges,
        grace_hours=grace_hours,
        whole_addresses=whole_addresses,
    )
    return replace(seen, since=since, until=until)


def _during(since: date | None, until: date | None) -> tuple[float, float]:
    """Seconds since 1970 from the first day on, and up to the end of the last."""
    first = datetime.combine(since, time(), UTC).timestamp() if since else -inf
    last = datetime.combine(until, time(), UTC) + timedelta(days=1) if until else None
    return first, last.timestamp() if last else inf


def _made(
    parts: Sequence[Part], judging: Judging, shape: Shape | None, stdin: bool, workers: int
) -> Iterator[int | Tally]:
    """Octets as they are read, and tallies that add up to all."""
    if stdin:  # before there are other processes: they have no standard input
        yield from _stdin(judging, shape)
    alone = sum(one.octets for one in parts) <= _ALONE
    many = 1 if alone else min(workers, len(parts))
    if many < 2:
        yield from _counted(judging, parts)
    else:
        yield from side_by_side([partial(_counted, judging, one) for one in _shares(parts, many)])


def _shares(parts: Sequence[Part], many: int) -> list[list[Part]]:
    """The parts dealt out evenly: whole files, the largest first, each to who has the least; then
    pieces in their order, so that each process reads one stretch of the time that a log covers and
    answers by the robots.txt of that stretch alone.
    """
    shares: list[list[Part]] = [[] for _ in range(many)]
    octets = [0] * many
    for part in sorted((one for one in parts if one.end is None), key=lambda one: -one.octets):
        least = octets.index(min(octets))
        shares[least].append(part)
        octets[least] += part.octets
    even, place = _even(octets, sum(one.octets for one in parts if one.end is not None)), 0
    for part in parts:
        if part.end is None:
            continue
        while place < many - 1 and octets[place] + part.octets / 2 > even:
            place += 1
        shares[place].append(part)
        octets[place] += part.octets
    return shares


def _even(octets: Sequence[int], more: int) -> float:
    """What those who have less come to have, where so much more is dealt to them alone."""
    filled = sorted(octets)
    levels = ((sum(filled[:number]) + more) / number for number in range(1, len(filled) + 1))
    return min(levels)


def _parts(file: str, shape: Shape | None, workers: int) -> Iterator[Part]:
    path = Path(file)
    try:
        if path.is_dir():
            raise BadInput(f"{file} is a folder", f"name the logs in it: {file}/*.log")
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            packed = packing(head)
            if packed:
                stream.seek(0)
                head = _head(unpacked(stream, packed))
    except (OSError, ValueError) as why:
        reason = why.strerror if isinstance(why, OSError) else "no such name"
        raise BadInput(f"{file}: cannot be read ({reason})", "look at its name and rights") from why
    shape = shape or format_of.of(head)
    if packed or not shape.cuttable or not path.is_file():
        yield Part(file=file, shape=shape, packed=packed, octets=size)
        return
    each = -(-size // (workers * -(-size // (workers * _EACH)))) if size > _ALONE else _EACH
    for number, (start, end) in enumerate(pieces(size, each)):
        yield Part(
            file=file,
            shape=shape,
            packed="",
            octets=end - start,
            number=number,
            start=start,
            end=end,
        )


def _head(stream: BinaryIO) -> bytes:
    """What a packed log begins with, as far as it can be read."""
    try:
        return stream.read(_HEAD)
    except Exception as why:
        damage(why)  # it is told when the whole is read
        return b""


def _stdin(judging: Judging, shape: Shape | None) -> Iterator[int | Tally]:
    counting = Counting(judging)
    try:
        raw = sys.stdin.buffer
        head = raw.read(_HEAD)
        lines: BinaryIO = cast("BinaryIO", Ahead(head, raw))
        packed = packing(head)
        if packed:
            lines = unpacked(lines, packed)
            head = _head(lines)
            lines = cast("BinaryIO", Ahead(head, lines))
        yield from counting.part(lines, shape or format_of.of(head), STDIN)
    except Exception as why:
        counting.tally.broken[STDIN] = damage(why)
    yield counting.tally


def _counted(judging: Judging, parts: Sequence[Part]) -> Iterator[int | Tally]:
    counting = Counting(judging)
    for part in parts:
        at = part.start
        try:
            with Path(part.file).open("rb", buffering=0 if not part.packed else -1) as raw:
                stream = unpacked(raw, part.packed)
                blocks = counting.part(
                    stream, part.shape, part.file, part.number, part.start, part.end
                )
                for _ in blocks:
                    passed = min(raw.tell(), part.start + part.octets)
                    if passed - at >= _TOLD:
                        yield passed - at
                        at = passed
                yield part.start + part.octets - at
        except Exception as why:
            counting.tally.broken[part.file] = damage(why)
    yield counting.tally
