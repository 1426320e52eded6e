"""Places of pictures: from the first bytes only, whatever the bytes."""

from __future__ import annotations

import io
import random
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.archives.made.packings import written
from withhold.exports.exif import EXIF_WITHIN, NOTHING, place_of, taken, with_places
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Media, Post

Angle = tuple[float, float, float]
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")


def picture(
    kind: str, north: Angle = (48, 8, 15), east: Angle = (11, 34, 30), sides: str = "NE"
) -> bytes:
    """A small picture with a place: 48.1375, 11.575."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: sides[0], 2: north, 3: sides[1], 4: east})
    exif.get_ifd(0x8769).update({0x9003: "2020:01:02 03:04:05", 0x9011: "+01:00"})
    out = io.BytesIO()
    Image.new("RGB", (32, 32), "red").save(out, kind, exif=exif.tobytes())
    return out.getvalue()


@pytest.mark.parametrize("kind", FORMATS)
def test_place_and_time_of_every_format(kind: str) -> None:
    said = taken(picture(kind))
    assert said.place == (48.1375, 11.575)
    assert said.when == "2020-01-02T03:04:05+01:00"


@pytest.mark.parametrize(
    ("sides", "place"),
    [("NE", (48.1375, 11.575)), ("SW", (-48.1375, -11.575)), ("SE", (-48.1375, 11.575))],
)
def test_south_and_west_are_negative(sides: str, place: tuple[float, float]) -> None:
    assert place_of(picture("JPEG", sides=sides)) == place


@pytest.mark.parametrize(
    ("north", "east"), [((0, 0, 0), (0, 0, 0)), ((91, 0, 0), (0, 0, 0)), ((1, 0, 0), (181, 0, 0))]
)
def test_what_is_no_place_on_earth_is_none(north: Angle, east: Angle) -> None:
    assert place_of(picture("JPEG", north, east)) is None


def test_a_picture_without_exif_and_what_is_no_picture() -> None:
    out = io.BytesIO()
    Image.new("RGB", (32, 32)).save(out, "JPEG")
    for head in (out.getvalue(), b"", b"x", b"\xff\xd8", b"II*\0", b"RIFF", bytes(10_000)):
        assert taken(head) == NOTHING


@pytest.mark.parametrize("kind", FORMATS)
def test_broken_pictures_give_something_or_nothing_and_end_soon(
    kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    chance, whole = random.Random(kind), picture(kind)  # noqa: S311 - the same in every run
    for _ in range(200):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            broken[chance.randrange(min(len(broken), 600))] = chance.choice((0, 1, 255))
        began = time.process_time()
        said = place_of(bytes(broken[: chance.randint(1, len(broken))]))
        assert time.process_time() - began < 10
        assert said is None or (abs(said[0]) <= 90 and abs(said[1]) <= 180)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "head",
    [
        b"\xff\xd8" * 100_000,
        b"II*\0\x08\0\0\0" + b"\xff" * 200_000,
        b"\0\0\0\x18ftypheic" + bytes(200_000),
        b"\0\0\0\x18ftypheic" + b"\0\0\0\x08meta" * 20_000,
        b"RIFF\0\0\0\0WEBP" + bytes(200_000),
        b"\x89PNG\r\n\x1a\n" + bytes(200_000),
        b"MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08",
    ],
)
def test_hostile_heads_end_soon(head: bytes) -> None:
    began = time.process_time()
    assert taken(head) == NOTHING
    assert time.process_time() - began < 10


def test_a_post_gets_the_places_of_its_pictures_in_the_archive(tmp_path: Path) -> None:
    name = written(
        tmp_path / "a.zip",
        {
            "top/media/here.jpg": picture("JPEG") + bytes(2 * EXIF_WITHIN),
            "top/media/bare.jpg": b"\xff\xd8\xff\xd9",
            "top/a/same.jpg": picture("JPEG"),
            "top/b/same.jpg": picture("JPEG"),
            "top/clip.mp4": picture("JPEG"),
        },
    )
    known = Media(path="media/here.jpg", place=(1.0, 2.0), place_by="record")
    bare, gone, address = (
        Media(path=path) for path in ("media/bare.jpg", "gone.jpg", "https://h.example/x.jpg")
    )
    either, clip = Media(path="same.jpg"), Media(path="clip.mp4")
    dated = Media(path="top/media/here.jpg", taken="2019")
    post = Post(
        platform="facebook",
        id="1",
        media=(Media(path="media/here.jpg"), known, bare, gone, address, either, clip, dated),
    )
    with Files([name], Notes()) as files:
        found = with_places(post, files).media
        assert with_places(Post(platform="x", id="2"), files) == Post(platform="x", id="2")
    here = (48.1375, 11.575)
    assert found[0] == Media(
        path="media/here.jpg", place=here, place_by="exif", taken="2020-01-02T03:04:05+01:00"
    )
    assert found[1:7] == (known, bare, gone, address, either, clip)
    assert (found[7].place, found[7].taken) == (here, "2019")
