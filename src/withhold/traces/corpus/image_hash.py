"""Images that look the same: PDQ (Facebook, "The TMK+PDQF Video-Hashing Algorithm and the PDQ
Image-Hashing Algorithm", 2019), 256 bits; also scaled or compressed anew, not turned or cropped."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable

from withhold.errors import MissingExtra

BITS = 31
"""Bits of 256 in which two hashes may differ, as its authors advise."""
QUALITY = 50
"""Of 100: what has less structure is not compared, as its authors advise."""
_PIXELS = 50_000_000
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")


def image_hash(octets: bytes) -> tuple[str, int]:
    """(64 hex digits, quality from 0 to 100); ``("", 0)`` for what is no image that can be read.

    MissingExtra without pdqhash and Pillow.
    """
    try:
        import numpy
        import pdqhash
        from PIL import Image, ImageFile
    except ImportError as why:
        raise MissingExtra(
            "comparing images needs an extra", 'pip install "withhold[pictures]"'
        ) from why
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:  # another library of this process may have asked for half images (WeasyPrint does)
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(octets), formats=_FORMATS)
        with image:
            if image.width * image.height > _PIXELS:
                return "", 0
            image.draft("RGB", (1024, 1024))  # JPEG is read smaller, which the hash does anyway
            pixels = numpy.asarray(image.convert("RGB"))
    except Exception:  # a broken or hostile file raises whatever its format's reader raises
        return "", 0
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    bits, quality = pdqhash.compute(pixels)
    return f"{int(''.join(map(str, bits.astype(int))), 2):064x}", int(quality)


class Images:
    """Hashes that are looked for."""

    def __init__(self, hashes: Iterable[tuple[int, str]]) -> None:
        self._hashes = [(number, int(one, 16)) for number, one in hashes]

    def __bool__(self) -> bool:
        return bool(self._hashes)

    def like(self, octets: bytes) -> dict[int, float]:
        """Which look like this image: 1 - differing bits / 256."""
        one, quality = image_hash(octets)
        if not one or quality < QUALITY:
            return {}
        mine = int(one, 16)
        found = {number: (mine ^ other).bit_count() for number, other in self._hashes}
        return {number: 1 - bits / 256 for number, bits in found.items() if bits <= BITS}
