"""A letter as mail, read back by two parsers that share no code: Python's, and one in Rust.

``fast_mail_parser`` is built on the ``mailparse`` crate. What both read is what was written, and
nothing that a name or a subject holds becomes a header.
"""

from __future__ import annotations

import email
from datetime import date, datetime, timedelta, timezone
from email import policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from fast_mail_parser import parse_email
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.unit.rights.letters_made import letter, write
from withhold.catalog.rights import letter_of
from withhold.errors import BadInput
from withhold.rights.letters import Written
from withhold.rights.mail import MAILTO_LIMIT, Attached, eml, mail_address, mailto, message_id
from withhold.rights_facts import LETTER_LANGS

WHEN = datetime(2026, 11, 26, 9, 30, tzinfo=timezone(timedelta(hours=1)))
ID = "<wh-7k3q9d.object-training.20261126.1@withhold.invalid>"
HEADERS = {
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "x-unsent",
    "content-type",
    "content-transfer-encoding",
    "mime-version",
}
GIVEN: dict[str, Any] = {
    "from_name": "Jana Müller",
    "from_address": "jana@example.org",
    "to": "privacy@example.com",
    "date": WHEN,
    "message_id": ID,
}
REVIEWED = write(letter("Dear Sir or Madam,", "I object.\nÄ – 「よ」", "{signature}"))


def made(written: Written = REVIEWED, **changed: Any) -> bytes:
    """The message with some arguments changed."""
    return eml(written, **{**GIVEN, **changed})


