"""The tags and texts of a page, one after the other.

A scanner, because a tree cannot be had in linear time: tags inside tags take selectolax
the square of their number (``bench/scanners.py``). It knows comments, quotes and raw text (WHATWG
HTML 13.2.5) and where an element ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from withhold.html_references import unescaped

_SPACE = "\t\n\f\r "
_VALUE = rf"(?>\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|(?=>)|[^{_SPACE}>\"'][^{_SPACE}>]*+|\Z)"
_ATTRIBUTE = rf"[^{_SPACE}/>][^{_SPACE}/>=]*+(?>[{_SPACE}]*+=[{_SPACE}]*+{_VALUE})?+"
_TAG = re.compile(rf"<(/?+)([A-Za-z][^{_SPACE}/>]*+)((?>[{_SPACE}/]++|{_ATTRIBUTE})*+)>")
_OPENING = re.compile(r"<(?=[A-Za-z!?]|/.)", re.DOTALL)
_BEGUN = re.compile(r"</?[A-Za-z]")
_ONE = re.compile(
    rf"([^{_SPACE}/>][^{_SPACE}/>=]*+)(?>[{_SPACE}]*+=[{_SPACE}]*+({_VALUE}))?+",
)
_COMMENT_END = re.compile(r"--!?>")
_RAW = frozenset(("script", "style", "title", "textarea", "noframes", "xmp", "iframe", "noembed"))
_TIRED = 20
"""How often the end of an element is looked for in vain, by name, before it is taken as it is."""


class Tag(Struct, frozen=True, gc=False):
    """A tag: its name in lower case, whether it ends something, its attributes as written, where it
    stands and, of raw text (``title``), what it holds."""

    name: str
    ends: bool
    inside: str
    at: int
    after: int
    raw: str = ""

    def attributes(self) -> dict[str, str]:
        """Attributes with lower-case names; of one that stands twice the first counts."""
        found: dict[str, str] = {}
        for one in _ONE.finditer(self.inside):
            value = one[2] or ""
            if value[:1] in ("'", '"'):
                value = value[1:].removesuffix(value[0])
            found.setdefault(one[1].lower(), unescaped(value))
        return found


class Scanner:
    """Goes through a page; ``skip`` jumps over what the reader of a tag does not want."""

    def __init__(self, page: str) -> None:
        self.page = page
        self._at = 0
        self._vain: dict[str, int] = {}

    def __iter__(self) -> Iterator[Tag | str]:
        """Texts with their references replaced, and tags. What the end of the page cuts is none."""
        page = self.page
        while True:
            opening = _OPENING.search(page, self._at)
            stop = opening.start() if opening else len(page)
            if stop > self._at:
                text = page[self._at : stop]
                self._at = stop
                yield unescaped(text)
            if opening is None:
                return
            found = _TAG.match(page, stop)
            if found is None:
                # a tag that never ends takes all the rest with it, as in a browser
                if _BEGUN.match(page, stop) or not self._other(stop):
                    return
                continue
            self._at = found.end()
            name = found[2].lower()
            raw = ""
            if name in _RAW and not found[1]:
                end = _ends(name).search(page, self._at)
                raw = page[self._at : end.start() if end else len(page)]
                self._at = end.start() if end else len(page)
            yield Tag(name, bool(found[1]), found[3], stop, self._at, raw)

    def skip(self, tag: Tag) -> str | None:
        """Jumps behind the element's end and answers what it holds; None where it never ends."""
        end = self.end_of(tag)
        if end < 0:
            return None
        self._at = end
        return self.page[tag.after : end]

    def end_of(self, tag: Tag) -> int:
        """Where the element that a tag begins has its end tag; -1 where it never ends."""
        if self._vain.get(tag.name, 0) >= _TIRED:
            return -1
        open_ones = 1
        for found in _both(tag.name).finditer(self.page, tag.after):
            open_ones += -1 if found[1] else 1
            if not open_ones:
                return found.start()
        self._vain[tag.name] = self._vain.get(tag.name, 0) + 1
        return -1

    def _other(self, start: int) -> bool:
        """Behind a comment or declaration; False where it reaches the end of the page."""
        comment = self.page.startswith("<!--", start)
        if comment and not self.page.startswith((">", "->"), start + 4):  # these end it at once
            found = _COMMENT_END.search(self.page, start + 4)
            self._at = found.end() if found else len(self.page)
            return found is not None
        self._at = self.page.find(">", start) + 1
        return self._at > 0


@lru_cache(maxsize=64)
def _ends(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE)


@lru_cache(maxsize=64)
def _both(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?+){re.escape(name)}(?=[{_SPACE}/>])", re.IGNORECASE)


def text_within(part: str) -> str:
    """The text of a piece of a page, without tags and what scripts hold."""
    return " ".join(one for one in Scanner(part) if isinstance(one, str))
