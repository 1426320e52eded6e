"""Writing ``plus:DataMining`` into an image, in place, with nothing else of it changed.

The metadata is written by exiv2 (GPL-3; extra ``[images]`` only, imported late), in memory. Before
a byte goes to the disk Pillow has decoded the image as it was and as it would be, and the pixels,
the colour profile and every other field were compared: what differs is not written. Writing itself
is ``undo.change``: registered first, each file whole or not at all, with its mode.

An image that cannot be treated so is refused in one line (``BadInput``): an animation, several
pictures in one file, a damaged or an unknown file, one with a C2PA signature that any change would
break, and XMP that exiv2 might lose.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from pathlib import Path
from typing import Any

from msgspec import Struct

from withhold.errors import BadInput, MissingExtra
from withhold.signals import xmp, xmp_packets

ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
_KEY = "Xmp.plus.DataMining"
_LOST = frozenset(
    [
        "broken-xml",
        "dtd-refused",
        "too-deep",
        "extended-xmp",
        "several-packets",
        "packet-too-big",
        "checksum-wrong",
        "too-many-parts",
    ]
)
_REWRITTEN = (b"Exif\0", b"http://ns.adobe.com/xap/1.0/\0")
_OF_XMP = ("xmp", "XML:com.adobe.xmp", "exif", "Raw profile type exif")


class Prepared(Struct, frozen=True, kw_only=True):
    """An image as it would be written: ``data`` is None where it says the wish already."""

    path: Path
    before: str
    after: str
    was: bytes
    data: bytes | None


def prepare(path: Path, wish: xmp.ImageWish) -> Prepared:
    """The image with the wish in it, proven; writes nothing. BadInput says why it cannot be."""
    if path.is_symlink():
        raise _refused(path, "is a link", "name the file it leads to")
    try:
        with path.open("rb") as stream:
            data = stream.read(xmp_packets.LIMIT + 1)
    except OSError as why:
        raise _refused(path, f"cannot be read ({why.strerror})", "look at its rights") from why
    if len(data) > xmp_packets.LIMIT:
        raise _refused(path, "is larger than 64 MiB", "mark a smaller copy")
    mark = xmp.read(data)
    if mark.format == "unknown":
        raise _refused(path, "is no JPEG, PNG or WebP", "only these are written")
    if mark.c2pa:
        raise _refused(
            path,
            "carries a C2PA signature, which any change would break",
            "say it in the tool that signs your images",
        )
    if lost := [one for one in mark.notes if one in _LOST]:
        raise _refused(
            path, f"has metadata that might be lost ({lost[0]})", "repair it with its own tool"
        )
    before = ", ".join(one.value for one in mark.data_mining)
    if xmp.says_already(mark, wish):
        return Prepared(path=path, before=before, after=before, was=data, data=None)
    value = xmp.value_for(wish)
    looks = _looks(path, data)
    kept, written = _written(path, data, value)
    again = xmp.read(written)
    if [one.value for one in again.data_mining] != [value] or again.tdm != mark.tdm:
        raise _refused(path, "does not hold the mark when it is read back", "it stays as it was")
    if _looks(path, written) != looks or _written(path, written, value)[0] != kept:
        raise _refused(path, "would change in more than the mark", "it stays as it was")
    return Prepared(path=path, before=before, after=value, was=data, data=written)


def needs() -> None:
    """MissingExtra where what writing needs is not installed."""
    try:
        import exiv2  # noqa: F401
        import PIL  # noqa: F401
    except ImportError as why:
        raise MissingExtra(
            "marking images needs exiv2 and Pillow", "pip install 'withhold[images]'"
        ) from why


def _refused(path: Path, why: str, tip: str) -> BadInput:
    return BadInput(f"{path}: {why}", tip)


def _looks(path: Path, data: bytes) -> tuple[Any, ...]:
    """All that Pillow sees of an image but its XMP and Exif: pixels, size, mode, profile, texts."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a picture that Pillow warns of is none to change
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
                if getattr(image, "n_frames", 1) > 1 or getattr(image, "is_animated", False):
                    raise _refused(path, "moves or holds several pictures", "mark single pictures")
                image.load()
                said = {name: one for name, one in image.info.items() if name not in _OF_XMP}
                said.pop("comment", None)  # among the segments, of which there may be several
                segments = sorted(
                    (name, body.rstrip(b"\0") if name == "COM" else body)  # exiv2 ends it so
                    for name, body in getattr(image, "applist", ())
                    if not (name == "APP1" and body.startswith(_REWRITTEN)) and name != "APP13"
                )
                pixels = hashlib.sha256(image.tobytes()).hexdigest()
                return (
                    *(image.format, image.mode, image.size, image.getpalette()),
                    *(pixels, said, segments),
                )
    except BadInput:
        raise
    except Exception as why:  # decoders raise whatever they like on a damaged file
        raise _refused(path, "is damaged: it cannot be decoded", "it stays as it was") from why


def _written(path: Path, data: bytes, value: str) -> tuple[list[tuple[str, str]], bytes]:
    """Every other field of the image's metadata, and its bytes with the mark."""
    import exiv2

    exiv2.LogMsg.setLevel(exiv2.LogMsg.Level.mute)
    try:
        image = exiv2.ImageFactory.open(data)
        image.readMetadata()
        xmp_data = image.xmpData()
        kept = [
            (one.key(), one.toString())
            for fields in (image.exifData(), image.iptcData(), xmp_data)
            for one in fields
            if one.key() != _KEY
        ]
        xmp_data[_KEY] = value
        image.writeMetadata()
        memory = image.io()
        memory.open()
        try:
            return kept, bytes(memory.mmap())
        finally:
            memory.munmap()
            memory.close()
    except (exiv2.Exiv2Error, ValueError, UnicodeDecodeError) as why:
        raise _refused(path, "has metadata that exiv2 cannot write", "it stays as it was") from why