def python(data: bytes) -> EmailMessage:
    """As Python reads it, without a defect."""
    found = email.message_from_bytes(data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    assert found.defects == []
    assert all(value.defects == () for value in found.values() if hasattr(value, "defects"))
    return found


def both(data: bytes) -> dict[str, Any]:
    """What two parsers read alike of a message: headers and text."""
    one, two = python(data), parse_email(data)
    names = {name.lower() for name in one.keys()}  # noqa: SIM118  a message is no dict
    assert names == {name.lower() for name in two.headers}
    assert len(one.keys()) == len(names)
    text = one.get_content().replace("\r\n", "\n")
    assert [part.replace("\r\n", "\n") for part in two.text_plain] == [text]
    assert two.attachments == []
    assert two.text_html == []
    assert str(one["Subject"]) == two.subject
    (sender,) = one["From"].addresses
    other = two.from_
    assert other is not None
    assert (sender.display_name, sender.addr_spec) == (other.display_name or "", other.address)
    return {
        "names": names,
        "subject": two.subject,
        "text": text,
        "name": sender.display_name,
        "from": sender.addr_spec,
        "to": [one.addr_spec for one in one["To"].addresses],
        "id": str(one["Message-ID"]).strip(),
        "date": one["Date"].datetime,
        "unsent": str(one["X-Unsent"]),
    }


def test_two_parsers_read_what_was_written() -> None:
    read = both(made())
    assert read == {
        "names": HEADERS,
        "subject": "Objection [WH-7K3Q9D]",
        "text": ("Dear Sir or Madam,\n\nI object.\nÄ – 「よ」\n\nJana Müller\njana@example.org\n"),
        "name": "Jana Müller",
        "from": "jana@example.org",
        "to": ["privacy@example.com"],
        "id": ID,
        "date": WHEN,
        "unsent": "1",
    }


def test_it_is_a_message_of_the_standard() -> None:
    data = made(replace(REVIEWED, subject="Ünder " * 60))
    assert data.isascii()
    lines = data.split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(len(line) for line in lines) <= 78
    assert made() == made()


@pytest.mark.parametrize("lang", LETTER_LANGS)
def test_a_known_letter_is_read_back_whole(lang: Any) -> None:
    known = letter_of("object-training", lang)
    assert known is not None
    it = write(known)
    read = both(made(it, unreviewed=True))
    assert (read["subject"], read["text"]) == (it.subject, it.text)


HOSTILE = [
    "Jana\r\nBcc: x@example.net",
    "Jana\nX-Evil: 1\n\nNew body",
    "Jana\rBcc: x@example.net",
    "Jana\u2028Bcc: x@example.net",
    "Jana\x85Bcc: x@example.net",
    "Jana\x00Bcc: x@example.net",
    'Jana" <x@example.net>, "Other',
    "Jana, x@example.net; y",
    "=?utf-8?q?Jana=0D=0ABcc:_x@example.net?=",
    "=?utf-8?b?SmFuYQ0KQmNjOiB4QGV4YW1wbGUubmV0?=",
    "J =?iso-8859-1?q?=0A=0A<script>?= =?utf-8?q?=0ABcc:_x@example.net?=",
    "==??utf-8?q?=0D=0ABcc:_x@example.net?=",
    "(comment) Jana \\",
    "Jana \u202emoc.live@x",
    "",
    "Ö" * 200,
    "名前 " * 50,
    "a" * 200,
    "🦉" * 99,
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_becomes_a_header_or_another_address(name: str) -> None:
    found = python(made(from_name=name))
    assert {one.lower() for one in found.keys()} == HEADERS  # noqa: SIM118
    assert [one.addr_spec for one in found["From"].addresses] == ["jana@example.org"]
    assert len(found.keys()) == len(HEADERS)
    other = parse_email(made(from_name=name))
    assert {one.lower() for one in other.headers} == HEADERS
    assert other.text_plain[0].replace("\r\n", "\n") == REVIEWED.text


LONG = ["x" * 390, "é" * 390]


@pytest.mark.parametrize("name", [*HOSTILE, *LONG], ids=range(len(HOSTILE) + 2))
def test_no_subject_becomes_a_header(name: str) -> None:
    read = both(made(replace(REVIEWED, subject=f"S {name}")))
    assert read["names"] == HEADERS
    assert read["subject"].lstrip().startswith("S")  # a long one may be folded at its beginning
    assert read["text"] == REVIEWED.text


@given(name=st.text(max_size=60), subject=st.text(max_size=90), text=st.text(max_size=200))
def test_whatever_is_typed_the_message_has_its_headers_and_no_other(
    name: str, subject: str, text: str
) -> None:
    it = write(letter("{own_words}!", "{signature}"), own_words=f"x{text}", name=f"N {name}")
    data = made(replace(it, subject=subject), from_name=name)
    found = python(data)
    assert {one.lower() for one in found.keys()} == HEADERS  # noqa: SIM118
    assert found.get_content().replace("\r\n", "\n") == it.text
    assert [one.addr_spec for one in found["From"].addresses] == ["jana@example.org"]
    assert [one.addr_spec for one in found["To"].addresses] == ["privacy@example.com"]
    assert {one.lower() for one in parse_email(data).headers} == HEADERS


@pytest.mark.parametrize(
    "address",
    [
        "",
        "jana",
        "jana@",
        "@example.org",
        "jana@example",
        "jana@@example.org",
        "jana@example.org\r\nBcc: x@example.net",
        "jana@example.org, x@example.net",
        "Jana <jana@example.org>",
        "jana@exämple.org",
        "jäna@example.org",
        "jana @example.org",
        "jana..m@example.org",
        ".jana@example.org",
        "jana@example.org\x00",
        "jana@example..org",
        "jana@" + "a" * 64 + ".org",
        "a" * 65 + "@example.org",
        "jana?subject=x@example.org&bcc=y",
        "x" * 100_000,
    ],
)
@pytest.mark.parametrize("field", ["from_address", "to", "reply_to"])
def test_what_is_no_address_is_refused(address: str, field: str) -> None:
    if field == "reply_to" and not address:
        return
    with pytest.raises(BadInput, match="is no e-mail address") as refused:
        made(**{field: address})
    assert len(refused.value.message) < 120
    assert "\n" not in refused.value.message


@pytest.mark.parametrize(
    "address",
    ["a@example.org", "a.b+c@sub.example.org", "o'hara@x.example", "a@xn--exmple-cua.org"],
)
def test_what_is_an_address_is_kept(address: str) -> None:
    assert mail_address(f" {address} ") == address
    assert both(made(from_address=address))["from"] == address


def test_an_answer_names_what_it_answers_and_where_to_answer() -> None:
    found = python(made(answers="<abc.1@mail.example>", reply_to="other@example.org"))
    assert str(found["In-Reply-To"]).strip() == "<abc.1@mail.example>"
    assert str(found["References"]).strip() == "<abc.1@mail.example>"
    assert [one.addr_spec for one in found["Reply-To"].addresses] == ["other@example.org"]


@pytest.mark.parametrize(
    "bad",
    ["", "abc", "<a>", "<a@b>\r\nBcc: x@y.example", "<a b@c>", "<@>", "<" + "a" * 300 + "@b>"],
)
def test_what_is_no_message_id_is_refused(bad: str) -> None:
    with pytest.raises(BadInput, match="is no Message-ID"):
        made(message_id=bad)
    if bad:
        with pytest.raises(BadInput, match="is no Message-ID"):
            made(answers=bad)


def test_a_message_id_is_the_same_for_the_same_letter_and_another_for_another() -> None:
    on = date(2026, 11, 26)
    assert message_id("WH-7K3Q9D", "object-training", on) == ID
    others = {
        message_id("WH-7K3Q9E", "object-training", on),
        message_id("WH-7K3Q9D", "reminder", on),
        message_id("WH-7K3Q9D", "object-training", date(2026, 11, 27)),
        message_id("WH-7K3Q9D", "object-training", on, 2),
        message_id("WH-7K3Q9D", "object-training", on, domain="example.org"),
    }
    assert len(others - {ID}) == 5
    hostile = message_id("WH>\r\nBcc: x@y", "<>", on)
    assert hostile == "<wh-bcc-x-y.20261126.1@withhold.invalid>"
    with pytest.raises(BadInput, match="is no Message-ID"):
        message_id("WH-1", "x", on, domain="a b")


def test_a_date_without_zone_is_refused() -> None:
    with pytest.raises(BadInput, match="has no zone"):
        made(date=datetime(2026, 11, 26, 9, 30))  # noqa: DTZ001


# Attachments --------------------------------------------------------------------------------------


def files(data: bytes) -> list[tuple[str, str, bytes]]:
    """Name, media type and bytes of each attachment, as both parsers read them."""
    found = [
        (str(one.get_filename()), one.get_content_type(), one.get_content())
        for one in python(data).iter_attachments()
    ]
    others = [
        (one.filename, one.mimetype, bytes(one.content)) for one in parse_email(data).attachments
    ]
    assert others == found
    return found


def test_an_attachment_is_read_back_byte_for_byte() -> None:
    every = bytes(range(256)) * 300
    data = made(
        attached=(
            Attached(name="Brief vom 1. März.pdf", data=every, media_type="application/pdf"),
            Attached(
                name="answer.eml",
                data=b"From: x\nSubject: y\n\n--=_\n",
                media_type="message/rfc822",
            ),
            Attached(name="empty", data=b""),
        )
    )
    assert files(data) == [
        ("Brief vom 1. März.pdf", "application/pdf", every),
        ("answer.eml", "application/octet-stream", b"From: x\nSubject: y\n\n--=_\n"),
        ("empty", "application/octet-stream", b""),
    ]
    assert [one.replace("\r\n", "\n") for one in parse_email(data).text_plain] == [REVIEWED.text]
    assert data == made(
        attached=[
            Attached(name="Brief vom 1. März.pdf", data=every, media_type="application/pdf"),
            Attached(name="answer.eml", data=b"From: x\nSubject: y\n\n--=_\n"),
            Attached(name="empty", data=b""),
        ]
    )


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_of_a_file_becomes_a_header_or_a_path(name: str) -> None:
    data = made(attached=[Attached(name=f"../{name[:110]}/..", data=b"x")])
    found = python(data)
    assert {one.lower() for one in found.keys()} == HEADERS - {"content-transfer-encoding"}  # noqa: SIM118
    (part,) = found.iter_attachments()
    assert {one.lower() for one in part.keys()} == {  # noqa: SIM118
        "content-type",
        "content-transfer-encoding",
        "content-disposition",
        "mime-version",
    }
    shown = str(part.get_filename())
    assert shown
    assert not set(shown) & set('/\\:"<>\r\n')
    assert not shown.startswith(".")


@pytest.mark.parametrize(
    "media_type", ["", "pdf", "multipart/mixed", "a/b\r\nBcc: x@y.example", "a/b; name=x", "A/B"]
)
def test_what_is_no_media_type_is_refused(media_type: str) -> None:
    with pytest.raises(BadInput, match="has no media type"):
        made(attached=[Attached(name="x", data=b"x", media_type=media_type)])


def test_attachments_that_no_service_takes_are_refused() -> None:
    half = Attached(name="x", data=bytes(10_000_001))
    with pytest.raises(BadInput, match="have 20 MB, a message takes 20"):
        made(attached=[half, half])


# Not reviewed -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["draft", "machine"])
def test_what_nobody_reviewed_is_no_mail_unless_it_was_read(status: Any) -> None:
    it = write(letter("I object.", status=status, by=""))
    for ask in (lambda: made(it), lambda: mailto(it, "privacy@example.com")):
        with pytest.raises(BadInput, match=f"is a {status} that nobody has reviewed"):
            ask()
    assert it.banner
    assert both(made(it, unreviewed=True))["text"] == "I object.\n"
    assert "banner" not in mailto(it, "privacy@example.com", unreviewed=True)


# Links --------------------------------------------------------------------------------------------


def test_a_link_holds_the_address_the_subject_and_the_text() -> None:
    it = replace(REVIEWED, subject="A & B? 100% [WH-7K3Q9D] ü")
    link = mailto(it, "o'hara+x@example.com")
    parts = urlsplit(link)
    assert link.isascii()
    assert parts.scheme == "mailto"
    assert unquote(parts.path) == "o'hara+x@example.com"
    fields = parse_qs(parts.query, strict_parsing=True)
    assert fields == {
        "subject": ["A & B? 100% [WH-7K3Q9D] ü"],
        "body": [REVIEWED.text.replace("\n", "\r\n")],
    }
    assert "+" not in parts.query  # RFC 6068: a space is %20, a plus is a plus


@given(st.text(max_size=60))
def test_no_text_adds_a_field_to_a_link(text: str) -> None:
    it = write(letter("{own_words}!"), own_words=f"x{text}")
    link = mailto(replace(it, subject=text), "a@example.com")
    assert [one.partition("=")[0] for one in urlsplit(link).query.split("&")] == ["subject", "body"]
    body = parse_qs(urlsplit(link).query, keep_blank_values=True)["body"]
    assert body == [it.text.replace("\n", "\r\n")]


def test_a_link_that_a_program_would_cut_is_refused() -> None:
    assert MAILTO_LIMIT < 8191
    room = MAILTO_LIMIT - len(mailto(replace(REVIEWED, paragraphs=("",)), "a@example.com"))
    fits = replace(REVIEWED, paragraphs=("x" * room,))
    assert len(mailto(fits, "a@example.com")) == MAILTO_LIMIT
    with pytest.raises(BadInput, match=r"too long for a mail link \(8001 characters"):
        mailto(replace(REVIEWED, paragraphs=("x" * (room + 1),)), "a@example.com")
