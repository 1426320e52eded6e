"""Where the marks of a timeline stand: rows from top to bottom, days from left to right.

``x`` is counted in days (``date.toordinal``), ``y`` in units of the picture, whose base width is
``WIDTH``; lengths across are given in units and turned into days here.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import date
from typing import Any

from withhold.faces.report.past import WIDE, Row

WIDTH = 320
LEFT, RIGHT = 13, 308
"""Where the first and the last day stand; beside them is room for strokes and triangles."""
_CHAR = 6.6
"""How wide a letter of the words in and beside a bar is at most, on average."""
_LINE, _HEADING, _BAR, _THIN, _GAP = 15, 27, 17, 7, 10
_STUB, _SLIVER = 14, 3
"""How long a bar is of which only the end is known, and how long the shortest is drawn."""
_NUMBER = 30
"""The room that the number of a year takes."""
_LABEL = 20
"""Where the words of a row begin, behind its number."""
_STROKES = (4, 7.5, 11)


class Paper:
    """Marks by layer, gathered row by row; ``y`` is how far down the picture reaches."""

    def __init__(self, first: date, when: date) -> None:
        self.marks: dict[str, list[dict[str, Any]]] = {}
        self.first = date(first.year, 1, 1).toordinal()
        self.last = max(when.toordinal(), self.first + 1)
        self.y: float = 0
        self._unit = (self.last - self.first) / (RIGHT - LEFT)
        """Days per unit of width."""
        self._years = self._with_room(first.year, when.year)

    def heading(self, text: str) -> None:
        """Who and for which use, over the years."""
        self.y += _HEADING
        self._put("heading", self._at(0), self.y - 8, text=text)
        self.y += _LINE
        for one in self._years:
            self._put("year", one, self.y - _LINE, y2=self.y)
            if one + _NUMBER * self._unit <= self._at(WIDTH):
                number = str(date.fromordinal(one).year)
                self._put("years", one + 3 * self._unit, self.y - _LINE / 2, text=number)

    def row(self, number: int, row: Row) -> None:
        """The lines of a row, its bar below them, and the word in or beside the bar.

        The number leads to the row of the table: two rows may read alike in few words.
        """
        self._put("number", self._at(0), self.y + 9, text=str(number))
        for line in row.lines:
            self._put("label", self._at(_LABEL), self.y + 9, text=line)
            self.y += _LINE
        self.y += 2
        high = _THIN if row.kind == "control" else _BAR
        middle = self.y + high / 2
        end: float = min((row.until or date.max).toordinal(), self.last)
        start = row.since.toordinal() if row.since else end - _STUB * self._unit
        taken = [(start, end)] if start <= self.last else []
        if taken:
            end = max(end, start + _SLIVER * self._unit)
            self._put(row.kind, start, self.y, x2=end, y2=self.y + high)
            self._ends(row, start, end, high)
            taken.append(self._word(row, start, end, middle))
        if row.announced:
            self._announced(row.announced.toordinal(), min(start, self.last), middle)
        for one in self._years:
            if not any(begin <= one <= over for begin, over in taken):
                self._put("year", one, self.y - 1, y2=self.y + high + 1)
        self.y += high + _GAP

    def key(self, notes: Mapping[str, str], below: str) -> None:
        """What the marks mean, of those that were used; ``below`` stands under them."""
        self.y += 8
        for mark, text in notes.items():
            if mark not in self.marks:
                continue
            middle = self.y + _LINE / 2
            if mark == "begin":
                self._strokes(self._at(13), middle - 6, 12)
            else:
                self._put(mark, self._at(6), middle)
            self._put("note", self._at(18), middle, text=text)
            self.y += _LINE + 4
        for line in textwrap.wrap(below, WIDE):
            self._put("note", self._at(0), self.y + _LINE / 2, text=line)
            self.y += _LINE
        self.y = round(self.y + 6)

    def _put(self, layer: str, x: float, y: float, **more: Any) -> None:
        self.marks.setdefault(layer, []).append({"x": round(x, 2), "y": y, **more})

    def _at(self, across: float) -> float:
        """The day that lies so far from the picture's left edge."""
        return self.first + (across - LEFT) * self._unit

    def _with_room(self, first: int, last: int) -> list[int]:
        """The first days of the years, all or every second ... so that their numbers have room."""
        days = [date(year, 1, 1).toordinal() for year in range(first, last + 1)]
        room = 366 / self._unit
        every = next((n for n in (1, 2, 5, 10, 50) if room * n >= _NUMBER + 4), 1000)
        return days[::every]

    def _ends(self, row: Row, start: float, end: float, high: float) -> None:
        """Strokes where the first day is not known, a triangle where it goes on."""
        if not row.since_known:
            self._strokes(start, self.y, high)
        if row.until is None:
            self._put("still", end + 6 * self._unit, self.y + high / 2)

    def _strokes(self, start: float, y: float, high: float) -> None:
        for step in _STROKES:
            x = start - step * self._unit
            self._put("begin", x, y, x2=round(x, 2), y2=y + high)

    def _announced(self, told: float, start: float, middle: float) -> None:
        """A diamond, and a line from it to the day from which it holds."""
        self._put("announced", told, middle)
        after = told + 5 * self._unit
        if after < start:
            self._put("waiting", after, middle, x2=start, y2=middle)

    def _word(self, row: Row, start: float, end: float, middle: float) -> tuple[float, float]:
        """In the bar where it fits, else behind it, else before it; what it takes is given back."""
        wide = (len(row.word) * _CHAR + 8) * self._unit
        layer = "beside"
        behind = end + (13 if row.until is None else 5) * self._unit
        if wide <= end - start:
            at = start + 6 * self._unit
            layer = "inside" if row.kind == "may" else "beside"
        elif behind + wide <= self._at(WIDTH):
            at = behind
        else:
            marks = 14 if not row.since_known else 5
            before = start - marks * self._unit
            if row.announced:
                before = min(before, row.announced.toordinal() - 8 * self._unit)
            at = max(before - wide, self._at(0))
        if row.word:
            self._put(layer, at, middle + 0.5, text=row.word)
        return at, at + wide
