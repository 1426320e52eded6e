"""Marks are read back by others, pixels and all other fields stay, and what is refused stays."""

from __future__ import annotations

import io
import shutil
import stat
import subprocess
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from tests.unit.image_files import FORMATS, chunk, image, packet, segment
from tests.unit.signed_images import signed
from withhold.errors import BadInput
from withhold.reach import images, undo
from withhold.signals import xmp

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
VALUE = "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING"
NAME = "{http://ns.useplus.org/ldf/xmp/1.0/}DataMining"
TITLE = packet('<rdf:Description o:title="mine" tdm:reservation="1"/>')


def put(folder: Path, data: bytes, name: str = "a.jpg") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def mark(path: Path, wish: Any = "no-training") -> bytes:
    one = images.prepare(path, wish)
    wanted = undo.Wanted(name=path.name, before=one.was, after=one.data or one.was)
    undo.change(path.parent / ".home", path.parent, [wanted], "test", NOW)
    return path.read_bytes()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def plus_by_pillow(data: bytes) -> list[str]:
    """What Pillow finds as XMP, read by ElementTree: not by our reader."""
    tree = ET.fromstring(opened(data).info["xmp"].rstrip(b"\0"))  # noqa: S314 - made in this test
    attributes = [value for one in tree.iter() for key, value in one.attrib.items() if key == NAME]
    return attributes + [one.text or "" for one in tree.iter(NAME)]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("before", [None, TITLE], ids=["bare", "with-xmp"])
def test_the_mark_is_read_back_and_the_pixels_stay(
    form: str, before: bytes | None, tmp_path: Path
) -> None:
    data = image(form, before, quality=70)
    after = mark(put(tmp_path, data, f"a.{form.lower()}"))
    assert [one.value for one in xmp.read(after).data_mining] == [VALUE]
    assert plus_by_pillow(after) == [VALUE]
    old, new = opened(data), opened(after)
    assert (old.mode, old.size, old.tobytes()) == (new.mode, new.size, new.tobytes())
    if before:
        assert b"mine" in after
        assert xmp.read(after).tdm == (("tdm:reservation", "1"),)


@pytest.mark.parametrize("form", FORMATS)
def test_debians_exiv2_reads_it(form: str, tmp_path: Path) -> None:
    program = shutil.which("exiv2")
    if program is None:
        pytest.skip("Debian's exiv2 command is not installed")
    path = put(tmp_path, image(form), f"a.{form.lower()}")
    mark(path)
    said = subprocess.run(
        [program, "-K", "Xmp.plus.DataMining", "-Pv", "pr", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == VALUE


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        *(("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1")),
        *(("PNG", "LA"), ("WEBP", "RGBA"), ("PNG", "I;16")),
    ],
)
def test_every_kind_of_pixel(form: str, mode: str, tmp_path: Path) -> None:
    more = {"lossless": True} if form == "WEBP" else {}
    if mode == "I;16":
        out = io.BytesIO()
        Image.new("I;16", (5, 4), 700).save(out, "PNG")
        data = out.getvalue()
    else:
        data = image(form, None, mode, **more)
    after = mark(put(tmp_path, data))
    assert opened(after).tobytes() == opened(data).tobytes()
    assert opened(after).mode == opened(data).mode
    assert opened(after).getpalette() == opened(data).getpalette()


@pytest.mark.parametrize("form", FORMATS)
def test_other_metadata_stays(form: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x8298] = 6, "Ada", "(c) Ada"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more: dict[str, Any] = {"exif": exif.tobytes(), "icc_profile": profile}
    if form == "JPEG":
        more["comment"] = "hello"
    elif form == "PNG":
        from PIL.PngImagePlugin import PngInfo

        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_text("Author", "Ada")
        more["dpi"] = (300, 300)
    data = image(form, **more)
    after = mark(put(tmp_path, data))
    old, new = opened(data), opened(after)
    assert dict(new.getexif()) == {0x0112: 6, 0x013B: "Ada", 0x8298: "(c) Ada"}
    assert new.info["icc_profile"] == profile
    for name in ("Author", "dpi"):
        assert new.info.get(name) == old.info.get(name)
    assert new.info.get("comment", b"").rstrip(b"\0") == old.info.get("comment", b"")


def test_every_comment_and_segment_stays(tmp_path: Path) -> None:
    plain = image("JPEG", comment="first")
    more = segment(0xFE, b"second") + segment(0xE7, b"of a camera") + segment(0xED, b"Other\0x")
    after = mark(put(tmp_path, plain[:2] + more + plain[2:]))
    for one in (b"first", b"second", b"of a camera", b"Other\0x"):
        assert after.count(one) == 1


