"""Counts the lines of a part of a log: usual ones a block at a time, any other by itself.

Only lines that name a crawler are looked at closely. Of all others it is known that they are
readable and when they are from, to the minute; that is enough to see a clock that jumps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from withhold.traces.logs import times
from withhold.traces.logs.format_of import Shape
from withhold.traces.logs.in_blocks import blocks
from withhold.traces.logs.judging import Judging, Request
from withhold.traces.logs.line import LONGEST, Line
from withhold.traces.logs.plain_lines import fast, zone_of
from withhold.traces.logs.tally import AN_HOUR, End, Tally

Row = tuple[bytes, bytes, bytes]  # head, minute, user agent
_MARK = b"\xef\xbb\xbf"
_SECONDS = {b"%02d" % one: min(one, 59) for one in range(61)}
_NOT_AGAIN = 64
"""Blocks that are read line by line at once where many in a row had to be."""


class Counting:
    """Counts into ``tally``, part after part."""

    def __init__(self, judging: Judging) -> None:
        self.tally = Tally()
        self._judging = judging
        self._names = judging.names
        self._found: list[Request] = []  # of a block, to be judged

    def part(
        self,
        stream: BinaryIO,
        shape: Shape,
        file: str,
        part: int = 0,
        start: int = 0,
        end: int | None = None,
    ) -> Iterator[int]:
        """Counts the lines that begin in ``[start, end)``; gives the octets of each block.

        Whatever reading raises is raised here; what was counted before that stays counted.
        """
        self._shape, self._read = shape, shape.reader()
        self._judging.part = (file, part)
        self._lines = 0
        self._zone = b""
        self._fast: re.Pattern[bytes] | None = None
        self._first: int | None = None
        self._before: int | None = None
        failed = again = 0
        try:
            for block in blocks(stream, start, end):
                octets = len(block)
                if not start and not self._lines:
                    block = block.removeprefix(_MARK)
                if again <= 0 and shape.fast and self._at_once(block):
                    failed = 0
                else:
                    if again > 0:
                        again -= 1
                    else:
                        again, failed = min(_NOT_AGAIN, (1 << failed) - 1), min(failed + 1, 10)
                    self._one_by_one(block)
                if self._found:
                    self._judging.requests(self.tally, self._found)
                    self._found.clear()
                yield octets
        finally:
            self.tally.lines += self._lines
            self.tally.ends.append(End(file, part, self._lines, self._first, self._before))

    def _at_once(self, block: bytes) -> bool:
        """Whether all lines of the block are usual; if so they are counted."""
        odd = b"\\" in block and b'\\"' in block  # one octet is sought far faster than two
        if odd or not block.endswith(b"\n") or not self._in_zone(block):
            return False
        rows = self._fast.findall(block) if self._fast else ()
        # Lines by what is left without their ends: less work than ``block.count``.
        if len(rows) != len(block) - len(block.replace(b"\n", b"")):
            return False
        self._rows(rows)
        return True

    def _in_zone(self, block: bytes) -> re.Pattern[bytes] | None:
        """What reads usual lines in the zone with which a block begins, which few blocks change."""
        if self._shape.fast and (not self._zone or self._zone not in block):
            self._zone = zone_of(block)
            self._fast = fast(self._shape.fast, self._zone) if self._zone else None
        return self._fast

    def _one_by_one(self, block: bytes) -> None:
        at, usual = 0, self._in_zone(block)
        rows: list[Row] = []
        while at < len(block):
            end = block.find(b"\n", at) + 1
            row = usual.match(block, at, end) if usual and end else None
            if row and row.end() == end and block.find(b'\\"', at, end) < 0:
                rows.append(row.groups())  # type: ignore[arg-type]
            else:
                if rows:
                    self._rows(rows)
                    rows = []
                self._line(block[at : end - 1] if end else block[at:], not end)
            at = end or len(block)
        if rows:
            self._rows(rows)

    def _rows(self, rows: Iterable[Row]) -> None:
        """Counts usual lines. This loop is where the time goes."""
        known, name_of, tally = self._names.written, self._names.of_field, self.tally
        found, (since, until) = self._found, self._judging.during
        minute, zone = b"", self._zone
        start, before = 0, self._before
        number = passed = self._lines
        named_by = bad = 0
        outside = False
        for number, (head, at, agent) in enumerate(rows, passed + 1):
            if at != minute:
                begins = times.minute(at, zone)
                if begins is None:
                    bad += 1
                    continue
                minute, start = at, begins
                if before is not None and start < before - AN_HOUR:
                    tally.out_of_order += 1
                if self._first is None:
                    self._first = start
                before = start
                tally.seen(start)
                outside = not since <= start < until
            try:
                named = known[agent]
            except KeyError:
                named = name_of(agent)
            if named is None:
                continue
            if outside:
                tally.outside += 1
            elif named.control:
                tally.impossible[named.place] += 1
            else:
                named_by += 1
                said, request, rest = head.rsplit(b'"', 2)  # said: ``::1 - - [...:07 +0000] ``
                sent = rest[5:]
                found.append(
                    (
                        named,
                        said.partition(b" ")[0],
                        start + _SECONDS[said[-10:-8]],
                        request,
                        rest[1:4],
                        int(sent) if sent != b"-" and len(sent) < 19 else 0,
                        number,
                    )
                )
        tally.other += number - passed - bad - named_by
        if bad:
            tally.why["bad-time"] += bad
        tally.formats[self._shape.name] += number - passed - bad
        self._lines, self._before = number, before

    def _line(self, line: bytes, cut: bool) -> None:
        """Counts any line, without its end; ``cut``: it has none."""
        tally = self.tally
        self._lines += 1
        line = line.rstrip(b"\r")
        if len(line) > LONGEST:
            tally.why["too-long"] += 1
        elif not line.strip(b" \t\r\0"):
            tally.why["blank"] += 1
        else:
            found = self._read(line)
            if isinstance(found, Line):
                short = cut and "combined" in self._shape.name and "common" in found.format
                if not short:
                    self._counted(found)
                    return
                found = "cut"
            tally.why["cut" if cut else found] += 1

    def _counted(self, line: Line) -> None:
        tally = self.tally
        tally.formats[line.format] += 1
        start = line.seconds - line.seconds % 60
        if self._before is not None and start < self._before - AN_HOUR:
            tally.out_of_order += 1
        if self._first is None:
            self._first = start
        self._before = start
        tally.seen(start)
        named = self._names.of(line.agent)
        if named is None:
            tally.other += 1
        elif not self._judging.during[0] <= start < self._judging.during[1]:
            tally.outside += 1
            tally.other += 1
        elif named.control:
            tally.impossible[named.place] += 1
            tally.other += 1
        else:
            request = (line.method, line.target)
            code = b"%03d" % line.status
            self._found.append(
                (named, line.client, line.seconds, request, code, line.sent, self._lines)
            )
