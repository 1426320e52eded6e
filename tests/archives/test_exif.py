"""Place and time of a picture: from the first bytes only, whatever the bytes."""

from __future__ import annotations

import io
import random
import shutil
import struct
import subprocess
import time
import tracemalloc
from pathlib import Path

import exifread
import pytest
from PIL import Image, features

from tests.archives.made.pictures import WHEN, WHERE, Angle, picture, saved
from withhold.exports.exif import EXIF_WITHIN, NOTHING, Taken, taken, taken_in

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", *("AVIF",) * features.check("avif"))
"""AVIF lies in the same boxes as HEIC, which Pillow does not write."""


def tiff(*entries: tuple[int, int, int, int], more: bytes = b"", count: int | None = None) -> bytes:
    """A TIFF by hand: one directory of (tag, type, count, value), and what stands behind it."""
    body = b"".join(struct.pack(">HHLL", *one) for one in entries)
    number = len(entries) if count is None else count
    return b"MM\0*\0\0\0\x08" + struct.pack(">H", number) + body + bytes(4) + more


class Counted(io.BytesIO):
    """Bytes that know how far they were read."""

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.far = self.tell()
        return found


# What is there ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
def test_place_and_time_of_every_format(kind: str) -> None:
    assert taken(picture(kind)) == Taken(place=WHERE, when=WHEN)


@pytest.mark.parametrize("kind", FORMATS)
def test_what_another_reader_finds_is_found(kind: str) -> None:
    """ExifRead and Pillow, over the globe. ExifRead misses the WebP that Pillow writes."""
    chance = random.Random(kind)  # noqa: S311 - the same in every run
    for _ in range(30):
        angles = [(chance.randrange(top), chance.randrange(60), chance.randrange(6000) / 100)
                  for top in (90, 180)]  # fmt: skip
        sides = chance.choice("NS") + chance.choice("EW")
        body = picture(kind, *angles, sides=sides)
        found = taken(body)
        with Image.open(io.BytesIO(body)) as opened:
            pillow = {
                key: ([float(it) for it in value] if key in (2, 4) else value)
                for key, value in opened.getexif().get_ifd(0x8825).items()
            }
        signs = [-1 if pillow[key] in "SW" else 1 for key in (1, 3)]
        expected = [
            sign * (degrees + minutes / 60 + seconds / 3600)
            for sign, (degrees, minutes, seconds) in zip(signs, (pillow[2], pillow[4]), strict=True)
        ]
        assert found.place == pytest.approx(expected, abs=1e-6)
        tags = exifread.process_file(io.BytesIO(body), details=False)
        if kind != "WEBP":
            other = (exifread.utils.get_gps_coords(tags), str(tags["EXIF DateTimeOriginal"]))
            assert found.place == pytest.approx(other[0], abs=1e-6)
            assert found.when == other[1].replace(":", "-", 2).replace(" ", "T") + "+01:00"


def test_what_debians_exiv2_writes_is_found(tmp_path: Path) -> None:
    program = shutil.which("exiv2")
    if not program:
        pytest.skip("Debian's exiv2 command is not installed")
    name = tmp_path / "a.jpg"
    name.write_bytes(saved("JPEG"))
    fields = {
        "GPSInfo.GPSLatitude": "48/1 8/1 1550/100", "GPSInfo.GPSLatitudeRef": "S",
        "GPSInfo.GPSLongitude": "11/1 3450/100 0/1", "GPSInfo.GPSLongitudeRef": "W",
        "Photo.DateTimeOriginal": "2019:05:01 12:00:00", "Photo.OffsetTimeOriginal": "-03:30",
    }  # fmt: skip
    orders = [word for key, it in fields.items() for word in ("-M", f"set Exif.{key} {it}")]
    subprocess.run([program, *orders, str(name)], check=True)
    found = taken(name.read_bytes())
    assert found.place == pytest.approx((-48.137639, -11.575), abs=1e-6)
    assert found.when == "2019-05-01T12:00:00-03:30"


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("angle", [(48.1375,), (48, 8.25), (48, 8, 15)])
def test_degrees_with_a_fraction_in_both_orders_of_bytes(order: str, angle: Angle) -> None:
    exif = Image.Exif()
    exif.endian = order
    exif.get_ifd(0x8825).update({1: "N", 2: angle, 3: "E", 4: (11, 34, 30)})
    body = exif.tobytes()
    assert (b"II*\0" in body) == (order == "<")
    assert taken(saved("JPEG", exif=body)).place == WHERE


