"""PDF: the table of packets, whose metadata counts, other readers of the same files, and traps."""

from __future__ import annotations

import io
import logging
import random
import sys
import time
import tomllib
import warnings
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.document_files import (
    XMP_NO,
    XMP_YES,
    metadata,
    objects,
    pdf,
    saved,
    stream,
)
from tests.unit.image_files import image, packet

from withhold.signals import pdf as reader
from withhold.signals import pdf_packed, pdf_plain
from withhold.signals.embedded import LIMIT, METADATA_LIMIT, Embedded

TABLE = Path(__file__).parent / "pdf.toml"
CASES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]
CATALOG = b"<</Type/Catalog/Pages 3 0 R/Metadata 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[]/Count 0>>"
WHOLE = objects(CATALOG, stream(XMP_NO), PAGES)
GENERATE = pikepdf.ObjectStreamMode.generate


def says(found: Embedded) -> str:
    """The answer in the words of the tables."""
    words = []
    for one in found.statements():
        assert (one.token, one.signal, one.use) == ("*", "tdmrep", "train-ai")
        neither = "unknown" if one.why == "unreadable" else "neither"
        words.append({True: "yes", False: "no", None: neither}[one.allowed])
    return " ".join(words) or "nothing"


@pytest.mark.parametrize("plain", [True, False], ids=["plain", "packed"])
@pytest.mark.parametrize("case", CASES, ids=[one["id"] for one in CASES])
def test_table(case: dict[str, Any], plain: bool) -> None:
    whole = case["packet"].encode() if "packet" in case else packet(case["description"])
    body = pdf(whole, plain=plain)
    assert pdf_plain.find(body).is_there == ("yes" if plain else "not-plain")
    found = reader.read(body)
    assert (says(found), list(found.notes)) == (case["says"], case.get("notes", []))
    said = found.statements(site="a.example", place="b.pdf XMP", on=date(2026, 11, 23))
    for one in said:
        assert (one.site, one.place, one.on) == ("a.example", "b.pdf XMP", date(2026, 11, 23))
    if "why" in case:
        assert [one.why for one in said] == [case["why"]]
    if case.get("policy"):
        assert case["policy"] in said[0].text
    elif said:
        assert "policy" not in said[0].text


def test_the_table_has_its_size_and_cites_what_it_rests_on() -> None:
    assert len(CASES) == len({one["id"] for one in CASES})
    assert len(CASES) >= 20
    assert all(one["where"] for one in CASES)


# How the way to it is written ------------------------------------------------------------------

E = pikepdf.Encryption
SAVED: dict[str, dict[str, Any]] = {
    "plain": {},
    "packed": {"plain": False},
    "linear": {"linearize": True},
    "linear and packed": {"linearize": True, "plain": False},
    "for people": {"qdf": True},
    "encrypted": {"encryption": E(owner="o", user="")},
    "encrypted and packed": {"plain": False, "encryption": E(owner="o", user="")},
    "AES-128": {"encryption": E(owner="o", user="", R=4)},
    "RC4, 40 bit": {"encryption": E(owner="o", user="", R=2, aes=False, metadata=False)},
    "RC4, 128 bit": {"encryption": E(owner="o", user="", R=3, aes=False, metadata=False)},
    "in the clear": {"encryption": E(owner="o", user="", metadata=False)},
    "in the clear, with a password": {"encryption": E(owner="o", user="u", metadata=False)},
    "in the clear and packed": {
        "plain": False,
        "encryption": E(owner="o", user="", metadata=False),
    },
    "in the clear, AES-128": {"encryption": E(owner="o", user="", R=4, metadata=False)},
    "in the clear, AES-128, packed": {
        "plain": False,
        "encryption": E(owner="o", user="", R=4, metadata=False),
    },
}


