"""The properties of an image in an XMP packet: its XML, read with everything dangerous refused.

Adobe's XMP specification, part 1, 7: RDF/XML of ``rdf:Description`` elements, whose properties
stand as attributes or as elements. Only what stands directly in such a description speaks of the
image; deeper (an ingredient, an earlier version) it speaks of something else and is left out.

The XML is read by expat, from the standard library, as UTF-8. A document type is refused where it
begins, so that no entity is ever declared, expanded or fetched: a bomb fails at its first line.
"""

from __future__ import annotations

from typing import Literal
from xml.parsers import expat

from msgspec import Struct

DEPTH_LIMIT = 100
VALUE_LIMIT = 2_000

Note = Literal["broken-xml", "dtd-refused", "too-deep"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TOP = f"{{{_RDF}}}RDF"
_DESCRIPTION = f"{{{_RDF}}}Description"
_VALUE = f"{{{_RDF}}}value"
_RESOURCE = f"{{{_RDF}}}resource"
_PADDING = b" \t\r\n\0"


class Property(Struct, frozen=True):
    """``name`` is ``{namespace}local``; ``simple`` is False for a list or structure: no value."""

    name: str
    value: str
    simple: bool = True


class Properties(Struct, frozen=True):
    """What a packet says of the image, in its order; nothing at all where the XML does not hold."""

    found: tuple[Property, ...] = ()
    notes: tuple[Note, ...] = ()


class _Refused(Exception):
    def __init__(self, note: Note) -> None:
        super().__init__(note)
        self.note: Note = note


def read_properties(packet: bytes, namespaces: tuple[str, ...], alike: str = "") -> Properties:
    """The properties in these namespaces. Any bytes will do; half a document says nothing.

    Those with the local name ``alike`` are given too, in whatever namespace they stand.
    """
    reader = _Reader(tuple(f"{{{one}}}" for one in namespaces), f"}}{alike}" if alike else "")
    parser = expat.ParserCreate("utf-8", "}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(packet.strip(_PADDING), True)
    except _Refused as why:
        return Properties((), (why.note,))
    except (expat.ExpatError, ValueError):
        return Properties((), ("broken-xml",))
    return Properties(tuple(reader.found))


def _refuse_document_type(*_of_it: object) -> None:
    raise _Refused("dtd-refused")


def _clark(name: str) -> str:
    """``{namespace}local`` of what the parser writes as ``namespace}local``."""
    return f"{{{name}" if "}" in name else name


class _Reader:
    """Follows the elements; ``_inside`` holds the names above, the document's own first."""

    def __init__(self, wanted: tuple[str, ...], alike: str) -> None:
        self.found: list[Property] = []
        self._wanted = wanted
        self._alike = alike
        self._inside: list[str] = []
        self._base = -1  # depth of the description of the image that is open, or -1
        self._value: list[str] | None = None  # of the property that is open
        self._length = 0
        self._has_parts = self._has_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _clark(tag)
        depth = len(self._inside)
        if depth >= DEPTH_LIMIT:
            raise _Refused("too-deep")
        told = {_clark(one): value for one, value in attributes.items()}
        if self._base < 0:
            if name == _DESCRIPTION and depth in (1, 2) and self._inside[-1] == _TOP:
                self._base = depth
                self.found += [
                    Property(one, value.strip()[:VALUE_LIMIT])
                    for one, value in told.items()
                    if self._asked_for(one)
                ]
        elif depth == self._base + 1 and self._asked_for(name):
            self._value, self._has_parts, self._has_value = [], False, _VALUE in told
            self._begin(told.get(_RESOURCE, told.get(_VALUE, "")))
        elif self._value is not None:
            # a value with qualifiers is a structure whose rdf:value is the value (part 1, 7.8)
            self._has_parts = True
            below = depth - self._base
            if name == _DESCRIPTION and below == 2 and _VALUE in told:
                self._has_value = True
                self._begin(told[_VALUE])
            elif name == _VALUE and (
                below == 2 or (below == 3 and self._inside[-1] == _DESCRIPTION)
            ):
                self._has_value = True
                self._begin(told.get(_RESOURCE, ""))
        self._inside.append(name)

    def _asked_for(self, name: str) -> bool:
        return name.startswith(self._wanted) or bool(self._alike and name.endswith(self._alike))

    def _begin(self, text: str) -> None:
        self._value = [text]
        self._length = len(text)

    def text(self, text: str) -> None:
        if self._value is None or self._length > VALUE_LIMIT:
            return
        if len(self._inside) == self._base + 2 or self._inside[-1] == _VALUE:
            self._value.append(text)
            self._length += len(text)

    def end(self, _tag: str) -> None:
        name = self._inside.pop()
        depth = len(self._inside)
        if depth == self._base:
            self._base = -1
        elif self._value is not None and depth == self._base + 1:
            value = "".join(self._value).strip()[:VALUE_LIMIT]
            self.found.append(Property(name, value, self._has_value or not self._has_parts))
            self._value = None
