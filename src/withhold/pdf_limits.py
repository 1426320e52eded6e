"""pypdf under limits: how much of a PDF is read and unpacked, and nothing said on the way.

pypdf (BSD) is an extra and imported late; who reads asks first whether it is there. Its loops have
no end of their own where a file leads it in circles: what is counted here is how often and how much
it reads.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pypdf import PdfReader

_ENTRIES = 500_000
"""Objects that packed cross-reference tables may list."""
_RECOVERED = 10_000
"""Octets of a damaged stream that are tried one by one."""
_FILTERS = 4
"""Packings of one stream, one in the other."""
_SILENT = logging.CRITICAL + 1


class Limits(NamedTuple):
    """Of one reading of one file, in octets and in calls."""

    stream: int
    """Octets of any one stream, as it stands in the file."""
    unpacked: int
    """Octets that it may unpack to."""
    reads: int
    """How often the file may be read."""
    octets: int = 512 * 1024 * 1024
    """How much may be read of it, all times together."""


class Spent(BaseException):
    """The file made pypdf read too much; no ``Exception``, which pypdf would catch and go on."""


class _Bounded(io.BytesIO):
    """A file that can be read so often and so much, and then no more."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        super().__init__(data)
        self._limits = limits
        self._reads = 0
        self._octets = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self._reads += 1
        self._octets += len(found)
        if self._reads > self._limits.reads or self._octets > self._limits.octets:
            raise Spent
        return found


@contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Inside, pypdf unpacks no more than this, warns of nothing and writes no log.

    Raises ImportError without pypdf.
    """
    import pypdf

    quiet = logging.getLogger("pypdf")
    before = quiet.level
    quiet.setLevel(_SILENT)
    try:
        with (
            warnings.catch_warnings(),
            pypdf.apply_configuration(
                maximum_declared_stream_length=limits.stream,
                zlib_maximum_output_length=limits.unpacked,
                zlib_maximum_recovery_input_length=_RECOVERED,
                lzw_maximum_output_length=limits.unpacked,
                run_length_maximum_output_length=limits.unpacked,
                brotli_maximum_output_length=limits.unpacked,
                stream_decoding_work_maximum_length=2 * limits.unpacked,
                stream_filters_maximum_length=_FILTERS,
            ),
        ):
            warnings.simplefilter("ignore")
            yield
    finally:
        quiet.setLevel(before)


def reader_of(data: bytes, limits: Limits) -> PdfReader:
    """A reader that raises ``Spent`` when it reads too much, and else whatever pypdf raises."""
    from pypdf import PdfReader

    return PdfReader(_Bounded(data, limits), xref_stream_maximum_entries=_ENTRIES)
