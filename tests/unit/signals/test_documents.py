"""Which document a response or file is, and that each goes to its own reader."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from tests.unit.document_files import epub, pdf

from withhold.catalog.sentences import load_sentences
from withhold.signals import documents, embedded
from withhold.verdict import Reason


@pytest.mark.parametrize(
    ("content_type", "name", "kind"),
    [
        ("application/epub+zip", "https://a.example/book", "epub"),
        ("application/pdf", "https://a.example/paper?id=1", "pdf"),
        ("Application/PDF; version=1.7", "https://a.example/x", "pdf"),
        (" application/epub+zip ;charset=utf-8", "https://a.example/x.pdf", "epub"),
        ("application/x-pdf", "x", "pdf"),
        ("", "a/b.epub", "epub"),
        ("", "a/B.PDF", "pdf"),
        ("", "https://a.example/b.pdf?download=1#page=2", "pdf"),
        ("", "https://a.example/?file=b.pdf", ""),
        ("", "a/b#1.pdf", "pdf"),
        ("application/octet-stream", "https://a.example/b.epub", "epub"),
        ("application/zip", "https://a.example/b.epub", "epub"),
        ("application/octet-stream", "https://a.example/b", ""),
        # the page that a server sends instead of what was asked for is what it says it is
        ("text/html", "https://a.example/b.pdf", ""),
        ("text/html; charset=utf-8", "https://a.example/b.epub", ""),
        ("application/pdfx", "x", ""),
        ("x" * 100_000, "a.pdf", ""),
        ("", "", ""),
        ("", "epub", ""),
    ],
)
def test_kind_of(content_type: str, name: str, kind: str) -> None:
    assert documents.kind_of(content_type, name) == kind


def test_each_has_its_reader() -> None:
    no = (("tdm:reservation", "1"),)
    assert documents.read("epub", epub()).tdm == no
    assert documents.read("pdf", pdf()).tdm == no
    assert documents.read("pdf", epub()).notes == ("not-pdf",)
    assert documents.read("epub", pdf()).notes == ("not-zip",)
    assert documents.read("", pdf()) == embedded.Embedded()
    assert documents.place_in("epub", "a.epub") == "a.epub EPUB"
    assert documents.place_in("pdf", "a.pdf") == "a.pdf XMP"


@pytest.mark.parametrize("lang", ["en", "de"])
def test_every_note_has_its_sentence(lang: str, root: Path) -> None:
    said = load_sentences(root, lang)  # type: ignore[arg-type]
    codes = [one for part in get_args(embedded.Note) for one in (get_args(part) or (part,))]
    assert len(codes) > 20
    for code in codes:
        assert "a.pdf" in said.say(Reason(code=f"document-{code}", facts={"where": "a.pdf"}))


def test_what_was_not_read_is_never_a_no() -> None:
    for note in get_args(embedded.Unread):
        found = embedded.Embedded(notes=(note,))
        (one,) = found.statements(place="a.pdf XMP")
        assert (one.allowed, one.why, one.text) == (None, "unreadable", note)
    for note in ("no-mimetype", "said-twice", "refines"):
        assert embedded.Embedded(notes=(note,)).statements() == []  # type: ignore[arg-type]
