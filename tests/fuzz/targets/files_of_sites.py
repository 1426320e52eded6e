"""Other files of a site: tdmrep.json, RSL, sitemaps; the head of a page; PDF and EPUB."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress

from tests.fuzz.tables import cases, fields
from tests.fuzz.target import Target
from withhold.errors import BadInput
from withhold.signals import c2pa, epub, html_tags, html_text, meta, pdf, rsl, sitemap_paths, tdmrep
from withhold.signals.embedded import Embedded

TOKENS = ("GPTBot", "Applebot-Extended")
PATHS = ("/", "/a/b.jpg", "/x?y", "/\u00e4")


def tdm_file(body: bytes) -> None:
    """Any octets; the rule that decides stands on a line of the file; a no that is written for one
    path reads as one, and writing twice is writing once. Of all paths that begin so an earlier
    entry may have taken some out, as ``/a/b.jpg$`` does."""
    file = tdmrep.read_file(body)
    lines = body.count(b"\n") + 1
    for path in PATHS:
        rule = file.first(path)
        assert rule is None or 1 <= rule.line <= lines
        tdmrep.decide(path, file=file)
    with suppress(BadInput):
        for location in ("/a/b.jpg", "/a/b.jpg$"):
            once = tdmrep.write(body, location, 1)
            assert tdmrep.write(once, location, 1) == once
        (said,) = tdmrep.decide("/a/b.jpg", file=tdmrep.read_file(once))
        assert said.allowed is False, "what was written does not decide"


def terms(body: bytes) -> None:
    """Any octets; of one use at most one answer, and a line that is there."""
    read = rsl.read(body)
    for path in PATHS:
        said = read.decide(path, site="a.example")
        assert len({one.use for one in said}) == len(said)
        assert all(one.line is None or one.line >= 1 for one in said)
    assert not (read.broken and read.contents)


def page(body: bytes) -> None:
    """Any octets in any charset; a noai in front of all is still read."""
    for kind in ("", "text/html; charset=utf-8", "application/xhtml+xml"):
        said = meta.read(body, kind, TOKENS)
        assert all(one.line is None or one.line >= 1 for one in said.directives)
        for one in said.statements():
            assert len(one.text) <= 200


def refused_page(body: bytes) -> None:
    """A meta tag that refuses, put before a page, is never taken back by what follows it."""
    front = b'<!doctype html><html><head><meta charset="utf-8"><meta name="robots" content="noai">'
    said = meta.read(front + body, "text/html; charset=utf-8").statements()
    assert any(one.token == "*" and one.allowed is False for one in said)


def tags_of(body: bytes) -> None:
    """The tags of any text: names in lower case, lines in order."""
    text, _ = html_text.text_of(body)
    line = 1
    for one in html_tags.tags(text):
        assert one.name == one.name.lower()
        assert line <= one.line
        line = one.line


def sitemap(body: bytes) -> None:
    """BadInput, or paths, each once and no more than are asked; what an index leads to too."""
    files = {"/a.xml": body, "/b.xml.gz": gzip.compress(body[:2000], mtime=0)}
    with suppress(BadInput):
        found = sitemap_paths.follow(body, files.get)
        assert len(set(found.paths)) == len(found.paths) <= sitemap_paths.AT_MOST
        assert all(one.startswith("/") for one in found.paths)
    with suppress(BadInput):
        sitemap_paths.follow(b"<sitemapindex><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>",
                             files.get)  # fmt: skip


def document(read: Embedded) -> None:
    """What both kinds of document keep to."""
    said = read.statements()
    assert len(said) <= 1
    assert all(len(one.text) <= 200 for one in said)


def a_pdf(body: bytes) -> None:
    """Any octets as a PDF."""
    document(pdf.read(body))


def an_epub(body: bytes) -> None:
    """Any octets as an EPUB, and as the package document in a sound one."""
    document(epub.read(body))
    with io.BytesIO() as out:
        with zipfile.ZipFile(out, "w") as packed:
            packed.writestr("mimetype", "application/epub+zip")
            packed.writestr("META-INF/container.xml", _CONTAINER)
            packed.writestr("p.opf", body)
        document(epub.read(out.getvalue()))


_CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)


def report(body: bytes) -> None:
    """What another program says of a C2PA store."""
    c2pa.from_json(body)


def _tdm() -> Iterator[bytes]:
    yield from (one for one in fields("signals/tdmrep.toml", "file"))


def _rsl() -> Iterator[bytes]:
    for case in cases("signals/rsl.toml"):
        if "robots" not in case:
            whole = f'<rsl xmlns="https://rslstandard.org/rsl">\n{case.get("terms")}\n</rsl>'
            yield case.get("file", whole).encode()


def _pages() -> Iterator[bytes]:
    for name in ("meta", "noai", "noarchive"):
        for case in cases(f"signals/{name}.toml"):
            if case.get("html"):
                yield case["html"].encode()
            elif case.get("octets"):
                yield bytes.fromhex(case["octets"])


def _sitemaps() -> Iterator[bytes]:
    from tests.unit.signals.test_sitemap_paths import index, sitemap

    yield from (sitemap("https://a.example/x", "/b"), index("https://a.example/a.xml", "/b.xml.gz"))
    yield from (b"/a\n# c\nhttps://a.example/b\n", gzip.compress(sitemap("/c"), mtime=0))


def _epubs() -> Iterator[bytes]:
    from tests.unit.document_files import epub as made
    from tests.unit.document_files import package

    yield made()
    for case in cases("signals/epub.toml"):
        more = {name: case[name] for name in ("version", "prefix", "after") if name in case}
        yield package(case["metadata"], **more).encode()


def _pdfs() -> Iterator[bytes]:
    from tests.unit.document_files import XMP_NO, XMP_YES, objects, stream

    catalog, pages = b"<</Type/Catalog/Pages 3 0 R/Metadata 2 0 R>>", b"<</Type/Pages/Kids[]>>"
    for packet in (XMP_NO, XMP_YES, b"", b"<x"):
        yield objects(catalog, stream(packet), pages)
    yield objects(catalog, stream(XMP_NO, length=3), pages)
    yield objects(catalog, pages, b"<</Length 9 0 R>>", trailer=b"/Root 1 0 R/Prev 0")


def _reports() -> Iterator[bytes]:
    entry = {"cawg.ai_training": {"use": "notAllowed"}, "cawg.data_mining": {"use": "constrained"}}
    found = {"label": "cawg.training-mining", "data": {"entries": entry}}
    for state in ("Trusted", "Valid", "Invalid"):
        said = {"active_manifest": "a", "manifests": {"a": {"assertions": [found]}}}
        yield json.dumps(said | {"validation_state": state}).encode()


TARGETS = (
    Target(
        name="tdmrep",
        law="any octets; a no that is written decides, BadInput where it cannot be",
        once=tdm_file,
        seeds=_tdm,
    ),
    Target(name="rsl", law="any octets; one answer of a use", once=terms, seeds=_rsl),
    Target(name="html-head", law="any octets, any charset", once=page, seeds=_pages),
    Target(
        name="html-refused",
        law="what follows a refusal in a page never takes it back",
        once=refused_page,
        seeds=_pages,
        dictionary="html-head",
    ),
    Target(
        name="html-tags",
        law="any octets; tags in the order of their lines",
        once=tags_of,
        seeds=_pages,
        dictionary="html-head",
    ),
    Target(
        name="sitemap",
        law="BadInput or paths, each once, at most 200",
        once=sitemap,
        seeds=_sitemaps,
    ),
    Target(name="pdf", law="any octets; at most one statement", once=a_pdf, seeds=_pdfs),
    Target(name="epub", law="any octets; at most one statement", once=an_epub, seeds=_epubs),
    Target(name="c2pa-report", law="any octets", once=report, seeds=_reports, dictionary="json"),
)
