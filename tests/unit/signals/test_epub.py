"""EPUB: the table of package documents, other readers of the same files, and hostile archives."""

from __future__ import annotations

import io
import struct
import time
import tomllib
import warnings
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.unit.document_files import MIMETYPE, NO, OPF, archive, container, epub, package

from withhold.signals import epub as reader
from withhold.signals import plain_xml, zip_parts
from withhold.signals.embedded import LIMIT, METADATA_LIMIT, Embedded

TABLE = Path(__file__).parent / "epub.toml"
CASES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]


def says(found: Embedded) -> str:
    """The answer in the words of the tables."""
    words = []
    for one in found.statements():
        assert (one.token, one.signal, one.use) == ("*", "tdmrep", "train-ai")
        neither = "unknown" if one.why == "unreadable" else "neither"
        words.append({True: "yes", False: "no", None: neither}[one.allowed])
    return " ".join(words) or "nothing"


def document(case: dict[str, Any]) -> str:
    more = {name: case[name] for name in ("version", "prefix", "after") if name in case}
    return package(case["metadata"], **more)


@pytest.mark.parametrize("case", CASES, ids=[one["id"] for one in CASES])
def test_table(case: dict[str, Any]) -> None:
    found = reader.read(epub(document(case)))
    assert (says(found), list(found.notes)) == (case["says"], case.get("notes", []))
    said = found.statements(site="a.example", place="b.epub EPUB", on=date(2026, 11, 23))
    for one in said:
        assert (one.site, one.place, one.on) == ("a.example", "b.epub EPUB", date(2026, 11, 23))
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


# Other readers of the same files ---------------------------------------------------------------

OPF_NAMES = {"o": "http://www.idpf.org/2007/opf"}


def by_lxml(body: bytes) -> list[tuple[str, str]]:
    """What lxml finds by the report's two forms, each in its version: an oracle of our own."""
    with zipfile.ZipFile(io.BytesIO(body)) as opened:
        tree = etree.fromstring(opened.read(OPF))
    third = tree.get("version", "").startswith("3")
    found = []
    for meta in tree.xpath("/o:package/o:metadata/o:meta", namespaces=OPF_NAMES):
        name = meta.get("property", "").strip() if third else meta.get("name", "").strip()
        if name in ("tdm:reservation", "tdm:policy") and meta.get("refines") is None:
            value = "".join(meta.itertext()) if third else meta.get("content", "")
            found.append((name, value.strip()))
    return list(dict.fromkeys(found))


VALUES = st.sampled_from(["0", "1", " 1\n", "2", "", "true", "https://a.example/&amp;p"])
NAMES = st.sampled_from(["tdm:reservation", "tdm:policy", "dcterms:rights", "tdm:mine"])
METAS = st.lists(st.tuples(NAMES, VALUES), max_size=6)


@settings(max_examples=150, deadline=None)
@given(METAS, st.sampled_from(["2.0", "3.0", "3.3"]))
def test_lxml_finds_the_same_pairs(metas: list[tuple[str, str]], version: str) -> None:
    third = version.startswith("3")
    written = "".join(
        f'<meta property="{name}">{value}</meta>'
        if third
        else f'<meta name="{name}" content="{value}"/>'
        for name, value in metas
    )
    body = epub(package(written, version=version))
    assert list(reader.read(body).tdm) == by_lxml(body)


@pytest.mark.parametrize(("value", "answer"), [("1", "no"), ("0", "yes")])
@pytest.mark.parametrize("form", ["property", "name"])
def test_what_ebooklib_writes_is_read(value: str, answer: str, form: str, tmp_path: Path) -> None:
    """ebooklib writes EPUB 3 alone, in which the element of EPUB 2 is of another version."""
    from ebooklib import epub as library

    book = library.EpubBook()
    book.set_identifier("urn:x:1")
    book.set_title("A book")
    book.set_language("en")
    book.add_item(library.EpubNav())
    if form == "property":
        book.add_prefix("tdm", "http://www.w3.org/ns/tdmrep#")
        book.add_metadata(None, "meta", value, {"property": "tdm:reservation"})
    else:
        book.add_metadata(None, "meta", "", {"name": "tdm:reservation", "content": value})
    library.write_epub(tmp_path / "a.epub", book)
    found = reader.read((tmp_path / "a.epub").read_bytes())
    if form == "property":
        assert (says(found), found.notes) == (answer, ())
    else:
        assert found.notes == ("other-form",)
        assert says(found) == ("no" if value == "1" else "nothing")


