"""Companies by sites as a picture: in each cell the answer as a word, and how strong a no is.

Every cell says its word, and its border differs too (dashed: nobody promised; dotted: not known),
so colour carries nothing alone. Sites stand above with numbers that the columns repeat; more than
``COLUMNS`` of them make another block below, so the picture stays as wide as a phone. Classes for
the page's stylesheet: ``timeline-`` and ``may no weak unknown`` (cells), ``row site number word
strength`` (words). A table of the same belongs beside it. (Vega keeps no hyphen of a name.)

::

    say = said(edition.phrases)
    svg = heat(["OpenAI"], ["https://example.org"],
               {("OpenAI", "https://example.org"): ("disallowed", "promised")}, say, "OpenAI ...")
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from withhold.faces.report.drawn import Kind, Marks, drawn
from withhold.faces.report.inline_svg import inline
from withhold.faces.report.plain import printable
from withhold.words import Answer, Strength

Cell: TypeAlias = tuple[Answer, Strength | None]
"""An answer, and of a ``disallowed`` its strength."""
Say: TypeAlias = Callable[[Answer, Strength | None], tuple[str, str]]
"""The words of a cell: a short one (MAY, NO, ?), and the strength of a no, or nothing."""

WIDTH = 320
COLUMNS = 4
"""Sites side by side; at this many the longest word of a strength fits into its cell."""
_LEFT = 112
_CELL = (WIDTH - _LEFT) / COLUMNS
_ROW, _LINE, _FOOT = 26, 16, 12
_LABEL, _SITE = 17, 46
"""Characters of a name that fit; the table has the whole of it."""
LOOKS: dict[str, dict[str, str]] = {
    "may": {"fill": "#b4500f", "fill-opacity": "0.3", "stroke": "#b4500f"},
    "no": {"fill": "#1f75b8", "fill-opacity": "0.3", "stroke": "#1f75b8"},
    "weak": {
        "fill": "#1f75b8",
        "fill-opacity": "0.1",
        "stroke": "#1f75b8",
        "stroke-dasharray": "5 3",
    },
    "unknown": {
        "fill": "#767676",
        "fill-opacity": "0.1",
        "stroke": "#767676",
        "stroke-dasharray": "1 3",
    },
    "row": {"font-size": "11"},
    "site": {"font-size": "11"},
    "number": {"font-size": "11", "font-weight": "700"},
    "word": {"font-size": "10", "font-weight": "700"},
    "strength": {"font-size": "8.5"},
}
"""The layers from back to front; borders have 3:1 on white and #111, words the page's colour."""
_KINDS: dict[str, Kind] = {
    "may": "bar",
    "no": "bar",
    "weak": "bar",
    "unknown": "bar",
    "number": "words-middle",
    "word": "words-middle",
    "strength": "words-middle",
}
_WEAK = ("told", "asked")


def said(phrases: Mapping[str, str]) -> Say:
    """The words of the house (``faces/phrases/LANG.toml``): MAY, NO, and ``?`` for not known."""

    def say(answer: Answer, strength: Strength | None) -> tuple[str, str]:
        if answer == "unknown":
            return "?", ""
        if answer == "allowed":
            return phrases["may"], ""
        return phrases["no"], phrases[f"strength_{strength}"] if strength else ""

    return say


def heat(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[str, str], Cell],
    say: Say,
    name: str,
) -> str:
    """The picture as SVG; empty without rows or columns. ``cells``: (row, column) -> answer.

    A pair that is missing was not asked: its place stays empty. ``name`` is what a screen reader
    says. Raises MissingExtra without Altair.
    """
    if not rows or not columns:
        return ""
    marks: Marks = {layer: [] for layer in LOOKS}
    y = 0
    for first in range(0, len(columns), COLUMNS):
        y = _block(marks, rows, columns[first : first + COLUMNS], first + 1, cells, say, y)
    height = y - _FOOT
    return inline(drawn(marks, _KINDS, WIDTH, height), name, LOOKS, WIDTH, height)


def _block(
    marks: Marks,
    rows: Sequence[str],
    columns: Sequence[str],
    first: int,
    cells: Mapping[tuple[str, str], Cell],
    say: Say,
    y: int,
) -> int:
    """Some sites with all rows; answers where the next block begins."""
    for number, column in enumerate(columns, first):
        text = f"{number}  {_cut(column, _SITE)}"
        marks["site"].append({"x": 0, "y": y + _LINE / 2, "text": text})
        y += _LINE
    for place in range(len(columns)):
        middle = _LEFT + (place + 0.5) * _CELL
        marks["number"].append({"x": middle, "y": y + _LINE / 2, "text": str(first + place)})
    y += _LINE
    for row in rows:
        marks["row"].append({"x": 0, "y": y + _ROW / 2, "text": _cut(row, _LABEL)})
        for place, column in enumerate(columns):
            found = cells.get((row, column))
            if found:
                _cell(marks, found, say, _LEFT + place * _CELL, y)
        y += _ROW
    return y + _FOOT


def _cell(marks: Marks, found: Cell, say: Say, x: float, y: float) -> None:
    answer, strength = found
    layer = "may" if answer == "allowed" else "unknown" if answer == "unknown" else "no"
    if layer == "no" and strength in _WEAK:
        layer = "weak"
    marks[layer].append({"x": x + 1.5, "y": y + 1.5, "x2": x + _CELL - 1.5, "y2": y + _ROW - 1.5})
    word, below = say(answer, strength)
    middle = x + _CELL / 2
    marks["word"].append({"x": middle, "y": y + (9 if below else _ROW / 2), "text": word})
    if below:
        marks["strength"].append({"x": middle, "y": y + 18.5, "text": below})


def _cut(text: str, most: int) -> str:
    text = printable(text)
    return text if len(text) <= most else f"{text[: most - 1]}\N{HORIZONTAL ELLIPSIS}"
