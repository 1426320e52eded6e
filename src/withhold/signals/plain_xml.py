"""The XML of small files that tell about others: the elements that are asked for, with their text.

Expat of the standard library reads it. A document type is refused where it begins, so that no
entity is ever declared, expanded or fetched. Depth, the number of elements kept and the length of
a text have limits; half a document says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal
from xml.parsers import expat

from msgspec import Struct

DEPTH = 64
KEPT = 10_000
"""Elements that are kept; asked for is only what a file has a few of."""
VALUE_LIMIT = 2_000

Broken = Literal["not-xml", "doctype", "too-deep", "too-many-elements"]
Path = tuple[str, ...]
"""Names from the root to an element, each ``{namespace}local``, or ``local`` without one."""


class Element(Struct):
    """An element: where it stands, its attributes by name, its own text without its children's."""

    path: Path
    attributes: dict[str, str]
    text: str = ""


class _Refused(Exception):
    def __init__(self, why: Broken) -> None:
        super().__init__(why)
        self.why: Broken = why


def elements(body: bytes, wanted: Callable[[Path], bool]) -> tuple[list[Element], Broken | None]:
    """The elements whose path is ``wanted``, in order, or why there are none. Never raises.

    The encoding is the one that the document declares, of those that expat knows.
    """
    reader = _Reader(wanted)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(body, True)
    except _Refused as refused:
        return [], refused.why
    except (expat.ExpatError, ValueError, LookupError):  # the last two: encodings unknown to it
        return [], "not-xml"
    return reader.found, None


def _refuse_document_type(*_of_it: object) -> None:
    raise _Refused("doctype")


def _clark(name: str) -> str:
    """``{namespace}local`` of what the parser writes as ``namespace}local``."""
    return f"{{{name}" if "}" in name else name


class _Reader:
    """Follows the elements; ``_open`` holds those that are kept, None for others."""

    def __init__(self, wanted: Callable[[Path], bool]) -> None:
        self.found: list[Element] = []
        self._wanted = wanted
        self._path: Path = ()
        self._open: list[Element | None] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._path) >= DEPTH:
            raise _Refused("too-deep")
        self._path = (*self._path, _clark(tag))
        one = None
        if self._wanted(self._path):
            if len(self.found) >= KEPT:
                raise _Refused("too-many-elements")
            told = {_clark(name): value[:VALUE_LIMIT] for name, value in attributes.items()}
            one = Element(self._path, told)
            self.found.append(one)
        self._open.append(one)

    def text(self, text: str) -> None:
        one = self._open[-1] if self._open else None
        if one is not None and len(one.text) < VALUE_LIMIT:
            one.text = (one.text + text)[:VALUE_LIMIT]

    def end(self, _tag: str) -> None:
        self._path = self._path[:-1]
        self._open.pop()
