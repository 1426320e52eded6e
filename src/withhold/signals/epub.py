"""EPUB: what the package document says of mining, by TDMRep.

EPUB 3.3, OCF: ``META-INF/container.xml`` names the package document, of several the first, which
is the default rendition. TDMRep's report: in EPUB 3
``<meta property="tdm:reservation">1</meta>``, with the prefix ``tdm: http://www.w3.org/ns/tdmrep#``
declared on ``package``; in EPUB 2 ``<meta name="tdm:reservation" content="1"/>``. Both cover every
resource in the file. Only what stands in the package's own ``metadata`` and refines nothing speaks
of it; a collection inside the package has metadata of its own.

Nothing is unpacked but the two documents, each up to a limit; see ``zip_parts`` and ``plain_xml``
for what is refused.
"""

from __future__ import annotations

import re
from typing import Literal

from withhold.signals import plain_xml, zip_parts
from withhold.signals.embedded import (
    LIMIT,
    METADATA_LIMIT,
    NAMESPACES,
    Embedded,
    Note,
    Said,
    noted,
    nothing,
)
from withhold.signals.plain_xml import Element, Path

PLACE = "EPUB"

_CONTAINER = b"META-INF/container.xml"
_OCF = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_ROOTFILE = (f"{_OCF}container", f"{_OCF}rootfiles", f"{_OCF}rootfile")
_OPF = "{http://www.idpf.org/2007/opf}"
_PACKAGE = f"{_OPF}package"
_METADATA = (_PACKAGE, f"{_OPF}metadata")
_METAS = (
    (*_METADATA, f"{_OPF}meta"),
    (*_METADATA, f"{_OPF}x-metadata", f"{_OPF}meta"),  # OPF 2.0.1: deprecated
)
_PACKAGE_TYPE = "application/oebps-package+xml"
_PREFIX = re.compile(r"([^\s:]+):\s+(\S+)")
_LOCALS = ("reservation", "policy")


def read(body: bytes) -> Embedded:
    """What the bytes of an EPUB say. Any will do: of what cannot be read a note says why."""
    if not body:
        return nothing("empty")
    if len(body) > LIMIT:
        return nothing("limit-64-mib")
    listed = zip_parts.directory(body)
    if isinstance(listed, str):
        return nothing(listed)
    notes: list[Note] = [] if _is_marked(body, listed) else ["no-mimetype"]
    container, why = _part(body, listed, _CONTAINER)
    if why:
        return nothing(*notes, why)
    package, odd = _package(body, listed, container)
    notes += odd
    return _read_package(package, noted(notes)) if package else nothing(*notes)


def _is_marked(body: bytes, listed: zip_parts.Directory) -> bool:
    """Whether the file ``mimetype`` says that the archive is an EPUB (OCF ZIP container)."""
    said, _ = _part(body, listed, b"mimetype")
    return said.strip() == b"application/epub+zip"


def _part(
    body: bytes, listed: zip_parts.Directory, name: bytes
) -> tuple[bytes, Note | Literal[""]]:
    """One file of the archive, or why it cannot be had."""
    if name in listed.doubled:
        return b"", "doubled-member"
    entry = listed.entries.get(name)
    if entry is None:
        alike = any(one.lower() == name.lower() for one in listed.entries)
        return b"", "wrong-case" if alike else _absent(name)
    found = zip_parts.content(body, name, entry, METADATA_LIMIT)
    return (b"", found) if isinstance(found, str) else (found, "")


def _absent(name: bytes) -> Note:
    return "no-container" if name == _CONTAINER else "no-package"


def _package(
    body: bytes, listed: zip_parts.Directory, container: bytes
) -> tuple[bytes, list[Note]]:
    """The first package document that the container names, and what is odd about that."""
    found, broken = plain_xml.elements(container, lambda path: path == _ROOTFILE)
    if broken:
        return b"", [broken]
    paths = [
        one.attributes.get("full-path", "")
        for one in found
        if one.attributes.get("media-type", _PACKAGE_TYPE).strip() == _PACKAGE_TYPE
    ]
    if not paths:
        return b"", ["no-package"]
    notes: list[Note] = ["several-packages"] if len(paths) > 1 else []
    name = paths[0].strip()
    if ".." in name.split("/") or name.startswith("/"):  # OCF: a path below the root
        return b"", [*notes, "no-package"]
    literal = name.encode("utf-8")
    package, why = _part(body, listed, literal)
    if why == "no-package" and "%" in name:
        package, why = _part(body, listed, _decoded(literal))
    return (b"", [*notes, why]) if why else (package, notes)


def _decoded(name: bytes) -> bytes:
    """Without percent-encoding (RFC 3986, 2.1), which some write and some do not."""
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), name)


# The package document -------------------------------------------------------------------------


def _read_package(document: bytes, said: Said) -> Embedded:
    found, broken = plain_xml.elements(document, _speaks)
    if broken:
        return nothing(*said.notes, broken)
    if not found or found[0].path != (_PACKAGE,):
        return nothing(*said.notes, "not-a-package")
    package = found[0].attributes
    prefixes = dict(_PREFIX.findall(package.get("prefix", "")))
    third = package.get("version", "").strip().startswith("3")
    for one in found[1:]:
        if "property" in one.attributes:
            _by_property(one, prefixes, third, said)
        elif "name" in one.attributes:
            _by_name(one, third, said)
    return said.embedded()


def _speaks(path: Path) -> bool:
    return len(path) == 1 or path in _METAS


def _by_property(one: Element, prefixes: dict[str, str], third: bool, said: Said) -> None:
    """EPUB 3.3, The meta element: the property is a prefix and a name, the value is the text."""
    name = one.attributes["property"].strip()
    prefix, colon, local = name.partition(":")
    url = prefixes.get(prefix, "")
    odd: Note | Literal[""] = "" if third else "other-form"
    if colon and url in NAMESPACES:
        odd = odd if NAMESPACES[url] == "epub" else "other-namespace"
    elif colon and prefix == "tdm" and url:
        if local in _LOCALS:
            said.notes["other-namespace"] = None
        return
    elif colon and prefix == "tdm":
        odd = odd or "prefix-undeclared"
    elif name in ("tdm-reservation", "tdm-policy"):  # as in HTML, and in drafts of the report
        local, odd = name[4:], "other-form"
    else:
        if name.lower().replace("-", ":") in ("tdm:reservation", "tdm:policy"):
            said.notes["wrong-case"] = None
        return
    if local not in _LOCALS:
        if local.lower() in _LOCALS:
            said.notes["wrong-case"] = None
    elif "refines" in one.attributes:
        said.notes["refines"] = None
    else:
        said.add(local, one.text.strip(), odd)


def _by_name(one: Element, third: bool, said: Said) -> None:
    """EPUB 2: name and content, as in HTML; the name has no prefix that could be declared."""
    name = one.attributes["name"].strip()
    plain = name.replace("-", ":")
    if plain in ("tdm:reservation", "tdm:policy"):
        odd: Note | Literal[""] = "other-form" if third or "-" in name else ""
        said.add(plain[4:], one.attributes.get("content", "").strip(), odd)
    elif plain.lower() in ("tdm:reservation", "tdm:policy"):
        said.notes["wrong-case"] = None
