"""The table of PLUS and TDM in XMP, where packets stand in files, and hostile images."""

from __future__ import annotations

import io
import struct
import time
import tomllib
import zlib
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.unit.image_files import FORMATS, chunk, image, packet, segment, with_packet

from withhold.signals import xmp, xmp_packets
from withhold.words import Statement

TABLE = Path(__file__).parent / "plus_datamining.toml"
CASES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]
WORDS = {True: "yes", False: "no", None: "neither"}
NO = packet(
    "<rdf:Description plus:DataMining="
    '"http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING"/>'
)


def said(statements: list[Statement]) -> list[str]:
    return [f"{one.signal} {one.use} {WORDS[one.allowed]} {one.why}".strip() for one in statements]


def refuses(data: bytes) -> bool:
    return said(xmp.read(data).statements()) == ["plus-datamining train-ai no"]


@pytest.mark.parametrize("case", CASES, ids=[one["id"] for one in CASES])
def test_table(case: dict[str, Any]) -> None:
    whole = case["packet"].encode() if "packet" in case else packet(case["description"])
    mark = xmp.read(image("JPEG", whole))
    statements = mark.statements(site="example.com", place="a.jpg", on=date(2026, 11, 23))
    assert said(statements) == case["says"]
    assert list(mark.notes) == case.get("notes", [])
    for one in statements:
        assert (one.token, one.site, one.place) == ("*", "example.com", "a.jpg")
        assert one.on == date(2026, 11, 23)


def test_the_table_has_its_size_and_every_term() -> None:
    assert len(CASES) == len({one["id"] for one in CASES})
    assert len([one for one in CASES if not one["id"].startswith("tdm")]) >= 20
    text = TABLE.read_text(encoding="utf-8")
    for term in ("UNSPECIFIED", "ALLOWED", "PROHIBITED"):
        assert f'DMI-{term}"' in text
    for term in (
        *("AIMLTRAINING", "GENAIMLTRAINING", "EXCEPTSEARCHENGINEINDEXING"),
        *("SEECONSTRAINT", "SEEEMBEDDEDRIGHTSEXPR", "SEELINKEDRIGHTSEXPR"),
    ):
        assert f"vocab/DMI-PROHIBITED-{term}" in text


def test_the_words_are_literal() -> None:
    (one,) = xmp.read(image("PNG", NO)).statements()
    assert one.text == (
        "plus:DataMining http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING"
    )
    long = packet(f'<rdf:Description plus:DataMining="{"x" * 5000}"/>')
    assert len(xmp.read(image("PNG", long)).statements()[0].text) == 200


# Where a packet stands -------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_read_and_pillow_still_opens_it(form: str) -> None:
    data = image(form, NO)
    with Image.open(io.BytesIO(data)) as opened:
        opened.load()
    mark = xmp.read(data)
    assert (mark.format, mark.notes, refuses(data)) == (form.lower(), (), True)


@pytest.mark.parametrize("form", FORMATS)
def test_what_pillow_writes_is_read(form: str) -> None:
    if form == "PNG":
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", NO.decode(), zip=True)
        data = image(form, pnginfo=info)
    else:
        data = image(form, **{"xmp": NO})
    assert refuses(data)


@pytest.mark.parametrize("form", FORMATS)
def test_an_image_without_metadata_says_nothing(form: str) -> None:
    mark = xmp.read(image(form))
    assert (mark.statements(), mark.notes) == ([], ())


def test_a_packed_png_text_is_read() -> None:
    assert refuses(with_packet("PNG", image("PNG"), NO, packed=True))


def test_a_png_text_after_the_pixels_is_read() -> None:
    plain = image("PNG")
    body = b"XML:com.adobe.xmp\0\0\0\0\0" + NO
    assert refuses(plain[:-12] + chunk(b"iTXt", body) + plain[-12:])


def test_a_wrong_checksum_is_passed_over() -> None:
    data = image("PNG", NO)
    at = data.index(b"</x:xmpmeta>") + len(b"</x:xmpmeta>") + 1
    broken = data[:at] + b"\t" + data[at + 1 :]
    mark = xmp.read(broken)
    assert (mark.statements(), mark.notes) == ([], ("checksum-wrong",))


@pytest.mark.parametrize("form", FORMATS)
def test_a_packet_behind_the_end_is_noted_and_not_read(form: str) -> None:
    mark = xmp.read(image(form) + NO)
    assert (mark.statements(), mark.notes) == ([], ("packet-outside-structure",))


