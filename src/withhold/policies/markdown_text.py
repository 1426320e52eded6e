"""Markdown, as archives of policies write it, to passages. One pass over the lines."""

from __future__ import annotations

import re

from withhold.policies.inline_text import Words, words_of
from withhold.policies.outline import (
    BOLD_LEVEL,
    DEEPEST,
    LONGEST_BLOCK,
    Outline,
    stands_for_heading,
)
from withhold.policies.table_rows import header_of, markdown_cells, row_parts

_ITEM = re.compile(r"([ \t]*)([*+-]|\d{1,9}[.)])(?:[ \t]+|$)")
_ATX = re.compile(r"[ \t]*(#{1,6})(?:[ \t]+|$)")
_SETEXT = re.compile(r"(?:(=+)|-+)$")
_ADDRESS = re.compile(r"\]\([^()\s]{0,2000}\)")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")
_QUOTES = re.compile(r"(?: {0,3}>[ \t]?)+")
_HASHES = re.compile(r"(#{1,6})[ \t]+")
_DIVIDES = frozenset("|:- \t")


class _Walk:
    """State of the pass: the lines of the block that is open, and where they stand."""

    def __init__(self, source: str, outline: Outline) -> None:
        self.source, self.outline = source, outline
        self.hidden: list[str] = []
        self.lines: list[tuple[int, int]] = []
        self.kind = ""
        self.depth = 0
        self.indents: list[int] = []
        self.header: list[str] = []
        self.in_table = False
        self.rows = 0

    def run(self) -> None:
        at, source = 0, self.source
        for line in source.split("\n"):
            end = at + len(line)
            self._line(line, at, end)
            at = end + 1
        self._flush()

    def _line(self, line: str, start: int, end: int) -> None:
        bare = line.strip()
        if not bare:
            self._flush()
            self.in_table = False
            return
        end -= len(line) - len(line.rstrip())
        first = bare[0]
        if first == ">" and (quote := _QUOTES.match(line)):
            line, start = line[quote.end() :], start + quote.end()
            bare = line.strip()
            if not bare:
                self._flush()
                return
            first = bare[0]
        if (first == "|" or self.in_table) and self._table(line, bare, start, end):
            return
        if first in "=-" and self.lines and (self.kind == "paragraph" or line[0] in " \t"):
            under = _SETEXT.match(bare)
            if under:
                self._flush(heading=1 if under[1] else 2)
                return
        if first in "*-_" and _is_rule(bare):
            self._flush()
            return
        if first == "#" and (atx := _ATX.match(line)):
            self._flush()
            self._begin("paragraph", start + atx.end(), end)
            self._flush(heading=len(atx[1]))
            return
        if first in "`~" and _FENCE.match(line):
            self._flush()
            return
        item = _ITEM.match(line) if first in "*+-0123456789" else None
        if item:
            self._flush()
            self.hidden.append(item[2])
            indent, begin = len(item[1].expandtabs(4)), item.end()
            while item := _ITEM.match(line, begin):
                begin = item.end()
            self._open_item(indent)
            hashes = _HASHES.match(line, begin)
            self._begin("item", start + (hashes.end() if hashes else begin), end)
            if hashes:  # an item with a heading is a section
                self._flush(heading=len(hashes[1]))
            return
        if self.lines:
            self.lines.append((start, end))
            return
        self._within(line)
        begin = start + len(line) - len(line.lstrip())
        self._begin("more" if self.indents else "paragraph", begin, end)

    def _within(self, line: str) -> None:
        """Leaves the items that a line does not belong to: it stands no deeper than they."""
        if line[0] not in " \t":
            self.indents.clear()
        elif self.indents:
            indent = len(line[: len(line) - len(line.lstrip())].expandtabs(4))
            while self.indents and self.indents[-1] >= indent:
                self.indents.pop()
            self.depth = len(self.indents) - 1

    def _begin(self, kind: str, start: int, end: int) -> None:
        self.kind = kind
        self.lines.append((start, end))

    def _open_item(self, indent: int) -> None:
        while self.indents and indent < self.indents[-1]:
            self.indents.pop()
        if not self.indents or (indent > self.indents[-1] + 1 and len(self.indents) < DEEPEST):
            self.indents.append(indent)
        self.depth = len(self.indents) - 1

    def _table(self, line: str, bare: str, start: int, end: int) -> bool:
        """Whether the line belongs to a table, which was then dealt with."""
        if not self.in_table:
            self._flush()
            self.in_table, self.header, self.rows = True, [], 0
        if not bare.startswith("|") or len(line) > LONGEST_BLOCK:
            self.in_table = False
            return False
        if _divides(bare):
            return True
        # the header is the row before the divider: one line is looked ahead
        cells = markdown_cells(bare)
        self.hidden += [words.hidden for parts in cells for words in parts]
        self.rows += 1
        labels: list[str] = []
        if self.rows > 1:
            labels = self.header
        elif _divides(self._line_after(end)):
            self.header = header_of(cells)
        begin = start + line.index("|")
        for part in row_parts(cells, labels):
            self.outline.row(part.text, begin, end, part.links, part.beside)
        return True

    def _line_after(self, end: int) -> str:
        """The line behind the one whose words end there; spaces may stand between (CRLF)."""
        begin = self.source.find("\n", end) + 1
        stop = self.source.find("\n", begin)
        return self.source[begin : stop if stop >= 0 else None] if begin else ""

    def _flush(self, heading: int = 0) -> None:
        if not self.lines:
            return
        start, end = self.lines[0][0], self.lines[-1][1]
        # lines of a quote leave their mark out, so they are put together one by one
        raw = (
            self.source[start:end]
            if len(self.lines) == 1
            else "\n".join(self.source[a:b] for a, b in self.lines)
        )
        self.lines.clear()
        if len(raw) > LONGEST_BLOCK:
            self._pieces(start, end)
            return
        self._block(raw, start, end, heading)

    def _pieces(self, start: int, end: int) -> None:
        kind = self.kind
        while start < end:
            stop = min(start + LONGEST_BLOCK, end)
            if stop < end:
                space = self.source.rfind(" ", start + 1, stop)
                stop = space if space > 0 else stop
            self.kind = kind
            self._block(self.source[start:stop], start, stop, 0)
            start = stop

    def _block(self, raw: str, start: int, end: int, heading: int) -> None:
        words = words_of(raw)
        self.hidden.append(words.hidden)
        if words.closes:
            self.outline.closes(words.closes)
        if heading:
            self.indents.clear()
            self.outline.heading(words.text, heading, start, end, words.links)
        elif self.kind == "item":
            self.outline.item(words.text, self.depth, start, end, words.links)
        elif self.kind == "more":
            self.outline.more(words.text, self.depth, start, end, words.links)
        elif is_bold_heading(raw, words):
            self.outline.heading(words.text, BOLD_LEVEL, start, end, words.links)
        else:
            self.outline.paragraph(words.text, start, end, words.links)


def _is_rule(bare: str) -> bool:
    return bare.count(bare[0]) > 2 and not bare.strip(f"{bare[0]} \t")


def _divides(line: str) -> bool:
    """Whether it is the line of dashes below the header of a table."""
    return "-" in line and _DIVIDES.issuperset(line)


def is_bold_heading(raw: str, words: Words) -> bool:
    """Whether a block that is all in bold stands for a heading."""
    if "**" not in raw[:4] or not stands_for_heading(words.text):
        return False
    plain = _ADDRESS.sub("]", raw).split("**")[::2]
    return not any(map(str.isalnum, "".join(plain)))


def read_markdown(source: str, outline: Outline) -> str:
    """Puts the passages into the outline; answers what a reader of the text does not see."""
    walk = _Walk(source, outline)
    walk.run()
    return "".join(walk.hidden)
