"""What a file or an answer is, by its content first; and why an answer is no text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from withhold.errors import BadInput
from withhold.reach.fetched import Fetched
from withhold.verbs.policy_text import (
    NotFetched,
    PolicyText,
    decoded,
    kind_of,
    of_fetched,
    open_text,
)

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"# Privacy\n\nText.", "p.md", "markdown"),
        (b"# Privacy\n\nText.", "p", "markdown"),
        (b"Privacy. Text.", "p.txt", "text"),
        (b"<!DOCTYPE html><p>Text.", "p.txt", "html"),
        (b"<!DOCTYPE html><p>Text.", "p", "html"),
        (b"Text <br> and <p>more</p>", "p.md", "markdown"),
        (b"Plain words", "p.html", "html"),
        (b"%PDF-1.7 ...", "p.html", "pdf"),
        (b"no pdf", "p.pdf", "markdown"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "p.html", None),
        (b"", "p.txt", "text"),
        ("\ufeffText".encode("utf-16-le"), "p.txt", "text"),
    ],
)
def test_what_a_file_is(data: bytes, name: str, kind: str | None) -> None:
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Für dich".encode(), "Für dich"),
        ("Für dich".encode("utf-8-sig"), "Für dich"),
        ("Für dich".encode("utf-16"), "Für dich"),
        ("Für dich".encode("cp1252"), "Für dich"),
        ("Wir nützen für dich".encode() + b"\xff", "Wir nützen für dich\ufffd"),
        ("Nothing \ufffd here".encode(), "Nothing \ufffd here"),
    ],
)
def test_texts_are_decoded(tmp_path: Path, data: bytes, text: str) -> None:
    path = tmp_path / "p.txt"
    path.write_bytes(data)
    assert open_text(path).data == text


def test_a_page_that_names_no_charset_is_decoded_and_one_that_does_is_left_to_its_reader() -> None:
    page = "<p>We don\u2019t."
    assert decoded(page.encode("cp1252"), "html") == page
    assert decoded(page.encode(), "html") == page
    named = b"<meta charset=cp1252>" + page.encode("cp1252")
    assert decoded(named, "html") == named


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("2026-08-22.md", date(2026, 8, 22)),
        ("2026-08-22 privacy.md", date(2026, 8, 22)),
        ("privacy.md", None),
        ("2026-13-01.md", None),
    ],
)
def test_the_day_seen_is_the_one_of_the_name_and_never_guessed(
    tmp_path: Path, name: str, seen: date | None
) -> None:
    path = tmp_path / name
    path.write_text("# Privacy", encoding="utf-8")
    assert open_text(path).seen == seen


def test_what_is_no_file_of_text_is_bad_input(tmp_path: Path) -> None:
    picture = tmp_path / "p.md"
    picture.write_bytes(b"\x89PNG\0\0")
    for path in (tmp_path, tmp_path / "none.md", picture):
        with pytest.raises(BadInput):
            open_text(path)


def test_a_file_that_is_too_large_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withhold.verbs.policy_text._AT_MOST", 10)
    path = tmp_path / "p.md"
    path.write_bytes(b"x" * 11)
    with pytest.raises(BadInput, match="larger"):
        open_text(path)
    path.write_bytes(b"x" * 10)
    assert open_text(path).data == "x" * 10


def fetched(**more: Any) -> Fetched:
    """An answer of a server."""
    usual = {
        "url": "https://acme.example/privacy",
        "final_url": "https://acme.example/legal/privacy",
        "on": NOW,
        "status": 200,
        "headers": (("Content-Type", "text/html; charset=iso-8859-1"),),
        "body": "<html><p>Für dich.".encode("latin-1"),
    }
    return Fetched(**usual | more)


def test_an_answer_is_a_text_with_its_day_and_both_addresses() -> None:
    text = of_fetched(fetched(), TODAY)
    assert isinstance(text, PolicyText)
    assert (text.kind, text.seen) == ("html", TODAY)
    assert (text.asked, text.url) == (
        "https://acme.example/privacy",
        "https://acme.example/legal/privacy",
    )
    assert "Für dich." in str(text.data)


@pytest.mark.parametrize("charset", ["no-such", "base64", "undefined"])
def test_a_charset_that_is_none_does_no_harm(charset: str) -> None:
    headers = (("Content-Type", f"text/plain; charset={charset}"),)
    text = of_fetched(fetched(headers=headers, body=b"Words."), TODAY)
    assert isinstance(text, PolicyText)
    assert text.data == "Words."


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"status": 403}, "blocked"),
        ({"status": 401}, "blocked"),
        ({"status": 451}, "blocked"),
        ({"status": 404}, "gone"),
        ({"status": 410}, "gone"),
        ({"status": 429}, "asked-to-wait"),
        ({"status": 0, "why": "429"}, "asked-to-wait"),
        ({"status": 503}, "server-trouble"),
        ({"status": 0, "why": "timeout"}, "not-reached"),
        ({"status": 0, "why": "robots", "detail": "line 2"}, "robots"),
        ({"status": 0, "why": "robots-unreachable"}, "robots-unreachable"),
        ({"why": "too-large"}, "too-large"),
        ({"body": b"  \n"}, "no-text"),
        ({"body": b"\x89PNG\0\0"}, "no-text"),
    ],
)
def test_a_failed_fetch_has_its_reason_and_no_text(more: dict[str, Any], why: str) -> None:
    found = of_fetched(fetched(**more), TODAY)
    assert isinstance(found, NotFetched)
    assert found.why == why
    assert found.detail