@pytest.mark.parametrize("wish", ["no-training", "no-training-but-search", "no-ai-at-all", "allow"])
def test_every_wish_is_what_is_said_after(wish: Any, tmp_path: Path) -> None:
    path = put(tmp_path, image("PNG"), "a.png")
    after = mark(path, wish)
    says = {one.use: one.allowed for one in xmp.read(after).statements()}
    assert says["train-ai"] is (wish == "allow")
    assert says.get("search") is not False  # no wish costs search
    assert images.prepare(path, wish).data is None
    assert mark(path, wish) == after


def test_the_mark_before_is_written_over(tmp_path: Path) -> None:
    path = put(tmp_path, image("JPEG"))
    mark(path, "allow")
    one = images.prepare(path, "no-training")
    assert (one.before.rsplit("/", 1)[1], one.after) == ("DMI-ALLOWED", VALUE)
    assert plus_by_pillow(mark(path)) == [VALUE]


def test_a_stronger_no_is_left(tmp_path: Path) -> None:
    no = '<rdf:Description plus:DataMining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"/>'
    data = image("JPEG", packet(no))
    assert mark(put(tmp_path, data)) == data


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o444])
def test_the_mode_stays_and_nothing_lies_beside(mode: int, tmp_path: Path) -> None:
    path = put(tmp_path, image("JPEG"))
    path.chmod(mode)
    mark(path)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert {one.name for one in tmp_path.iterdir()} == {"a.jpg", ".home"}


def animated(form: str) -> bytes:
    out = io.BytesIO()
    first, second = Image.new("RGB", (9, 9), "red"), Image.new("RGB", (9, 9), "blue")
    first.save(out, form, save_all=True, append_images=[second])
    return out.getvalue()


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "no JPEG, PNG or WebP"),
    "text": (b"User-agent: *", "no JPEG, PNG or WebP"),
    "gif": (image("GIF"), "no JPEG, PNG or WebP"),
    "moving png": (animated("PNG"), "moves or holds several"),
    "moving webp": (animated("WEBP"), "moves or holds several"),
    "several pictures": (animated("MPO"), "moves or holds several"),
    "cut": (image("JPEG")[:-200], "damaged"),
    "cut png": (image("PNG")[:-30], "damaged"),
    "no pixels": (b"\xff\xd8\xff\xd9", "damaged"),
    "broken xmp": (image("PNG", b"<x>"), "might be lost (broken-xml)"),
    "two packets": (
        image("JPEG", TITLE)[:2]
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + TITLE)
        + image("JPEG", TITLE)[2:],
        "might be lost (several-packets)",
    ),
    "signed": (signed(image("PNG"), "image/png", {}), "C2PA signature"),
    "huge picture": (
        image("PNG")[:16] + (60_000).to_bytes(4, "big") * 2 + image("PNG")[24:],
        "damaged",
    ),
    "wrong checksum of the pixels": (
        image("PNG")[:33] + chunk(b"IDAT", b"rubbish") + image("PNG")[-12:],
        "damaged",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_proven_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    data, why = REFUSED[name]
    path = put(tmp_path, data)
    with pytest.raises(BadInput) as raised:
        mark(path)
    assert why in raised.value.message
    assert "\n" not in raised.value.message
    assert path.read_bytes() == data


@pytest.mark.parametrize("form", FORMATS)
def test_cut_anywhere_nothing_is_written(form: str, tmp_path: Path) -> None:
    whole = image(form)
    for end in range(0, len(whole) - 12, 50):
        path = put(tmp_path, whole[:end])
        with pytest.raises(BadInput):
            mark(path)
        assert path.read_bytes() == whole[:end]


def test_links_and_missing_files(tmp_path: Path) -> None:
    path = put(tmp_path, image("JPEG"))
    link = tmp_path / "b.jpg"
    link.symlink_to(path)
    for one in (link, tmp_path / "c.jpg", tmp_path):
        with pytest.raises(BadInput):
            images.prepare(one, "no-training")


def test_a_change_of_pixels_would_be_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = images._written

    def other_pixels(path: Path, data: bytes, value: str) -> Any:
        other = Image.new("RGB", (24, 16), "red")
        out = io.BytesIO()
        other.save(out, "PNG")
        return real(path, out.getvalue(), value)

    path = put(tmp_path, image("PNG"), "a.png")
    monkeypatch.setattr(images, "_written", other_pixels)
    with pytest.raises(BadInput, match="more than the mark"):
        images.prepare(path, "no-training")