def test_ebooklib_reads_the_files_of_these_tests(tmp_path: Path) -> None:
    """So that what the tests call an EPUB is one to somebody else too."""
    from ebooklib import epub as library

    file = tmp_path / "a.epub"
    file.write_bytes(epub(package(NO + '<meta property="tdm:policy">https://a.example/p</meta>')))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of itself, about its own future
        book = library.read_epub(str(file))
    found = book.get_metadata("http://www.idpf.org/2007/opf", "meta")
    assert tuple((told["property"], value) for value, told in found) == (
        ("tdm:reservation", "1"),
        ("tdm:policy", "https://a.example/p"),
    )
    assert reader.read(file.read_bytes()).tdm == (
        ("tdm:reservation", "1"),
        ("tdm:policy", "https://a.example/p"),
    )


# Where the package document stands -------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("package.opf", "package.opf"),
        ("OEBPS/content.opf", "OEBPS/content.opf"),
        ("Bücher/Paket.opf", "Bücher/Paket.opf"),
        ("a%20b/c.opf", "a b/c.opf"),
        ("a%20b/c.opf", "a%20b/c.opf"),
        ("B%C3%BCcher/p.opf", "Bücher/p.opf"),
    ],
)
def test_the_container_names_it(path: str, name: str) -> None:
    body = epub(container=container(path), **{OPF: None, name: package()})
    found = reader.read(body)
    assert (says(found), found.notes) == ("no", ())


@pytest.mark.parametrize(
    "path",
    [
        "../package.opf",
        "EPUB/../../package.opf",
        "EPUB/../EPUB/package.opf",
        "/EPUB/package.opf",
        "..",
        "",
        "EPUB\\package.opf",
        "http://a.example/package.opf",
        "file:///etc/passwd",
        "%2e%2e/package.opf",
    ],
)
def test_a_path_that_leads_out_leads_nowhere(path: str) -> None:
    body = epub(container=container(path), **{"../package.opf": package()})
    found = reader.read(body)
    if path == "%2e%2e/package.opf":  # a name of the archive like any other, read from there
        assert (says(found), found.notes) == ("no", ())
    else:
        assert (says(found), found.notes) == ("unknown", ("no-package",))


def test_of_several_packages_the_first_counts() -> None:
    yes = package('<meta property="tdm:reservation">0</meta>')
    body = epub(container=container(OPF, "b.opf"), **{"b.opf": yes})
    found = reader.read(body)
    assert (says(found), found.notes) == ("no", ("several-packages",))


def test_a_rootfile_of_another_type_is_none() -> None:
    body = epub(container=container(OPF, media="application/pdf"))
    assert reader.read(body).notes == ("no-package",)


@pytest.mark.parametrize("said", [None, b"application/zip", b""])
def test_without_its_mark_it_is_read_all_the_same(said: bytes | None) -> None:
    found = reader.read(epub(mimetype=said))
    assert (says(found), found.notes) == ("no", ("no-mimetype",))


def test_a_package_in_utf_16() -> None:
    document = package().replace("UTF-8", "UTF-16").encode("utf-16")
    assert says(reader.read(epub(document))) == "no"


# Hostile ---------------------------------------------------------------------------------------


def patched(body: bytes, name: str, field: int, value: int, size: str = "<H") -> bytes:
    """A field of a file's entry in the directory changed; ``field`` is its offset there."""
    at = body.rindex(name.encode()) - 46
    assert body[at : at + 4] == b"PK\1\2"
    return (
        body[: at + field] + struct.pack(size, value) + body[at + field + struct.calcsize(size) :]
    )


