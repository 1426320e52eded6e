"""A mail is given away as it came, or as a reading in which nothing is of third persons."""

from __future__ import annotations

import base64
import hashlib
from email.message import EmailMessage

import pytest

from tests.unit.traces.bundles.test_others import HOW
from withhold.traces.bundles import mails
from withhold.traces.bundles.mails import others_named, reading


def mail(text: str = "We will honour your objection.", **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Privacy Operations <privacy@support.facebook.com>"
    made["To"] = "Ada Example <ada@example.org>"
    made["Subject"] = "Re: Objection [WH-7K3Q9D]"
    made["Message-ID"] = "<answer-1@support.facebook.com>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def test_a_mail_between_the_parties_stays_octet_by_octet() -> None:
    data = mail().as_bytes()
    found = reading(data, HOW)
    assert found.whole
    assert found.data == data
    assert found.withheld == {}


@pytest.mark.parametrize(
    "made",
    [
        mail(Cc="Mallory Third <mallory@third.example>"),
        mail(Cc="=?utf-8?b?TWFsbG9yeSBUaGlyZA==?= <mallory@third.example>"),
        mail(Received="from mail (mallory@third.example) by mx; Wed, 18 Mar 2026"),
        mail(X_Forwarded_For="mallory@third.example"),
        mail("Mallory Third (mallory@third.example) asked for the same. – ö"),
        mail("Mallory, mallory@third.example, says so: " + "ö" * 80),
    ],
    ids=["cc", "encoded", "received", "other header", "8bit", "quoted-printable"],
)
def test_third_persons_are_not_in_what_is_given_away(made: EmailMessage) -> None:
    data = made.as_bytes()
    found = reading(data, HOW)
    assert not found.whole
    for word in (b"mallory@", b"third.example", b"TWFsbG9yeS", b"bWFsbG9yeU"):
        assert word not in found.data
    assert found.withheld
    assert hashlib.sha256(data).hexdigest().encode() in found.data
    assert b"Privacy Operations <privacy@support.facebook.com>" in found.data


def test_names_in_headers_go_from_the_words_too() -> None:
    made = mail("Your neighbour Mallory agreed.", Cc="Mallory Third <mallory@third.example>")
    found = reading(made.as_bytes(), HOW)
    assert b"Mallory" not in found.data
    assert b"Your neighbour [name] agreed." in found.data
    assert found.withheld == {"email": 1, "name": 2}
    assert others_named(made.as_bytes(), HOW) == ["Mallory Third"]


def test_what_is_packed_in_base64_is_looked_through() -> None:
    body = base64.encodebytes(b"Ask mallory@third.example, please")
    head = b"From: privacy@support.facebook.com\r\nContent-Type: text/plain; charset=utf-8\r\n"
    data = head + b"Content-Transfer-Encoding: base64\r\n\r\n" + body
    found = reading(data, HOW)
    assert not found.whole
    assert b"Ask [mail], please" in found.data


def test_what_is_too_long_to_be_looked_through_is_not_given_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mails, "MOST_SEARCHED", 4_000)
    body = base64.encodebytes(b"x " * 3_000 + b"Ask mallory@third.example, please")
    head = b"From: privacy@support.facebook.com\r\nContent-Type: text/plain; charset=utf-8\r\n"
    data = head + b"Content-Transfer-Encoding: base64\r\n\r\n" + body
    found = reading(data, HOW)
    assert not found.whole
    assert found.withheld == {"attachment": 1}
    assert b"x x x" not in found.data
    assert b"mallory" not in found.data


def test_attachments_are_named_by_their_digest() -> None:
    made = mail()
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="answer.pdf")
    found = reading(made.as_bytes(), HOW)
    digest = hashlib.sha256(b"%PDF-1.7").hexdigest()
    assert f"[attachment answer.pdf 8 {digest}]".encode() in found.data
    assert found.withheld == {"attachment": 1}


def test_a_message_of_somebody_else_inside_is_withheld() -> None:
    other = EmailMessage()
    other["From"] = "Mallory Third <mallory@third.example>"
    other.set_content("Private words of Mallory's")
    made = mail()
    made.add_attachment(other)
    found = reading(made.as_bytes(), HOW)
    assert b"Private words" not in found.data
    assert found.withheld["message"] == 1


def test_a_page_beside_the_text_hides_nothing() -> None:
    made = mail("We will honour it.")
    made.add_alternative('<p>We will.</p><a href="mailto:mallory@third.example">x</a>', "html")
    found = reading(made.as_bytes(), HOW)
    assert not found.whole
    assert b"mallory" not in found.data
    assert b"We will honour it." in found.data


@pytest.mark.parametrize("data", [b"", b"\n", b"no mail at all", b"\xff" * 100, b"From: \n\n"])
def test_what_is_hardly_a_mail_is_read_without_trouble(data: bytes) -> None:
    assert reading(data, HOW).withheld == {}
