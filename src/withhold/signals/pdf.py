"""PDF: what the document's XMP says of mining, by TDMRep.

TDMRep's report: properties ``tdm:reservation`` and ``tdm:policy`` in the namespace
``http://www.w3.org/ns/tdmrep/`` speak of the whole document. Its XMP is the metadata stream of the
catalog (ISO 32000-1, 14.3.2) and no other: packets of images, pages and attached files speak of
those. In the packet only a property of the document's own description counts; the schema by which
PDF/A describes such properties (ISO 19005-1, 6.7.8) names them too, deeper, and says nothing.
"""

from __future__ import annotations

from withhold.signals import pdf_packed, pdf_plain, xmp_properties
from withhold.signals.embedded import LIMIT, NAMESPACES, Embedded, Note, Said, noted, nothing

PLACE = "XMP"

_HEAD = 1024
"""Bytes in which ``%PDF-`` is looked for, as readers do (ISO 32000-1, 7.5.2 wants it first)."""
_NOTES: dict[xmp_properties.Note, Note] = {
    "broken-xml": "not-xml",
    "dtd-refused": "doctype",
    "too-deep": "too-deep",
}
_LOCALS = ("reservation", "policy")


def read(body: bytes) -> Embedded:
    """What the bytes of a PDF say. Any will do: of what cannot be read a note says why."""
    if not body:
        return nothing("empty")
    if len(body) > LIMIT:
        return nothing("limit-64-mib")
    if b"%PDF-" not in body[:_HEAD]:
        return nothing("not-pdf")
    plain = pdf_plain.find(body)
    if plain.is_there == "not-plain":
        packed = pdf_packed.find(body)
        is_there, packet = packed.is_there, packed.packet
    else:
        is_there, packet = plain.is_there, plain.packet
    if is_there == "yes":
        return _read_packet(packet)
    return Embedded() if is_there == "none" else nothing(is_there)


def _read_packet(packet: bytes) -> Embedded:
    read_in = xmp_properties.read_properties(packet, tuple(NAMESPACES))
    said: Said = noted(_NOTES[one] for one in read_in.notes)
    for one in read_in.found:
        space, _, local = one.name[1:].rpartition("}")
        # a list is no integer: "" is read as an error of protocol, as the report has it
        if local in _LOCALS:
            odd: Note = "other-namespace"
            said.add(
                local, one.value if one.simple else "", "" if NAMESPACES[space] == "pdf" else odd
            )
        elif local.lower() in _LOCALS:
            said.notes["wrong-case"] = None
    return said.embedded()