def doubled(name: str, first: str | bytes, second: str | bytes) -> bytes:
    files = {"mimetype": MIMETYPE, "META-INF/container.xml": container(OPF), OPF: package()}
    files[name] = first
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of the name that is there twice
        return archive([*files.items(), (name, second)])


def bomb() -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE x [<!ENTITY e0 "1">{entities}]>' + package(
        '<meta property="tdm:reservation">&e11;</meta>'
    ).removeprefix('<?xml version="1.0" encoding="UTF-8"?>')


WHOLE = epub()
CONTAINER = "META-INF/container.xml"
END = WHOLE.rindex(b"PK\5\6")
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "text": (b"User-agent: *\nDisallow: /", "not-zip"),
    "html": (b"<!doctype html><title>404</title>", "not-zip"),
    "a pdf": (b"%PDF-1.7\n", "not-zip"),
    "binary": (bytes(range(256)) * 40, "not-zip"),
    "10 MB of nothing": (bytes(10_000_000), "not-zip"),
    "10 MB behind a zip's first letters": (b"PK\3\4" + bytes(10_000_000), "damaged"),
    "10 MB of ends": (b"PK" + b"PK\5\6" * 2_500_000, "damaged"),
    "over the limit": (WHOLE + bytes(LIMIT), "limit-64-mib"),
    "a zip of nothing": (archive({}), "no-container"),
    "a zip of something else": (archive({"word/document.xml": "<x/>"}), "no-container"),
    "container in another case": (
        archive({"mimetype": MIMETYPE, "meta-inf/Container.xml": container(OPF), OPF: package()}),
        "wrong-case",
    ),
    "package in another case": (epub(container=container("epub/Package.OPF")), "wrong-case"),
    "no package": (epub(**{OPF: None}), "no-package"),
    "container names nothing": (epub(container=container()), "no-package"),
    "container is no xml": (epub(container="<container>"), "not-xml"),
    "container is another document": (epub(container="<html/>"), "no-package"),
    "container of another namespace": (
        epub(container=container(OPF).replace("opendocument", "openfoundry")),
        "no-package",
    ),
    "package is no xml": (epub(package()[:-10]), "not-xml"),
    "package is html": (epub("<html><head/></html>"), "not-a-package"),
    "package without namespace": (
        epub(package().replace(' xmlns="http://www.idpf.org/2007/opf"', "")),
        "not-a-package",
    ),
    "package is binary": (epub(bytes(range(256)) * 10), "not-xml"),
    "package is empty": (epub(b" "), "not-xml"),
    "package in an unknown encoding": (epub(package().replace("UTF-8", "x-klingon")), "not-xml"),
    "entity bomb": (epub(bomb()), "doctype"),
    "external entity": (epub(OUTSIDE), "doctype"),
    "external document type": (
        epub('<!DOCTYPE package SYSTEM "http://127.0.0.1:9/x.dtd"><package/>'),
        "doctype",
    ),
    "bomb in the container": (epub(container=bomb()), "doctype"),
    "deep": (epub("<a>" * 500_000), "too-deep"),
    "a million elements": (epub(package("<meta/>" * 500_000)), "too-many-elements"),
    "zip bomb": (epub(package() + " " * 200_000_000), "too-big"),
    "zip bomb that lies of its size": (
        patched(epub(package() + " " * 20_000_000), OPF, 24, 1000, "<L"),
        "too-big",
    ),
    "zip bomb in the container": (epub(container=b" " * 50_000_000), "too-big"),
    "a size that is too small": (patched(WHOLE, OPF, 24, 10, "<L"), "damaged"),
    "a wrong checksum": (patched(WHOLE, OPF, 16, 12345, "<L"), "damaged"),
    "an offset that leads out": (patched(WHOLE, OPF, 42, 0xFFFFFFF0, "<L"), "damaged"),
    "an offset to another file": (patched(WHOLE, OPF, 42, 0, "<L"), "damaged"),
    "encrypted": (patched(WHOLE, OPF, 8, 1), "encrypted"),
    "container encrypted": (patched(WHOLE, CONTAINER, 8, 1), "encrypted"),
    "strongly encrypted": (patched(WHOLE, OPF, 8, 0x41), "encrypted"),
    "another compression": (patched(WHOLE, OPF, 10, 12), "unknown-compression"),
    "two packages of one name": (
        doubled(OPF, package(), package('<meta property="tdm:reservation">0</meta>')),
        "doubled-member",
    ),
    "two containers": (doubled(CONTAINER, container(OPF), container("b.opf")), "doubled-member"),
    "64-bit form": (
        WHOLE[: END + 10] + b"\xff\xff" + WHOLE[END + 12 :],
        "too-many-members",
    ),
    "a directory that leads out": (
        WHOLE[: END + 12] + b"\xf0\xff\xff\x0f" + WHOLE[END + 16 :],
        "damaged",
    ),
    "a directory of another length": (
        WHOLE[: END + 12] + struct.pack("<L", 50) + WHOLE[END + 16 :],
        "damaged",
    ),
    "several disks": (WHOLE[: END + 4] + b"\1\0" + WHOLE[END + 6 :], "damaged"),
    "bytes in front": (b"junk" + WHOLE, "not-zip"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    body, note = HOSTILE[name]
    started = time.process_time()
    found = reader.read(body)
    assert time.process_time() - started < 3
    assert [one for one in found.notes if one != "no-mimetype"] == [note]
    assert says(found) == "unknown"


def test_more_files_than_are_listed() -> None:
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", *[0] * 16)
    directory = entry * (zip_parts.MEMBERS_LIMIT + 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(directory), 0, 0)
    assert reader.read(directory + end).notes == ("too-many-members",)


def test_sixty_thousand_files_are_no_trouble() -> None:
    many: dict[str, str | bytes | None] = {f"EPUB/{n}": b"" for n in range(60_000)}
    body = epub(**many)
    started = time.process_time()
    assert says(reader.read(body)) == "no"
    assert time.process_time() - started < 3


def test_just_under_the_limit_it_is_read() -> None:
    document = package() + " " * (METADATA_LIMIT - len(package()) - 1)
    assert says(reader.read(epub(document))) == "no"
    longer = document + "  "
    assert reader.read(epub(longer)).notes == ("too-big",)


def test_a_comment_behind_the_directory() -> None:
    commented = WHOLE[: END + 20] + struct.pack("<H", 4) + b"note"
    assert says(reader.read(commented)) == "no"


@pytest.mark.parametrize("step", range(7))
def test_cut_anywhere_it_says_nothing(step: int) -> None:
    for length in range(step, len(WHOLE) - 1, 7):
        found = reader.read(WHOLE[:length])
        assert found.tdm == ()
        assert says(found) == "unknown"


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_bytes_and_any_change_of_a_byte_raise_nothing(data: st.DataObject) -> None:
    body = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    found = reader.read(bytes(body))
    assert found.tdm in ((), (("tdm:reservation", "1"),))  # a checksum stands over it
    assert found.tdm or says(found) == "unknown"
    reader.read(data.draw(st.binary(max_size=200)))


def test_an_element_keeps_its_own_text_alone() -> None:
    found, why = plain_xml.elements(b"<a>1<b>2</b>3</a>", lambda path: path == ("a",))
    assert (why, [one.text for one in found]) == (None, ["13"])


def test_a_long_value_is_cut() -> None:
    found = reader.read(epub(package(NO + f'<meta property="tdm:policy">{"x" * 9000}</meta>')))
    assert len(dict(found.tdm)["tdm:policy"]) == plain_xml.VALUE_LIMIT
    assert len(found.statements()[0].text) <= 200