def by_pikepdf(body: bytes) -> str:
    """What qpdf's library finds in the catalog's metadata: ``reservation`` or ""."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that no password was needed
        opened = pikepdf.open(io.BytesIO(body), password="o")
    with opened:
        told = opened.open_metadata(set_pikepdf_as_editor=False)
        return str(told.get("{http://www.w3.org/ns/tdmrep/}reservation", ""))


@pytest.mark.parametrize("name", SAVED)
def test_however_it_is_saved_it_is_found(name: str) -> None:
    for xmp, answer, value in ((XMP_NO, "no", "1"), (XMP_YES, "yes", "0")):
        body = pdf(xmp, **SAVED[name])
        assert by_pikepdf(body) == value
        found = reader.read(body)
        assert (says(found), found.notes) == (answer, ())
    assert reader.read(pdf(None, **SAVED[name])) == Embedded()


def test_which_of_them_are_read_without_pypdf() -> None:
    """Writers are told to leave the packet open; if the way to it is too, nothing else is asked."""
    plain = {name for name, how in SAVED.items() if pdf_plain.find(pdf(**how)).is_there == "yes"}
    assert plain >= {"plain", "linear", "for people", "in the clear", "in the clear, AES-128"}
    assert "in the clear, with a password" in plain
    assert not plain & {"packed", "encrypted", "encrypted and packed", "RC4, 128 bit"}


@pytest.mark.parametrize("plain", [True, False])
def test_a_password_that_is_needed_is_a_note(plain: bool) -> None:
    found = reader.read(pdf(plain=plain, encryption=E(owner="o", user="u")))
    assert (says(found), found.notes) == ("unknown", ("encrypted",))


def test_a_compressed_packet() -> None:
    for packed in (zlib.compress(XMP_NO), zlib.compress(XMP_NO, 0)):
        body = objects(CATALOG, stream(packed, b"/Filter/FlateDecode"), PAGES)
        assert says(reader.read(body)) == "no"
        assert pdf_plain.find(body).is_there == "not-plain"
    many = b"/Filter[/ASCIIHexDecode/FlateDecode]"
    body = objects(CATALOG, stream(zlib.compress(XMP_NO).hex().encode() + b">", many), PAGES)
    assert says(reader.read(body)) == "no"


def test_what_reportlab_writes_is_read_by_itself_and_with_metadata() -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(10, 10, "A page")
    canvas.save()
    assert (reader.read(out.getvalue()), pdf_plain.find(out.getvalue()).is_there) == (
        Embedded(),
        "none",
    )
    with pikepdf.open(io.BytesIO(out.getvalue())) as opened:
        opened.Root.Metadata = metadata(opened, XMP_NO)
        assert says(reader.read(saved(opened))) == "no"


def written_by_pypdf(xmp: bytes, **more: Any) -> bytes:
    writer = pypdf.PdfWriter(**more)
    if not more:
        writer.add_blank_page(100, 100)
    writer.xmp_metadata = xmp
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_what_pypdf_writes_is_read() -> None:
    assert says(reader.read(written_by_pypdf(XMP_NO))) == "no"
    assert says(reader.read(written_by_pypdf(XMP_YES))) == "yes"


def test_of_a_file_that_was_added_to_the_newest_counts() -> None:
    for first, second, answer in ((XMP_YES, XMP_NO, "no"), (XMP_NO, XMP_YES, "yes")):
        before = pdf(first)
        after = written_by_pypdf(second, fileobj=io.BytesIO(before), incremental=True)
        assert after.startswith(before)
        assert first in after
        assert by_pikepdf(after) == {"no": "1", "yes": "0"}[answer]
        assert says(reader.read(after)) == answer


def added_to(body: bytes, number: int, new: bytes, more: bytes = b"") -> bytes:
    """An update behind a file (ISO 32000-1, 7.5.6): one object anew, and a table for it."""
    before = int(body[body.rindex(b"startxref") :].split()[1])
    at = len(body)
    body += b"%d 0 obj\n%s\nendobj\n" % (number, new)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
    trailer = b"trailer\n<</Size 4/Root 1 0 R/Prev %d%s>>\n" % (before, more)
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)


def test_updates_by_tables_in_plain_text() -> None:
    once = added_to(WHOLE, 2, stream(XMP_YES))
    assert pdf_plain.find(once).packet == XMP_YES
    assert (by_pikepdf(once), says(reader.read(once))) == ("0", "yes")
    again = added_to(once, 1, CATALOG.replace(b"/Metadata 2 0 R", b""))
    assert (by_pikepdf(again), reader.read(again)) == ("", Embedded())
    other = added_to(once, 3, PAGES)
    assert (by_pikepdf(other), says(reader.read(other))) == ("0", "yes")


@pytest.mark.parametrize(
    "body",
    [
        added_to(WHOLE, 3, PAGES, b"/XRefStm 9"),
        added_to(WHOLE, 3, PAGES, b"/Prev 9"),
        added_to(WHOLE, 3, PAGES).replace(b"/Prev ", b"/Prev (9)/X "),
        WHOLE.replace(b"0000000009 00000 n", b"0000000009 00001 n"),
        WHOLE.replace(b"0000000009 00000 n", b"0000000009 00000 f"),
        WHOLE.replace(b"/Root 1 0 R", b"/Root 7 0 R"),
        WHOLE.replace(b"/Root 1 0 R", b"/Root[1 0 R]"),
        WHOLE.replace(b"/Pages 3 0 R", b"/Pages [3>>]"),
        WHOLE.replace(b"/Pages 3 0 R", b"/Pages(3 0 R"),
        WHOLE.replace(b"xref\n0 4", b"xref\n0 999999999"),
        WHOLE.replace(b"trailer", b"trailed"),
        added_to(WHOLE, 2, b"(no number)").replace(b"/Metadata 2", b"/Metadata 1"),
        objects(CATALOG, stream(XMP_NO).replace(b"/Length ", b"/Length 3 0 R/X "), PAGES),
        b"%PDF-1.7\n" + b"xref\n" + b"0 0\n" * (pdf_plain.SECTIONS + 2) + b"startxref\n9\n%%EOF",
        b"%PDF-1.7\n"
        + b"".join(
            b"%-80s" % (b"xref\n0 0\ntrailer<</Root 1 0 R/Prev %d>>" % (9 + 80 * (n + 1)))
            for n in range(pdf_plain.UPDATES + 2)
        )
        + b"\nstartxref\n9\n%%EOF",
    ],
)
def test_what_is_written_otherwise_is_not_plain(body: bytes) -> None:
    assert pdf_plain.find(body).is_there == "not-plain"


def test_white_space_comments_and_names_with_escapes() -> None:
    catalog = b"<< /Type%x\n/Catalog /A(a)b(()\\)) /B [<< /Metadata 9 0 R >>] /Meta#64ata 2 0 R >>"
    body = objects(catalog.replace(b")b(", b" b "), stream(XMP_NO), PAGES)
    assert pdf_plain.find(body).packet == XMP_NO
    assert says(reader.read(body)) == "no"


def test_a_length_that_stands_elsewhere() -> None:
    body = objects(
        CATALOG,
        stream(XMP_NO).replace(b"/Length %d" % len(XMP_NO), b"/Length 3 0 R"),
        b"%d" % len(XMP_NO),
    )
    assert pdf_plain.find(body).packet == XMP_NO


@pytest.mark.parametrize(
    "body",
    [
        b"junk" * 20 + WHOLE,
        WHOLE + b"\n" * 5000,
        WHOLE.replace(b"00000 n \n", b"00000 n\n"),
        WHOLE.replace(b"/Type/Catalog", b""),
        WHOLE.replace(b"/Length %d" % len(XMP_NO), b"/Length %d" % (len(XMP_NO) + 7)),
        WHOLE.replace(b"startxref\n", b"startxref\n1"),
    ],
    ids=["junk in front", "junk behind", "19 bytes", "no type", "wrong length", "wrong start"],
)
def test_what_readers_forgive_is_left_to_pypdf(body: bytes) -> None:
    assert pdf_plain.find(body).is_there == "not-plain"
    assert says(reader.read(body)) == "no"


# Whose metadata ---------------------------------------------------------------------------------


@pytest.mark.parametrize("plain", [True, False], ids=["plain", "packed"])
@pytest.mark.parametrize("own", [None, XMP_YES], ids=["none of its own", "another of its own"])
def test_only_the_document_speaks_for_the_document(own: bytes | None, plain: bool) -> None:
    """Packets of a page, an image, another program and an attached file say no, and of those."""
    document = pikepdf.new()
    page = document.add_blank_page()
    page.obj.Metadata = metadata(document, XMP_NO)
    picture = pikepdf.Stream(document, image("JPEG", XMP_NO))
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = 24, 16, 8
    picture.ColorSpace, picture.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    picture.Metadata = metadata(document, XMP_NO)
    page.obj.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(Im0=document.make_indirect(picture))
    )
    document.attachments["inner.pdf"] = pikepdf.AttachedFileSpec(document, pdf(XMP_NO))
    document.Root.PieceInfo = pikepdf.Dictionary(
        X=pikepdf.Dictionary(Metadata=metadata(document, XMP_NO))
    )
    if own is not None:
        document.Root.Metadata = metadata(document, own)
    body = saved(document, plain=plain, compress_streams=False)
    assert body.count(b'tdm:reservation="1"') >= 4
    assert by_pikepdf(body) == ("0" if own else "")
    assert says(reader.read(body)) == ("yes" if own else "nothing")


def test_a_packet_that_hangs_nowhere_says_nothing() -> None:
    body = objects(b"<</Type/Catalog/Pages 3 0 R>>", stream(XMP_NO), PAGES)
    assert (b"/Type/Metadata" in body, reader.read(body)) == (True, Embedded())
    assert reader.read(WHOLE.replace(b"/Metadata 2 0 R", b"/Metadata null ")) == Embedded()


def test_the_information_dictionary_is_not_asked() -> None:
    body = objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        PAGES,
        b"<</tdm:reservation(1)>>",
        trailer=b"/Root 1 0 R/Info 3 0 R",
    )
    assert reader.read(body) == Embedded()


# Without the extra, and quietly -----------------------------------------------------------------


def test_without_pypdf_plain_files_are_read_and_of_others_a_note_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert says(reader.read(pdf(plain=True))) == "no"
    found = reader.read(pdf(plain=False))
    assert (says(found), found.notes) == ("unknown", ("not-read",))


def test_without_what_decrypts_a_note_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf.errors import DependencyError

    def missing(*_: object, **__: object) -> None:
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(pypdf.PdfReader, "decrypt", missing)
    found = reader.read(pdf(encryption=E(owner="o", user="")))
    assert found.notes == ("not-read",)


def test_pypdf_is_silent_and_left_as_it_was(capfd: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("pypdf")
    level, settings_before = logger.level, pypdf.get_configuration()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reader.read(WHOLE.replace(b"startxref\n", b"startxref\n9"))
        reader.read(b"%PDF-1.7\n" + bytes(1000))
        reader.read(pdf(encryption=E(owner="o", user="", R=3, aes=False, metadata=False)))
    assert capfd.readouterr() == ("", "")
    assert (logger.level, pypdf.get_configuration()) == (level, settings_before)


# Hostile ---------------------------------------------------------------------------------------


def cross_reference(data: bytes, more: bytes = b"") -> bytes:
    """A PDF whose cross-reference stream is these bytes."""
    head = b"%PDF-1.7\n"
    stated = b"<</Type/XRef/Size 9/W[1 2 1]/Root 2 0 R%s/Length %d>>" % (more, len(data))
    body = b"1 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (stated, data)
    return head + body + b"startxref\n9\n%%EOF"


def with_filter(data: bytes, how: bytes, length: int | None = None) -> bytes:
    return objects(CATALOG, stream(data, b"/Filter" + how, length), PAGES)


def starting_at_9(middle: bytes) -> bytes:
    return b"%PDF-1.7\n" + middle + b"\nstartxref\n9\n%%EOF"


ZIP_BOMB = zlib.compress(bytes(200_000_000))
NOISE = random.Random(1).randbytes(10_000_000)  # noqa: S311 - the same in every run
TABLE_START = b"xref\n0 1\n0000000000 65535 f \ntrailer"
HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "text": (b"User-agent: *\nDisallow: /", "not-pdf"),
    "html": (b"<!doctype html><title>404</title>", "not-pdf"),
    "a zip": (b"PK\3\4" + bytes(50), "not-pdf"),
    "10 MB of nothing": (bytes(10_000_000), "not-pdf"),
    "head too far in": (bytes(2000) + WHOLE, "not-pdf"),
    "over the limit": (WHOLE + bytes(LIMIT), "limit-64-mib"),
    "head alone": (b"%PDF-1.7\n", "damaged"),
    "cut before the end": (WHOLE[: WHOLE.index(b"xref")], "damaged"),
    "cut in the table": (WHOLE[: WHOLE.index(b"trailer")], "damaged"),
    "cut in the packet": (WHOLE[:300], "damaged"),
    "10 MB of noise": (b"%PDF-1.7\n" + NOISE, "too-big"),
    "10 MB of noise with an end": (starting_at_9(NOISE), "damaged"),
    "10 MB of zeros": (starting_at_9(bytes(10_000_000)), "damaged"),
    "10 MB of spaces": (starting_at_9(b" " * 10_000_000), ""),
    "10 MB of spaces in a table": (starting_at_9(b"xref" + b" " * 10_000_000), ""),
    "10 MB of digits": (starting_at_9(b"xref\n" + b"1" * 10_000_000), ""),
    "10 MB of lines": (b"%PDF-1.7\n" + b"\n" * 10_000_000, "damaged"),
    "10 MB of comments": (starting_at_9(b"%\n" * 5_000_000), "damaged"),
    "10 MB of sections": (starting_at_9(b"xref\n" + b"0 0\n" * 2_500_000), "too-big"),
    "10 MB of objects": (starting_at_9(b"1 0 obj<<>>endobj\n" * 550_000), "damaged"),
    "10 MB of brackets": (starting_at_9(TABLE_START + b"<</A" + b"(" * 10_000_000), ""),
    "deep arrays": (starting_at_9(TABLE_START + b"<</A" + b"[" * 5_000_000), ""),
    "deep dictionaries": (starting_at_9(TABLE_START + b"<</A" * 2_000_000), ""),
    "a table that leads to itself": (
        starting_at_9(TABLE_START + b"<</Root 1 0 R/Prev 9>>"),
        "damaged",
    ),
    "a catalog that is itself a reference": (objects(b"1 0 R"), "damaged"),
    "metadata that are no stream": (objects(CATALOG, b"<</Type/Metadata>>", PAGES), "damaged"),
    "metadata that are the catalog": (
        objects(CATALOG.replace(b"2 0 R", b"1 0 R"), b"null", PAGES),
        "damaged",
    ),
    "a length that leads to itself": (
        objects(CATALOG, stream(XMP_NO).replace(b"/Length ", b"/Length 2 0 R/X "), PAGES),
        "",
    ),
    "cross-reference bomb": (cross_reference(ZIP_BOMB, b"/Filter/FlateDecode"), "damaged"),
    "cross-reference of a billion": (
        cross_reference(bytes(100), b"/Index[0 999999999]"),
        "damaged",
    ),
    "packet bomb": (with_filter(ZIP_BOMB, b"/FlateDecode"), "too-big"),
    "packet bomb in a bomb": (
        with_filter(zlib.compress(ZIP_BOMB), b"[/FlateDecode/FlateDecode]"),
        "too-big",
    ),
    "packet by run length": (with_filter(b"\x81A" * 1_000_000, b"/RunLengthDecode"), "too-big"),
    "packet in base 85": (with_filter(b"z" * 2_000_000 + b"~>", b"/ASCII85Decode"), "too-big"),
    "packet by many filters": (
        with_filter(b"x", b"[" + b"/FlateDecode" * 10_000 + b"]"),
        "too-big",
    ),
    "packet by a filter that nobody knows": (with_filter(XMP_NO, b"/NoneDecode"), "damaged"),
    "packet that ends too early": (
        with_filter(zlib.compress(NOISE[:1_000_000])[:-9], b"/FlateDecode"),
        "not-xml",
    ),
    "packet of a gigabyte by its word": (with_filter(b"x", b"/FlateDecode", 10**9), "too-big"),
    "packet of 5 MB": (objects(CATALOG, stream(b" " * (METADATA_LIMIT + 1)), PAGES), "too-big"),
    "packet in utf-16": (
        objects(CATALOG, stream(XMP_NO.decode().encode("utf-16")), PAGES),
        "not-xml",
    ),
    "deep packet": (objects(CATALOG, stream(b"<a>" * 500_000), PAGES), "too-deep"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    few = pdf_packed._LIMITS._replace(reads=200_000)  # what takes all of them takes seconds
    monkeypatch.setattr(pdf_packed, "_LIMITS", few)
    body, note = HOSTILE[name]
    started = time.process_time()
    found = reader.read(body)
    assert time.process_time() - started < 5
    assert found.tdm == ()
    if note:
        assert (says(found), found.notes) == ("unknown", (note,))
    else:  # pypdf's word for it may change from version to version
        assert (says(found), len(found.notes)) == ("unknown", 1)


def test_an_object_stream_that_unpacks_to_much() -> None:
    """The catalog in a packed stream with two million entries of others before it."""
    content = zlib.compress(b"9 9 " * 2_000_000 + b"2 0" + CATALOG)
    first = b"<</Type/ObjStm/N 2000001/First 8000004/Filter/FlateDecode/Length %d>>" % len(content)
    body = b"%%PDF-1.7\n1 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (first, content)
    rows = bytes(5) + b"\1\0\0\x09\0" + b"\2\0\0\1\0" + b"\2\0\0\1\1"
    end = b"4 0 obj\n<</Type/XRef/Size 4/W[1 3 1]/Root 2 0 R/Length %d>>\nstream\n" % len(rows)
    whole = body + end + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(body)
    started = time.process_time()
    assert says(reader.read(whole)) == "unknown"
    assert time.process_time() - started < 5


def test_what_takes_all_the_reading_that_is_allowed_ends() -> None:
    started = time.process_time()
    assert reader.read(HOSTILE["deep dictionaries"][0]).notes == ("too-big",)
    assert time.process_time() - started < 15  # two seconds, without a measure of coverage


def test_pypdf_may_read_only_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = pdf_packed._LIMITS
    monkeypatch.setattr(pdf_packed, "_LIMITS", limits._replace(reads=20))
    assert reader.read(pdf(plain=False)).notes == ("too-big",)
    monkeypatch.setattr(pdf_packed, "_LIMITS", limits._replace(octets=100))
    assert reader.read(pdf(plain=False)).notes == ("too-big",)


@pytest.mark.parametrize("plain", [True, False], ids=["plain", "packed"])
def test_cut_anywhere_it_says_the_same_or_nothing(plain: bool) -> None:
    whole = pdf(plain=plain)
    for length in range(0, len(whole), 13):
        found = reader.read(whole[:length])
        assert found.tdm in ((), (("tdm:reservation", "1"),))
        assert found.tdm or says(found) == "unknown"
    assert reader.read(whole[: len(whole) // 2]).tdm == ()


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from([WHOLE, pdf(plain=True), pdf(plain=False)]))
def test_any_bytes_and_any_change_of_a_byte_raise_nothing(
    data: st.DataObject, whole: bytes
) -> None:
    body = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    reader.read(bytes(body)).statements()
    reader.read(b"%PDF-" + data.draw(st.binary(max_size=200))).statements()


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["0", "1", "2", None]),
    st.sampled_from(sorted(SAVED)),
    st.booleans(),
)
def test_qpdf_finds_the_same_value(value: str | None, name: str, compressed: bool) -> None:
    told = f' tdm:reservation="{value}"' if value is not None else ""
    xmp = packet(f'<rdf:Description rdf:about="" o:title="A book"{told}/>')
    document = pikepdf.new()
    document.add_blank_page()
    packed = pikepdf.Stream(document, b"", Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    packed.write(
        zlib.compress(xmp) if compressed else xmp,
        filter=pikepdf.Name.FlateDecode if compressed else None,
    )
    document.Root.Metadata = document.make_indirect(packed)
    body = saved(document, **SAVED[name])
    assert dict(reader.read(body).tdm).get("tdm:reservation", "") == by_pikepdf(body)
