"""Plain text, and the lines of a PDF, to passages: lines that were broken for width are joined."""

from __future__ import annotations

import re

from withhold.policies.outline import LONGEST_BLOCK, Outline

_BULLET = re.compile(r"[ \t]*(?:[•·▪◦‣●○■*–-]|\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)])[ \t]+")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|[A-Z]\.|§ ?\d{1,3})[ \t]+\S")
_UNDERLINE = re.compile(r"[ \t]*(?:(={3,})|-{3,})[ \t]*$")
_ENDS = (".", "!", "?", "…", ":", ";", ".”", '."', ".)")
WIDE = 45
"""Characters from which a line may have been broken for width."""
LONGEST_HEADING = 90


class _Walk:
    """State of the pass: the block that is open, and where it stands."""

    def __init__(self, source: str, outline: Outline) -> None:
        self.source, self.outline = source, outline
        self.start = self.end = -1
        self.last = ""
        self.item = False

    def run(self) -> None:
        at = 0
        for line in self.source.split("\n"):
            self._line(line, at)
            at += len(line) + 1
        self._flush()

    def _line(self, line: str, at: int) -> None:
        bare = line.strip()
        if not bare:
            self._flush()
            return
        under = _UNDERLINE.match(line)
        if under:
            self._flush(level=1 if under[1] else 2)
            return
        start, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        bullet = _BULLET.match(line)
        if bullet or not self._goes_on(bare):
            self._flush()
        if self.start < 0:
            self.start = at + bullet.end() if bullet else start
            self.item = bullet is not None and not _looks_like_heading(bare)
            if not self.item:
                self.start = start
        self.end, self.last = end, bare

    def _goes_on(self, bare: str) -> bool:
        """Whether a line goes on with the sentence of the one before."""
        if self.start < 0 or self.end - self.start > LONGEST_BLOCK:
            return False
        if bare[0].islower():
            return not self.last.endswith((".", "!", "?"))
        if _looks_like_heading(self.last) or _NUMBERED.match(bare):
            return False
        return len(self.last) >= WIDE

    def _flush(self, level: int = 0) -> None:
        if self.start < 0:
            return
        start, end, self.start = self.start, self.end, -1
        while start < end:
            stop = min(end, start + LONGEST_BLOCK)
            if stop < end:
                space = self.source.rfind(" ", start + 1, stop)
                stop = space if space > 0 else stop
            self._block(start, stop, level)
            start = stop

    def _block(self, start: int, end: int, level: int) -> None:
        text = " ".join(self.source[start:end].split())
        if level or (not self.item and _looks_like_heading(text)):
            self.outline.heading(text, level or _level(text), start, end)
        elif self.item:
            self.outline.item(text, 0, start, end)
        else:
            self.outline.paragraph(text, start, end)


def _looks_like_heading(line: str) -> bool:
    """A short line in capitals, or with a number in front, that is no sentence."""
    if len(line) > LONGEST_HEADING or line.endswith(_ENDS) or line.endswith(","):
        return False
    return (line.isupper() and len(line) > 3) or bool(_NUMBERED.match(line))


def _level(text: str) -> int:
    number = text.split()[0].rstrip(".")
    return 2 + min(4, number.count(".")) if number[:1].isdigit() else 2


def read_plain(source: str, outline: Outline) -> None:
    """Puts the passages into the outline."""
    _Walk(source, outline).run()
