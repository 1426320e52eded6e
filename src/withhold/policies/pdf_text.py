"""The text of a PDF by pypdf (BSD; extra ``[policies]``), which is told its limits."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from unicodedata import normalize

from withhold.errors import MissingExtra
from withhold.pdf_limits import Limits, Spent, limited, reader_of

if TYPE_CHECKING:
    from pypdf import PageObject

PAGES = 300
"""Pages that are read, at most."""
LONGEST_FILE = 50_000_000
_LIMITS = Limits(stream=4 * 1024 * 1024, unpacked=4 * 1024 * 1024, reads=500_000)
"""A stream is one page's drawing: text of a page is a hundredth of it."""
_LONGEST_TEXT = 5_000_000
_BROKEN_WORD = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad]\n(?=[a-zà-ÿ])")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
"""Signs of a typesetter: ``ﬁne-tune`` is the word that everybody reads."""
_DIGITS = re.compile(r"\d+")


def text_of_pdf(data: bytes) -> tuple[str, tuple[str, ...]]:
    """(its text, notes). Notes: ``damaged``, ``encrypted``, ``pages-unread``, ``cut``.

    Raises MissingExtra without pypdf, and nothing for what stands in the file.
    """
    try:
        import pypdf  # noqa: F401
    except ImportError as why:
        raise MissingExtra(
            "reading a PDF needs an extra", 'pip install "withhold[policies]"'
        ) from why
    if len(data) > LONGEST_FILE:
        return "", ("cut",)
    try:
        with limited(_LIMITS):
            return _read(data)
    except (Spent, Exception):  # readers of PDF raise whatever they like on a damaged file
        return "", ("damaged",)


def _read(data: bytes) -> tuple[str, tuple[str, ...]]:
    reader = reader_of(data, _LIMITS)
    if reader.is_encrypted and not reader.decrypt(""):
        return "", ("encrypted",)
    pages: list[str] = []
    notes: list[str] = []
    length = 0
    for number, page in enumerate(reader.pages):
        if number >= PAGES or length > _LONGEST_TEXT:
            notes.append("cut")
            break
        text = _page(page)
        if text is None:
            notes.append("pages-unread")
            continue
        pages.append(text)
        length += len(text)
    if not any(map(str.strip, pages)) and not notes and len(reader.pages):
        notes.append("pages-unread")  # pictures of text
    joined = normalize("NFC", "\n".join(_without_margins(pages)).translate(_LIGATURES))
    return _BROKEN_WORD.sub("", joined), tuple(dict.fromkeys(notes))


def _page(page: PageObject) -> str | None:
    try:
        return page.extract_text()
    except Exception:  # one page that cannot be read is no reason to leave the others
        return None


def _without_margins(pages: list[str]) -> list[str]:
    """Pages without the lines that stand on top or at the end of most: names and numbers."""
    lines = [page.strip().split("\n") for page in pages]
    if len(pages) < 3:
        return pages
    seen = Counter(
        _DIGITS.sub("0", line.strip())
        for page in lines
        for line in {page[0], page[-1]}
        if len(line) < 100
    )
    often = {line for line, count in seen.items() if line and count > len(pages) / 2}
    for page in lines:
        for at in (-1, 0):
            if page and _DIGITS.sub("0", page[at].strip()) in often:
                del page[at]
    return ["\n".join(page) for page in lines]
