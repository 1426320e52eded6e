"""Short ways to the passages of a text, for tests."""

from __future__ import annotations

from withhold.policies.document import Document
from withhold.policies.passage import Passage
from withhold.policies.passages import document_of


def texts(document: Document, kind: str = "") -> list[str]:
    """The texts of the passages of a kind, or of all."""
    return [one.text for one in document.passages if kind in ("", one.kind)]


def passage(text: str, of: str, format: str = "markdown") -> Passage:
    """The passage with this text."""
    found = [one for one in document_of(of, format).passages if one.text == text]
    assert found, texts(document_of(of, format))
    return found[0]
