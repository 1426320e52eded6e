"""The text of a PDF by pypdf (BSD; extra ``[policies]``), which is told its limits."""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections import Counter
from typing import TYPE_CHECKING

from withhold.errors import MissingExtra

if TYPE_CHECKING:
    from pypdf import PageObject

PAGES = 300
"""Pages that are read, at most."""
LONGEST_FILE = 50_000_000
_LONGEST_STREAM = 4 * 1024 * 1024
"""Bytes of one page's drawing, unpacked: text of a page is a hundredth of it."""
_LONGEST_TEXT = 5_000_000
_READS, _BYTES = 500_000, 512 * 1024 * 1024
_SILENT = logging.CRITICAL + 1
_BROKEN_WORD = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad]\n(?=[a-zà-ÿ])")
_DIGITS = re.compile(r"\d+")


class _Spent(BaseException):
    """The file made pypdf read too much; no ``Exception``, which pypdf would catch and go on."""


class _Bounded(io.BytesIO):
    """A file that can be read so often and so much, and then no more."""

    reads = 0
    read_bytes = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.reads += 1
        self.read_bytes += len(found)
        if self.reads > _READS or self.read_bytes > _BYTES:
            raise _Spent
        return found


def text_of_pdf(data: bytes) -> tuple[str, tuple[str, ...]]:
    """(its text, notes). Notes: ``damaged``, ``encrypted``, ``pages-unread``, ``cut``.

    Raises MissingExtra without pypdf, and nothing for what stands in the file.
    """
    try:
        import pypdf
    except ImportError as why:
        raise MissingExtra(
            "reading a PDF needs an extra", 'pip install "withhold[policies]"'
        ) from why
    if len(data) > LONGEST_FILE:
        return "", ("cut",)
    quiet = logging.getLogger("pypdf")
    before = quiet.level
    quiet.setLevel(_SILENT)
    try:
        with (
            warnings.catch_warnings(),
            pypdf.apply_configuration(
                maximum_declared_stream_length=_LONGEST_STREAM,
                zlib_maximum_output_length=_LONGEST_STREAM,
                zlib_maximum_recovery_input_length=10_000,
                lzw_maximum_output_length=_LONGEST_STREAM,
                run_length_maximum_output_length=_LONGEST_STREAM,
                brotli_maximum_output_length=_LONGEST_STREAM,
                stream_decoding_work_maximum_length=2 * _LONGEST_STREAM,
                stream_filters_maximum_length=4,
            ),
        ):
            warnings.simplefilter("ignore")
            return _read(data)
    except (_Spent, Exception):  # readers of PDF raise whatever they like on a damaged file
        return "", ("damaged",)
    finally:
        quiet.setLevel(before)


def _read(data: bytes) -> tuple[str, tuple[str, ...]]:
    from pypdf import PdfReader

    reader = PdfReader(_Bounded(data), xref_stream_maximum_entries=500_000)
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
    joined = "\n".join(_without_margins(pages))
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
