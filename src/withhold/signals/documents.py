"""Which document a file or response is, and what it says of mining in its own metadata."""

from __future__ import annotations

from typing import Literal

from withhold.signals import epub, pdf
from withhold.signals.embedded import LIMIT, Embedded

__all__ = ["ENDINGS", "LIMIT", "Embedded", "Kind", "kind_of", "place_in", "read"]

Kind = Literal["", "epub", "pdf"]
_TYPES: dict[str, Kind] = {
    "application/epub+zip": "epub",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
}
_VAGUE = (
    *("", "application/octet-stream", "binary/octet-stream"),
    *("application/zip", "application/x-zip-compressed"),
)
_ENDINGS: dict[str, Kind] = {".epub": "epub", ".pdf": "pdf"}
ENDINGS = tuple(_ENDINGS)


def kind_of(content_type: str, name: str) -> Kind:
    """Which document it is: by its type, or by its name (a path, an address) where that is vague.

    "" for what is no document, such as the page that answers for every address.
    """
    essence = content_type[:1000].partition(";")[0].strip().lower()
    if essence not in _VAGUE:
        return _TYPES.get(essence, "")
    plain = name.lower()
    if "://" in plain:
        plain = plain.partition("#")[0].partition("?")[0]
    return next((kind for ending, kind in _ENDINGS.items() if plain.endswith(ending)), "")


def read(kind: Kind, body: bytes) -> Embedded:
    """What a document says. Any bytes will do."""
    if kind == "epub":
        return epub.read(body)
    return pdf.read(body) if kind == "pdf" else Embedded()


def place_in(kind: Kind, place: str) -> str:
    """Where in a document it says so, as reasons name it."""
    return f"{place} {epub.PLACE if kind == 'epub' else pdf.PLACE}"