@pytest.mark.parametrize("before", [b"\xff\xff\xff", b"\xff\x01", b"\xff\xe2\0\x40" + bytes(62)])
def test_what_may_stand_before_it_in_a_jpeg(before: bytes) -> None:
    whole = picture("JPEG")
    at = whole.index(b"\xff\xe1")
    assert taken(whole[:at] + before + whole[at:]).place == WHERE


def test_a_heic_whose_table_says_six() -> None:
    exif = picture("TIFF")
    head = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    assert taken(head + bytes(400) + b"\0\0\0\6Exif\0\0" + exif).place == WHERE
    assert taken(head + bytes(400) + exif).place == WHERE
    assert taken(head + b"x" * 400 + exif) == NOTHING, "not where an item begins"
    assert taken(head + bytes(EXIF_WITHIN) + b"\0\0\0\6Exif\0\0" + exif) == NOTHING


# What is not there -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sides", "place"),
    [("NE", WHERE), ("SW", (-48.1375, -11.575)), ("SE", (-48.1375, 11.575)), ("ne", WHERE),
     ("", None), ("EN", None), ("  ", None)],
)  # fmt: skip
def test_a_place_has_its_sides_of_the_globe(sides: str, place: tuple[float, float] | None) -> None:
    """As ExifTool: without them there are up to four places, and three of them are wrong."""
    assert taken(picture("JPEG", sides=sides)) == Taken(place=place, when=WHEN)


@pytest.mark.parametrize(
    ("north", "east"),
    [
        ((0, 0, 0), (0, 0, 0)),
        ((0, 0, 0.001), (0, 0, 0.001)),
        ((91, 0, 0), (0, 0, 0)),
        ((1, 0, 0), (181, 0, 0)),
        ((48, 61, 0), (11, 0, 0)),
        ((48, 8, 15, 1), (11, 0, 0)),
    ],
)
def test_what_is_no_place_on_earth_is_none(north: Angle, east: Angle) -> None:
    assert taken(picture("JPEG", north, east)) == Taken(when=WHEN)


def test_a_part_that_is_not_known_is_no_zero() -> None:
    """Exif writes 0/0 for it."""
    whole, seconds = picture("JPEG"), struct.pack("<LL", 15, 1)
    assert whole.count(seconds) == 1
    assert taken(whole.replace(seconds, bytes(8))) == Taken(when=WHEN)


def test_the_equator_is_neither_north_nor_south_of_itself() -> None:
    place = taken(picture("JPEG", (0, 0, 0), (11, 34, 30), "SE")).place
    assert str(place) == "(0.0, 11.575)"


@pytest.mark.parametrize(
    ("east", "place"),
    [
        ((48, 1), (11.0, 48.0)),
        ((-48, -1), (11.0, 48.0)),
        ((-48, 1), None),
        ((-1_000_000_000, 20_000_000), None),
        ((48, 0), None),
    ],
)
def test_numbers_with_a_sign_are_read_with_it(
    east: tuple[int, int], place: tuple[float, float] | None
) -> None:
    """EXIF has none, some write them: which side is meant by one below 0, nobody knows. Without
    their signs -1000000000/20000000 would be 164 degrees."""
    at = 8 + 2 + 12 + 4  # behind the header and a directory of one entry
    values = at + 2 + 4 * 12 + 4
    sides = (1, 2, 2, 0x4E000000), (3, 2, 2, 0x45000000)  # "N", "E"
    gps = tiff(*sides, (2, 10, 1, values), (4, 10, 1, values + 8))[8:]
    whole = tiff((0x8825, 4, 1, at), more=gps + struct.pack(">4l", 11, 1, *east))
    assert taken(whole) == Taken(place=place)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_of_what_was_cut_off_comes_all_of_a_value_or_nothing(kind: str) -> None:
    """A latitude without its seconds is another place."""
    whole = picture(kind)
    places = {taken(whole[:size]).place for size in range(len(whole))}
    times = {taken(whole[:size]).when for size in range(len(whole))}
    assert places == {None, WHERE}
    assert times <= {"", WHEN, WHEN[:19]}


@pytest.mark.parametrize(
    ("said", "offset", "when"),
    [
        ("2020:01:02 03:04:05", "", "2020-01-02T03:04:05"),
        ("2020:01:02 03:04:05", "Z", "2020-01-02T03:04:05"),
        ("2020:01:02 03:04:05", "+99:99", "2020-01-02T03:04:05"),
        ("0000:00:00 00:00:00", "+01:00", ""),
        ("2020:02:30 03:04:05", "", ""),
        ("2020-01-02T03:04:05", "", ""),
        ("    :  :     :  :  ", "", ""),
        ("", "", ""),
    ],
)
def test_what_is_no_time_is_none(said: str, offset: str, when: str) -> None:
    assert taken(picture("JPEG", taken=said, offset=offset)) == Taken(place=WHERE, when=when)


