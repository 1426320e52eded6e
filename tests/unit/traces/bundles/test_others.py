"""What is of others is taken out, what is of the parties stays, and it is counted."""

from __future__ import annotations

import pytest

from withhold.catalog.load import default_root
from withhold.catalog.reveals import reveal_words
from withhold.traces.bundles.others import Parties, Search, as_text, cleaned, shortened

MARKS = {
    "email": "[mail]",
    "phone": "[phone]",
    "address": "[address]",
    "iban": "[iban]",
    "name": "[name]",
    "client": "",
    "attachment": "[attachment {name} {size} {sha256}]",
    "message": "[message {name} {size} {sha256}]",
    "mail": "[reading of {sha256}]",
}
HOW = Search(
    parties=Parties(
        mails=frozenset(("ada@example.org", "privacy@support.facebook.com")),
        words=("Ada Example", "Hauptstraße 5, 80331 München", "+49 89 1234567"),
    ),
    words=reveal_words(default_root()),
    marks=MARKS,
    region="DE",
)


@pytest.mark.parametrize(
    "said",
    [
        "mallory@third.example",
        "Mallory@Third.Example",
        "m.third+tag@mail.third.example",
        "mallory%40third.example",
        "mallory [at] third.example",
        "mallory(at)third.example",
        "<mallory@third.example>",
        "mailto:mallory@third.example",
        "mällory@dritte.example",
    ],
)
def test_a_mail_address_of_a_third_person_goes(said: str) -> None:
    found = cleaned(f"please ask {said} about it", HOW)
    assert "llory" not in found.text.lower()
    assert "third" not in found.text.lower()
    assert "[mail]" in found.text
    assert found.withheld == {"email": 1}


@pytest.mark.parametrize(
    "said",
    [
        "write to ada@example.org or Privacy@support.facebook.com",
        "Message <wh-7k3q9d@withhold.invalid>",
        "drafted on (2026-03-02-letter-5c40ed.txt)",
        "since 2026-03-02T10:00:00, 41 requests, SHA-256 5c40ed274f24bfca34959959c539d889",
        "call Ada at +49 89 1234567",
    ],
)
def test_what_is_of_the_parties_or_of_nobody_stays(said: str) -> None:
    found = cleaned(said, HOW, letter=True)
    assert found.text == said
    assert found.withheld == {}


def test_numbers_of_third_persons_go() -> None:
    found = cleaned("her mobile: +49 170 5550123, thanks", HOW, letter=True)
    assert "5550123" not in found.text
    assert found.withheld == {"phone": 1}


def test_bank_accounts_go_from_letters() -> None:
    found = cleaned("IBAN DE89 3704 0044 0532 0130 00", HOW, letter=True)
    assert "0532" not in found.text
    assert "iban" in found.withheld


def test_names_of_headers_go_whole_and_in_part() -> None:
    text = "Dear Ada, Mallory Third forwarded it; MALLORY THIRD agreed. Regards, Mallory"
    found = cleaned(text, HOW, names=["Mallory Third"])
    assert "mallory" not in found.text.lower()
    assert found.withheld == {"name": 3}
    assert found.text.startswith("Dear Ada, [name] forwarded")


def test_the_owners_own_name_is_no_name_of_others() -> None:
    assert cleaned("Ada Example", HOW, names=["Ada Example"]).text == "Ada Example"


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("203.0.113.0", "203.0.113.0"),
        ("2001:db8:1234:5678::9", "2001:db8:1234::"),
        ("999.1.1.1", "999.1.1.1"),
        ("not", "not"),
    ],
)
def test_addresses_of_visitors_are_shortened(address: str, short: str) -> None:
    assert shortened(address) == short


def test_lines_of_a_log_keep_what_they_show() -> None:
    line = (
        '203.0.113.77 - - [26/Nov/2026:10:00:00 +0000] "GET /a?m=mallory%40third.example HTTP/1.1" '
        '200 512 "-" "GPTBot/1.2 Chrome/126.0.6478.127"\n'
        '2001:db8:1234:5678::9 - - [26/Nov/2026:10:00:01 +0000] "GET / HTTP/1.1" 200 5 "-" "-"\n'
    )
    found = cleaned(line, HOW, clients=True)
    assert found.withheld == {"client": 2, "email": 1}
    assert found.text.startswith("203.0.113.0 - - [26/Nov/2026:10:00:00 +0000]")
    assert "\n2001:db8:1234:: - - [" in found.text
    assert "GPTBot/1.2 Chrome/126.0.6478.127" in found.text
    assert "mallory" not in found.text


def test_long_lines_without_an_end_are_looked_through() -> None:
    """Quadratic expressions would never end here."""
    for piece in ("a.", "a@", "1.1.", "a-", "::1:", "mallory%40"):
        cleaned(piece * 30_000, HOW, clients=True)
    text = "x " * 100_000 + "mallory@third.example"
    assert "mallory" not in cleaned(text, HOW).text


def test_what_is_no_text_is_not_looked_through() -> None:
    assert as_text(b"\x89PNG\r\n\0\0") is None
    assert as_text("Grüße".encode("cp1252")) == "Grüße"
    assert as_text("Grüße".encode()) == "Grüße"
    assert as_text(bytes(range(1, 256))) is None
    assert as_text(b"x" * (8 * 2**20 + 1)) is None
