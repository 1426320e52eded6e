"""Small EPUB and PDF files, made by zipfile, pikepdf and pypdf: not by the code under test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

import pikepdf

from tests.unit.image_files import packet

TDM = "tdm: http://www.w3.org/ns/tdmrep#"
OPF = "EPUB/package.opf"
MIMETYPE = b"application/epub+zip"
NO = '<meta property="tdm:reservation">1</meta>'
YES = '<meta property="tdm:reservation">0</meta>'
NAV = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head>'
    '<title>A book</title></head><body><nav epub:type="toc"><ol><li><a href="nav.xhtml">A book</a>'
    "</li></ol></nav></body></html>"
)
XMP_NO = packet('<rdf:Description rdf:about="" tdm:reservation="1"/>')
XMP_YES = packet('<rdf:Description rdf:about="" tdm:reservation="0"/>')


def package(metadata: str = NO, *, version: str = "3.0", prefix: str = TDM, after: str = "") -> str:
    """A package document with these elements in its metadata."""
    declared = f' prefix="{prefix}"' if prefix else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<package xmlns="http://www.idpf.org/2007/opf" version="{version}"{declared}'
        ' unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:identifier id="id">urn:x:1</dc:identifier><dc:title>A book</dc:title>'
        f"<dc:language>en</dc:language>{metadata}</metadata>"
        '<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml"'
        ' properties="nav"/></manifest><spine><itemref idref="nav"/></spine>'
        f"{after}</package>"
    )


def container(*paths: str, media: str = "application/oebps-package+xml") -> str:
    """META-INF/container.xml that names these package documents."""
    files = "".join(f'<rootfile full-path="{one}" media-type="{media}"/>' for one in paths)
    return (
        '<?xml version="1.0"?><container version="1.0"'
        ' xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        f"<rootfiles>{files}</rootfiles></container>"
    )


def archive(files: Iterable[tuple[str, str | bytes]] | Mapping[str, str | bytes]) -> bytes:
    """A ZIP of these files, deflated but for ``mimetype``."""
    out = io.BytesIO()
    pairs = files.items() if isinstance(files, Mapping) else files
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in pairs:
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            written.writestr(name, data, how)
    return out.getvalue()


def epub(document: str | bytes = "", **more: str | bytes | None) -> bytes:
    """An EPUB with this package document (one that says no); ``more``: other files, None for none.

    Names of ``more`` are ``mimetype``, ``container``, or the name of a file.
    """
    files: dict[str, str | bytes | None] = {
        "mimetype": MIMETYPE,
        "container": container(OPF),
        OPF: document or package(),
        "EPUB/nav.xhtml": NAV,
        **more,
    }
    names = {"container": "META-INF/container.xml"}
    return archive(
        {names.get(name, name): data for name, data in files.items() if data is not None}
    )


def pdf(xmp: bytes | None = XMP_NO, *, plain: bool = True, **save: Any) -> bytes:
    """A PDF of one page by pikepdf (qpdf); ``plain``: with a table and objects that lie open."""
    document = pikepdf.new()
    document.add_blank_page()
    if xmp is not None:
        document.Root.Metadata = metadata(document, xmp)
    return saved(document, plain=plain, **save)


def metadata(document: pikepdf.Pdf, xmp: bytes) -> pikepdf.Object:
    """A metadata stream in a document."""
    stream = pikepdf.Stream(document, xmp, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    return document.make_indirect(stream)


def saved(document: pikepdf.Pdf, *, plain: bool = True, **save: Any) -> bytes:
    """The bytes of a document."""
    mode = pikepdf.ObjectStreamMode
    save.setdefault("object_stream_mode", mode.disable if plain else mode.generate)
    save.setdefault("compress_streams", not plain)
    out = io.BytesIO()
    document.save(out, fix_metadata_version=False, **save)
    return out.getvalue()


def objects(*bodies: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF written by hand: objects from 1 on, a cross-reference table, a trailer."""
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % at for at in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    end = b"trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(bodies) + 1,
        trailer,
        len(out),
    )
    return out + head + table + end


def stream(data: bytes, more: bytes = b"", length: int | None = None) -> bytes:
    """A metadata stream as an object of ``objects``."""
    size = len(data) if length is None else length
    return b"<</Type/Metadata/Subtype/XML%s/Length %d>>\nstream\n%s\nendstream" % (more, size, data)