def test_a_packet_in_another_segment_is_noted_and_not_read() -> None:
    plain = image("JPEG")
    mark = xmp.read(plain[:2] + segment(0xE4, b"preview\0" + NO) + plain[2:])
    assert (mark.statements(), mark.notes) == ([], ("packet-outside-structure",))


def test_extended_xmp_is_noted() -> None:
    data = image("JPEG", NO)
    more = segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + bytes(8) + b"<x/>")
    mark = xmp.read(data[:2] + more + data[2:])
    assert (mark.notes, len(mark.statements())) == (("extended-xmp",), 1)


def test_two_packets_are_both_read() -> None:
    yes = packet('<rdf:Description plus:DataMining="http://ns.useplus.org/ldf/vocab/DMI-ALLOWED"/>')
    mark = xmp.read(with_packet("JPEG", image("JPEG", yes), NO))
    assert mark.notes == ("several-packets", "said-twice")
    assert {one.use: one.allowed for one in mark.statements()} == {
        "train-ai": False,
        "search": True,
    }


def test_fill_bytes_before_a_marker() -> None:
    data = image("JPEG", NO)
    assert refuses(data[:2] + b"\xff\xff\xff" + data[2:])


def test_bytes_around_the_xml() -> None:
    assert refuses(image("JPEG", b"\n" + NO + b"\0" * 50))
    assert refuses(image("JPEG", b"\xef\xbb\xbf" + NO))
    mark = xmp.read(image("JPEG", NO.decode().encode("utf-16")))
    assert (mark.statements(), mark.notes) == ([], ("broken-xml",))


# Hostile ---------------------------------------------------------------------------------------


def webp(*chunks: bytes) -> bytes:
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def bomb() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><x>&e11;</x>'.encode()


OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
PNG_START = b"\x89PNG\r\n\x1a\n"
PACKED = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(b" " * 200_000_000, 9)
HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "text": (b"User-agent: *", "not-jpeg-png-webp"),
    "gif": (b"GIF89a" + bytes(50), "not-jpeg-png-webp"),
    "jpeg: 10 MB of nothing": (b"\xff\xd8\xff" + bytes(10_000_000), "truncated"),
    "jpeg: 10 MB of fill": (b"\xff\xd8" + b"\xff" * 10_000_000, "truncated"),
    "jpeg: 10 MB of markers": (b"\xff\xd8" + b"\xff\xd0" * 5_000_000, "too-many-parts"),
    "jpeg: length 0": (b"\xff\xd8\xff\xe1\0\0" + NO, "truncated"),
    "jpeg: length too long": (b"\xff\xd8\xff\xe1\xff\xff" + NO, "truncated"),
    "png: length too long": (PNG_START + b"\xff\xff\xff\xffiTXt" + NO, "truncated"),
    "png: a million chunks": (PNG_START + chunk(b"tEXt", b"") * 1_000_000, "too-many-parts"),
    "png: packed bomb": (PNG_START + chunk(b"iTXt", PACKED), "packet-too-big"),
    "png: packed rubbish": (
        PNG_START + chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0rubbish"),
        "truncated",
    ),
    "png: no text": (PNG_START + chunk(b"iTXt", b"XML:com.adobe.xmp\0"), "truncated"),
    "webp: size too long": (b"RIFF\xff\xff\xff\xffWEBPXMP \xff\xff\xff\xff", "truncated"),
    "webp: chunk too long": (webp(b"XMP \xff\xff\xff\xff" + NO), "truncated"),
    "webp: a million chunks": (webp(b"ABCD\0\0\0\0" * 1_000_000), "too-many-parts"),
    "bomb": (image("PNG", bomb()), "dtd-refused"),
    "external entity": (image("PNG", OUTSIDE), "dtd-refused"),
    "external document type": (
        image("PNG", b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>'),
        "dtd-refused",
    ),
    "deep": (image("PNG", b"<a>" * 500_000), "too-deep"),
    "many attributes": (
        image("PNG", b"<a " + b" ".join(b'b%d=""' % n for n in range(200_000)) + b"/>"),
        "",
    ),
    "one attribute twice": (image("PNG", b'<a b="" b=""/>'), "broken-xml"),
    "many prefixes": (
        image("PNG", b"<a>" + b"".join(b'<b xmlns:p%d="u"/>' % n for n in range(80_000)) + b"</a>"),
        "",
    ),
    "long text": (
        image(
            "PNG",
            packet(
                f"<rdf:Description><plus:DataMining>{'&lt;' * 900_000}"
                "</plus:DataMining></rdf:Description>"
            ),
        ),
        "not-in-vocabulary",
    ),
    "5 MB packet": (image("PNG", b" " * 5_000_000), "packet-too-big"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    data, note = HOSTILE[name]
    started = time.process_time()
    mark = xmp.read(data)
    assert time.process_time() - started < 3
    assert note in mark.notes if note else not mark.notes
    assert not any(one.allowed is not None for one in mark.statements())


def test_the_limit_is_noted_and_what_lies_before_it_is_read() -> None:
    data = image("JPEG", NO)
    mark = xmp.read(data + bytes(xmp_packets.LIMIT))
    assert ("limit-64-mib" in mark.notes, len(mark.statements())) == (True, 1)


@pytest.mark.parametrize("form", FORMATS)
def test_ten_thousand_parts_before_the_packet(form: str) -> None:
    data = image(form)
    if form == "JPEG":
        filled = data[:2] + segment(0xE5, b"x") * 10_000 + data[2:]
        assert refuses(filled[:2] + segment(0xE5, b"x") * 10_000 + image(form, NO)[2:])
    elif form == "PNG":
        assert refuses(data[:33] + chunk(b"tEXt", b"a\0b") * 10_000 + image(form, NO)[33:])
    else:
        body = b"ABCD\1\0\0\0x\0" * 10_000 + image(form, NO)[12:]
        assert refuses(webp(body))


@pytest.mark.parametrize("form", FORMATS)
def test_cut_anywhere_it_says_the_same_or_nothing(form: str) -> None:
    whole = image(form, NO)
    for end in range(0, len(whole), 50):
        mark = xmp.read(whole[:end])
        assert said(mark.statements()) in ([], ["plus-datamining train-ai no"])
        assert mark.notes or b"\xff\xda" in whole[:end]  # metadata ends where the scan begins


@given(st.sampled_from(FORMATS), st.data())
def test_changed_bytes_never_raise(form: str, data: st.DataObject) -> None:
    whole = bytearray(image(form, NO))
    places = st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255))
    for at, value in data.draw(st.lists(places, max_size=20)):
        whole[at] = value
    mark = xmp.read(bytes(whole))
    for one in mark.statements():
        assert len(one.text) <= 200
    known = {note for part in get_args(xmp.Note) for note in (get_args(part) or (part,))}
    assert set(mark.notes) <= known


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\xff\xd8\xff", PNG_START, b"RIFF\xff\0\0\0WEBP"]),
)
def test_any_bytes_never_raise(data: bytes, start: bytes) -> None:
    assert xmp.read(start + data).format in ("unknown", "jpeg", "png", "webp")


# Wishes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "wish", "already"),
    [
        ("DMI-PROHIBITED", "no-training", True),
        ("DMI-PROHIBITED", "no-training-but-search", False),
        ("DMI-PROHIBITED", "no-ai-at-all", True),
        ("DMI-PROHIBITED-AIMLTRAINING", "no-ai-at-all", False),
        ("DMI-PROHIBITED-AIMLTRAINING", "no-training-but-search", True),
        ("DMI-PROHIBITED-SEECONSTRAINT", "no-ai-at-all", True),
        ("DMI-PROHIBITED-SEECONSTRAINT", "no-training", True),
        ("DMI-PROHIBITED", "allow", False),
        ("DMI-ALLOWED", "allow", True),
        ("DMI-ALLOWED", "no-training", False),
        ("DMI-UNSPECIFIED", "no-training", False),
        ("DMI-UNSPECIFIED", "allow", False),
    ],
)
def test_what_says_the_wish_already_is_left(term: str, wish: Any, already: bool) -> None:
    value = f"http://ns.useplus.org/ldf/vocab/{term}"
    mark = xmp.read(image("PNG", packet(f'<rdf:Description plus:DataMining="{value}"/>')))
    assert xmp.says_already(mark, wish) is already
    assert not xmp.says_already(xmp.read(image("PNG")), wish)
    bare = xmp.read(image("PNG", packet(f'<rdf:Description plus:DataMining="{term}"/>')))
    assert not xmp.says_already(bare, wish)
