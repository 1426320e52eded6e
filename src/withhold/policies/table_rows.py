"""A row of a table to passages: cells with the words of their header."""

from __future__ import annotations

import re

from msgspec import Struct

from withhold.policies.inline_text import Words, words_of

LONGEST_LABEL = 200
"""Characters of a first cell or header that is said beside the others; longer is a text itself."""
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"(?:<br\s{0,3}/?>\s*)+|(?<=\s)[•●▪]\s", re.I)
_BULLET = re.compile(r"\s*(?:[*+•-]|\d{1,2}[.)])\s+")
_ENDS = (".", "!", "?", ";", ":", ",")
Cells = list[list[Words]]
"""Of each cell its paragraphs and bullets."""


class Part(Struct, frozen=True):
    """What becomes a passage. ``beside``: the words of the row's first cell, of a part alone."""

    text: str
    links: tuple[tuple[str, str], ...] = ()
    beside: str = ""


def markdown_cells(row: str) -> Cells:
    """The cells of a line with bars."""
    inner = row.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [
        [_without_bullet(part) for part in _BREAK.split(cell) if part.strip()]
        for cell in _BAR.split(inner)
    ]


def _without_bullet(raw: str) -> Words:
    bullet = _BULLET.match(raw)
    return words_of(raw[bullet.end() :] if bullet else raw)


def header_of(cells: Cells) -> list[str]:
    """The labels of the columns; empty where a cell is too long to be one."""
    labels = (" ".join(one.text for one in parts) for parts in cells)
    return [one if len(one) <= LONGEST_LABEL else "" for one in labels]


def row_parts(cells: Cells, header: list[str]) -> list[Part]:
    """One part of a plain row; one a paragraph or bullet of a row whose cells hold several."""
    if all(len(parts) < 2 for parts in cells):
        return [_whole(cells, header)]
    found: list[Part] = []
    beside = ""
    for number, parts in enumerate(cells):
        found += [Part(words.text, words.links, beside) for words in parts]
        if number == 0 and len(parts) == 1 and len(parts[0].text) <= LONGEST_LABEL:
            beside = _labelled(header[0] if header else "", parts[0].text)
    return found


def _whole(cells: Cells, header: list[str]) -> Part:
    said: list[str] = []
    links: list[tuple[str, str]] = []
    for number, parts in enumerate(cells):
        for words in parts:
            if not words.text:
                continue
            links += words.links
            if said and not said[-1].endswith(_ENDS):
                said[-1] += ";"
            said.append(_labelled(header[number] if number < len(header) else "", words.text))
    return Part(" ".join(said), tuple(links))


def _labelled(label: str, text: str) -> str:
    if not label or label.casefold() == text.casefold():
        return text
    return f"{label}{' ' if label.endswith(_ENDS) else ': '}{text}"
