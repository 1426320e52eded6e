"""PDF to passages, by files made here."""

from __future__ import annotations

import io
import sys
import zlib

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.unit.policies.passages_of import texts
from withhold.errors import MissingExtra
from withhold.policies import pdf_text
from withhold.policies.passages import document_of


def _pdf(*pages: list[str], encrypt: str = "") -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt=encrypt or None)
    for lines in pages:
        for at, line in enumerate(lines):
            canvas.drawString(60, 780 - 16 * at, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _page(number: int) -> list[str]:
    return [
        "Acme Inc. - Terms",
        f"{number}. Part",
        f"Page {number} says that we use what you post to train our mo-",
        "dels, and that you may say no.",
        f"{number} of 4",
    ]


def test_pages_become_passages_without_their_margins() -> None:
    document = document_of(_pdf(*map(_page, (1, 2, 3, 4))), "pdf")
    assert texts(document, "paragraph") == [
        f"Page {n} says that we use what you post to train our models, and that you may say no."
        for n in (1, 2, 3, 4)
    ]
    assert texts(document, "heading") == ["1. Part", "2. Part", "3. Part", "4. Part"]
    assert (document.notes, document.lang) == ((), "en")


def test_a_page_of_a_picture_is_told() -> None:
    document = document_of(_pdf([]), "pdf")
    assert document.notes == ("pages-unread", "empty")


def test_an_encrypted_file_is_told() -> None:
    assert document_of(_pdf(["We say so."], encrypt="secret"), "pdf").notes == (
        "encrypted",
        "empty",
    )


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.4 junk" * 1000, b"\x00" * 100])
def test_what_is_no_pdf_is_damaged(data: bytes) -> None:
    assert document_of(data, "pdf").notes == ("damaged", "empty")


def test_every_cut_of_a_file_is_read_or_told() -> None:
    whole = _pdf(_page(1))
    for end in range(0, len(whole), 97):
        document = document_of(whole[:end], "pdf")
        assert document.passages or "empty" in document.notes


def test_a_bomb_is_told_and_not_unpacked() -> None:
    """A page whose drawing unpacks to 200 MB."""
    packed = zlib.compress(b"0 0 m " * 35_000_000, 9)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(packed), packed),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % one for one in places)
    out += b"xref\n0 5\n0000000000 65535 f \n" + table
    out += b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % out.index(b"xref\n0")
    assert document_of(out, "pdf").notes == ("pages-unread", "empty")


def test_more_pages_than_are_read_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_text, "PAGES", 2)
    document = document_of(_pdf(*map(_page, (1, 2, 3))), "pdf")
    assert document.notes == ("cut",)
    assert "Page 3" not in " ".join(texts(document))
    monkeypatch.setattr(pdf_text, "LONGEST_FILE", 100)
    assert document_of(_pdf(_page(1)), "pdf").notes == ("cut", "empty")


def test_without_pypdf_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(MissingExtra, match="PDF") as told:
        document_of(b"%PDF-1.4", "pdf")
    assert told.value.tip == 'pip install "withhold[policies]"'


def test_letters_as_a_typesetter_writes_them_are_the_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A sign for two letters, an accent of its own: the words of training were not seen in them."""
    set_so = "We use your pro\ufb01le to \ufb01ne-tune our AI, fu\u0308r Beitra\u0308-\nge."
    monkeypatch.setattr(pdf_text, "_page", lambda _: set_so)
    (passage,) = document_of(_pdf(["any"]), "pdf").passages
    assert passage.text == "We use your profile to fine-tune our AI, für Beiträge."
