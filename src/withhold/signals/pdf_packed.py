"""The metadata stream of a PDF's catalog by pypdf, where the way to it is packed or encrypted.

pypdf (BSD; extra ``[documents]``) is imported late and told its limits; whatever it raises on a
damaged file is a note. A document that opens without a password is opened; of one that needs one
nothing is known.
"""

from __future__ import annotations

import io
import logging
import warnings
from typing import Literal, NamedTuple

from withhold.signals import pdf_plain
from withhold.signals.embedded import METADATA_LIMIT

_STREAM = 2 * 1024 * 1024
"""Bytes of any one stream on the way, as it stands in the file."""
_UNPACKED = 8 * 1024 * 1024
"""Bytes that it may unpack to."""
_ENTRIES = 500_000
"""Objects that packed cross-reference tables may list."""
_READS, _BYTES = 2_000_000, 512 * 1024 * 1024
"""How often and how much of the file pypdf may read: its loops have no end of their own."""
_SILENT = logging.CRITICAL + 1


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


class Found(NamedTuple):
    """``yes``: the packet; ``none``: the catalog names no metadata; else why it is not known."""

    is_there: Literal["yes", "none", "too-big", "encrypted", "damaged", "not-read"]
    packet: bytes = b""


def find(data: bytes) -> Found:
    """The metadata stream of the document's catalog, unpacked. Any bytes will do."""
    try:
        import pypdf
    except ImportError:
        return Found("not-read")
    quiet = logging.getLogger("pypdf")
    before = quiet.level
    quiet.setLevel(_SILENT)
    try:
        with (
            warnings.catch_warnings(),
            pypdf.apply_configuration(
                maximum_declared_stream_length=_STREAM,
                zlib_maximum_output_length=_UNPACKED,
                zlib_maximum_recovery_input_length=10_000,
                lzw_maximum_output_length=_UNPACKED,
                run_length_maximum_output_length=_UNPACKED,
                brotli_maximum_output_length=_UNPACKED,
                stream_decoding_work_maximum_length=2 * _UNPACKED,
                stream_filters_maximum_length=4,
            ),
        ):
            warnings.simplefilter("ignore")
            return _metadata(data)
    except pypdf.errors.FileNotDecryptedError:
        return Found("encrypted")
    except pypdf.errors.DependencyError:  # pypdf is there, what it decrypts with is not
        return Found("not-read")
    except (_Spent, pypdf.errors.LimitReachedError):
        return Found("too-big")
    except Exception:  # readers of PDF raise whatever they like on a damaged file
        return Found("damaged")
    finally:
        quiet.setLevel(before)


def _metadata(data: bytes) -> Found:
    from pypdf import PdfReader
    from pypdf.generic import IndirectObject, NullObject, StreamObject

    reader = PdfReader(_Bounded(data), xref_stream_maximum_entries=_ENTRIES)
    if reader.is_encrypted and not reader.decrypt(""):
        return Found("encrypted")
    root = reader.root_object
    if "/Metadata" not in root:
        return Found("none")
    ref = root.raw_get("/Metadata")
    if reader.is_encrypted and isinstance(ref, IndirectObject):
        # pypdf decrypts it also where EncryptMetadata says that it was left in the clear
        at = reader.xref.get(ref.generation, {}).get(ref.idnum, -1)
        packet = pdf_plain.in_the_clear(data, at, ref.idnum, ref.generation) if at >= 0 else b""
        if packet:
            return Found("yes", packet)
    stream = root["/Metadata"]
    if isinstance(stream, NullObject):
        return Found("none")
    if not isinstance(stream, StreamObject):
        return Found("damaged")
    packet = stream.get_data()
    return Found("too-big") if len(packet) > METADATA_LIMIT else Found("yes", packet)
