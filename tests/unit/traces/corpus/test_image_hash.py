"""Images that look the same: scaled and compressed anew, against other images."""

from __future__ import annotations

import io
import random
import struct
import sys
import zlib

import pytest
from PIL import Image, ImageDraw, ImageFile, ImageFilter

from withhold.errors import MissingExtra
from withhold.traces.corpus import needles
from withhold.traces.corpus.found import Needle, Refused
from withhold.traces.corpus.image_hash import Images, image_hash


def picture(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """Forms in many colours, the same for one seed."""
    chance = random.Random(seed)  # noqa: S311 - the same pictures in every run
    image = Image.new("RGB", size, tuple(chance.choices(range(256), k=3)))
    draw = ImageDraw.Draw(image)
    for _ in range(60):
        left, top = chance.randrange(size[0]), chance.randrange(size[1])
        box = (left, top, left + chance.randrange(20, 200), top + chance.randrange(20, 200))
        form = chance.choice((draw.ellipse, draw.rectangle))
        form(box, fill=tuple(chance.choices(range(256), k=3)))
    return image.filter(ImageFilter.GaussianBlur(1))


def octets(image: Image.Image, form: str = "PNG", **how: int) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **how)
    return file.getvalue()


ORIGINAL = picture(1)
LIKE = {
    "the same": octets(ORIGINAL),
    "jpeg": octets(ORIGINAL, "JPEG", quality=60),
    "half": octets(ORIGINAL.resize((320, 240))),
    "double, jpeg": octets(ORIGINAL.resize((1280, 960)), "JPEG", quality=60),
    "webp": octets(ORIGINAL, "WEBP", quality=50),
    "grey": octets(ORIGINAL.convert("L")),
    "with transparency": octets(ORIGINAL.convert("RGBA")),
}


def looked_for() -> Images:
    return Images([(3, image_hash(octets(ORIGINAL))[0])])


@pytest.mark.parametrize("how", LIKE)
def test_the_same_picture_in_another_file_is_like_it(how: str) -> None:
    found = looked_for().like(LIKE[how])
    assert set(found) == {3}
    assert found[3] >= 1 - 31 / 256


def test_other_pictures_are_not_like_it() -> None:
    images = looked_for()
    assert [seed for seed in range(2, 22) if images.like(octets(picture(seed)))] == []


def test_a_flat_picture_is_refused_and_like_nothing() -> None:
    flat = octets(Image.new("RGB", (640, 480), (200, 30, 30)))
    refused = needles.of_image("flat.png", flat)
    assert isinstance(refused, Refused)
    assert refused.why == "plain"
    assert Images([(1, image_hash(flat)[0])]).like(flat) == {}


def bomb() -> bytes:
    """A PNG that says it has 60,000 times 60,000 pixels."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


@pytest.mark.parametrize(
    "broken", [b"", b"GIF89a", octets(ORIGINAL)[:2_000], b"<svg/>", bomb()],
    ids=["empty", "header", "cut", "svg", "bomb"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_like_nothing(broken: bytes) -> None:
    assert image_hash(broken) == ("", 0)
    assert looked_for().like(broken) == {}
    assert needles.of_image("x", broken) == Refused(needle="x", why="unread")


def test_an_image_is_a_needle_by_its_hash_alone() -> None:
    needle = needles.of_image("photo.png", octets(ORIGINAL))
    assert isinstance(needle, Needle)
    assert (needle.id, needle.what, len(needle.image)) == ("photo.png", "image", 64)


def test_the_hash_is_that_of_pdqhash() -> None:
    import numpy
    import pdqhash

    bits, quality = pdqhash.compute(numpy.asarray(ORIGINAL))
    expected = f"{int(''.join('1' if bit else '0' for bit in bits), 2):064x}"
    assert image_hash(octets(ORIGINAL)) == (expected, quality)


def test_without_pdqhash_the_tip_is_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdqhash", None)
    with pytest.raises(MissingExtra, match="images") as raised:
        image_hash(b"")
    assert raised.value.tip == 'pip install "withhold[pictures]"'


def test_half_an_image_is_none_whatever_another_library_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert image_hash(octets(ORIGINAL)[:2_000]) == ("", 0)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True
