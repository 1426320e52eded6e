"""The metadata stream of a PDF's catalog by pypdf, where the way to it is packed or encrypted.

pypdf (BSD; extra ``[documents]``) is imported late and told its limits; whatever it raises on a
damaged file is a note. A document that opens without a password is opened; of one that needs one
nothing is known.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from withhold.pdf_limits import Limits, Spent, limited, reader_of
from withhold.signals import pdf_plain
from withhold.signals.embedded import METADATA_LIMIT

_LIMITS = Limits(stream=2 * 1024 * 1024, unpacked=8 * 1024 * 1024, reads=2_000_000)


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
    try:
        with limited(_LIMITS):
            return _metadata(data)
    except pypdf.errors.FileNotDecryptedError:
        return Found("encrypted")
    except pypdf.errors.DependencyError:  # pypdf is there, what it decrypts with is not
        return Found("not-read")
    except (Spent, pypdf.errors.LimitReachedError):
        return Found("too-big")
    except Exception:  # readers of PDF raise whatever they like on a damaged file
        return Found("damaged")


def _metadata(data: bytes) -> Found:
    from pypdf.generic import IndirectObject, NullObject, StreamObject

    reader = reader_of(data, _LIMITS)
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