def test_a_picture_without_exif_and_what_is_no_picture() -> None:
    for kind in FORMATS:
        assert taken(saved(kind)) == NOTHING
    for head in (b"", b"x", b"\xff\xd8", b"II*\0", b"RIFF", bytes(10_000)):
        assert taken(head) == NOTHING


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_read_no_further_than_needed(kind: str) -> None:
    noise = Image.frombytes("RGB", (400, 400), random.Random(1).randbytes(480_000))  # noqa: S311
    out = io.BytesIO()
    noise.save(out, kind, quality=95)
    bare = Counted(out.getvalue())
    assert len(bare.getvalue()) > 100_000
    assert taken_in(bare) == NOTHING
    assert bare.far < 1_000
    if kind != "WEBP":  # which has it at its end
        told = Counted(picture(kind, size=4_000))
        assert taken_in(told).place == WHERE
        assert told.far < 2_000


# What is hostile -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
def test_broken_pictures_give_something_or_nothing_and_end_soon(
    kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    chance, whole = random.Random(kind), picture(kind)  # noqa: S311 - the same in every run
    began = time.process_time()
    for _ in range(2_000):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            broken[chance.randrange(min(len(broken), 600))] = chance.choice((0, 1, 255))
        said = taken(bytes(broken[: chance.randint(1, len(broken))])).place
        assert said is None or (abs(said[0]) <= 90 and abs(said[1]) <= 180)
    assert time.process_time() - began < 20
    assert capfd.readouterr() == ("", "")


GREEDY = tiff(
    *((0x8000 + n, 2, 200_000, 60_000) for n in range(1_900)), more=b"a" * (EXIF_WITHIN - 22_814)
)
"""Texts of all bytes there are, so many times: 385 MiB and 0.4 s with a reader of all tags."""
HOSTILE = [
    b"\xff\xd8" * 100_000,
    b"\xff\xd8" + b"\xff" * 300_000,
    b"\xff\xd8" + b"\xff\xe0\0\2" * 80_000,
    b"II*\0\x08\0\0\0" + b"\xff" * 200_000,
    b"\0\0\0\x18ftypheic" + bytes(200_000),
    b"\0\0\0\x18ftypheic" + b"\0\0\0\0II*\0" * 30_000,
    b"\0\0\0\x18ftypheic" + b"Exif\0\0MM\0*" * 26_000,
    b"RIFF\0\0\0\0WEBP" + bytes(200_000),
    b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x08" + bytes(200_000),
    b"\x89PNG\r\n\x1a\n" + bytes(200_000),
    tiff((0x8825, 4, 1, 8), (0x8769, 4, 1, 8)),
    tiff((0x8825, 4, 1, 0xFFFFFFFF), (0x8769, 13, 0xFFFFFFFF, 0)),
    tiff(*((0x8825, 4, 1, 8) for _ in range(20_000)), count=0xFFFF),
    GREEDY,
]


@pytest.mark.parametrize("head", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_heads_take_little_time_and_memory(head: bytes) -> None:
    began = time.process_time()
    for _ in range(20):
        assert taken(head) == NOTHING
    assert time.process_time() - began < 2
    tracemalloc.start()
    try:
        taken(head)
        assert tracemalloc.get_traced_memory()[1] < 8 * EXIF_WITHIN
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("size", "found"), [(20, True), (64, True), (65, False), (60_000, False)])
def test_of_a_value_no_more_than_64_bytes_are_taken(size: int, found: bool) -> None:
    at = 8 + 2 + 12 + 4
    camera = tiff((0x9003, 2, size, at + 2 + 12 + 4))[8:]
    whole = tiff((0x8769, 4, 1, at), more=camera + b"2020:01:02 03:04:05".ljust(size, b"\0"))
    assert taken(whole).when == ("2020-01-02T03:04:05" if found else "")


@pytest.mark.parametrize(("before", "found"), [(0, True), (499, True), (500, False)])
def test_of_a_directory_no_more_than_500_entries_are_looked_at(before: int, found: bool) -> None:
    others = [(1, 3, 1, 0)] * before
    at = 8 + 2 + 12 * (before + 1) + 4
    camera = tiff((0x9003, 2, 20, at + 2 + 12 + 4))[8:]
    whole = tiff(*others, (0x8769, 4, 1, at), more=camera + b"2020:01:02 03:04:05\0")
    assert taken(whole).when == ("2020-01-02T03:04:05" if found else "")


def test_a_disk_that_fails_is_told() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError("the disk")

    with pytest.raises(OSError, match="the disk"):
        taken_in(Broken(picture()))
