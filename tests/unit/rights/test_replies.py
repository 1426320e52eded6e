"""Messages are read whatever state they are in: text, attachments, dates, marks of machines."""

from __future__ import annotations

import base64
import hashlib
import mailbox
import quopri
import tracemalloc
from datetime import UTC, date, datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rights.mails import HEAD, mail, one, parts
from withhold.rights.mail_text import file_name, of_html, without_quotes
from withhold.rights.replies import messages

# One message --------------------------------------------------------------------------------------


def test_a_plain_answer_is_read_as_it_stands() -> None:
    got = one(
        mail("We agree.\n", "In-Reply-To: <ours-1@mail>\nReferences: <a@b.c> <ours-1@mail>\n")
    )
    assert got.message_id == "answer-1@acme.example"
    assert got.in_reply_to == ("ours-1@mail",)
    assert got.references == ("a@b.c", "ours-1@mail")
    assert (got.from_address, got.from_domain) == ("privacy@acme.example", "acme.example")
    assert got.subject == "Re: Objection WH-7K3Q9D"
    assert got.sent == datetime(2026, 11, 3, 10, 15, tzinfo=timezone(timedelta(hours=1)))
    assert got.day == date(2026, 11, 3)
    assert got.text == got.new_text == "We agree."
    assert (got.attachments, got.automatic, got.bounce, got.trouble) == ((), "", None, ())


@pytest.mark.parametrize(
    ("said", "sent", "day", "trouble"),
    [
        ("Tue, 3 Nov 2026 23:30:00 -0800", "2026-11-04T07:30", "2026-11-03", ()),
        ("Tue, 3 Nov 2026 10:15:00 GMT", "2026-11-03T10:15", "2026-11-03", ()),
        ("3 Nov 2026 10:15:00", "", "2026-11-03", ("no-zone",)),
        ("Tue, 3 Nov 2026 10:15:00 -0000", "", "2026-11-03", ("no-zone",)),
        ("yesterday, I think", "", "", ("date-unreadable",)),
        ("Tue, 33 Nov 2026 10:15:00 +0100", "", "", ("date-unreadable",)),
        ("Tue, 3 Nov 1066 10:15:00 +0100", "", "", ("date-unreadable",)),
        ("Tue, 3 Nov 99999 10:15:00 +0100", "", "", ("date-unreadable",)),
        ("", "", "", ("no-date",)),
    ],
)
def test_a_date_without_a_zone_is_a_day(
    said: str, sent: str, day: str, trouble: tuple[str, ...]
) -> None:
    base = HEAD.replace("Date: Tue, 3 Nov 2026 10:15:00 +0100\n", f"Date: {said}\n" if said else "")
    got = one(mail(base=base))
    want = datetime.fromisoformat(sent).replace(tzinfo=UTC) if sent else None
    assert got.sent == want
    assert got.day == (date.fromisoformat(day) if day else None)
    assert got.trouble == trouble


@pytest.mark.parametrize(
    ("said", "address", "domain"),
    [
        ("privacy@ACME.example", "privacy@acme.example", "acme.example"),
        ('"evil@other.example" <privacy@acme.example>', "privacy@acme.example", "acme.example"),
        # an encoded word cannot smuggle an address in: it is only a name
        (
            "=?utf-8?q?privacy=40acme=2Eexample?= <x@other.example>",
            "x@other.example",
            "other.example",
        ),
        ("Datenschutz <ds@müller.example>", "ds@müller.example", "xn--mller-kva.example"),
        ("undisclosed", "", ""),
        ("<@>", "", ""),
        ("(" * 1500 + "a@b.example", "", ""),
    ],
)
def test_the_sender_is_the_address_and_never_the_name(said: str, address: str, domain: str) -> None:
    got = one(mail(base=HEAD.replace("Privacy <privacy@acme.example>", said)))
    if address:
        assert (got.from_address, got.from_domain) == (address, domain)
    else:
        assert got.from_domain == ""


def test_a_subject_in_bare_octets_is_read() -> None:
    base = HEAD.replace("Re: Objection WH-7K3Q9D", "Ihr Widerspruch – geprüft")
    assert one(mail(base=base)).subject == "Ihr Widerspruch – geprüft"
    octets = mail(base=base).replace("–".encode(), b"-").replace("ü".encode(), b"\xfc")
    assert one(octets).subject == "Ihr Widerspruch - geprüft"


def test_headers_are_bounded_and_hold_nothing_hidden() -> None:
    hostile = "=?utf-8?q?Re=3A_ok=0D=0ABcc=3A_evil=40x=2Ey_=E2=80=AEgnp=2Eexe_=1B[31m?="
    got = one(mail(base=HEAD.replace("Re: Objection WH-7K3Q9D", hostile)))
    assert got.subject == "Re: ok Bcc: evil@x.y gnp.exe [31m"
    long = one(mail(base=HEAD.replace("Re: Objection WH-7K3Q9D", "x" * 100_000)))
    assert len(long.subject) == 300
    assert long.subject.endswith("…")


def test_a_thread_of_thousands_keeps_the_nearest() -> None:
    ids = " ".join(f"<{number}@mail.example>" for number in range(500))
    got = one(mail(head=f"References: {ids}\n"))
    assert len(got.references) == 100
    assert got.references[-1] == "499@mail.example"


# Text ---------------------------------------------------------------------------------------------


def test_html_alone_is_read_without_its_scripts() -> None:
    html = (
        "<html><head><title>t</title><style>p{color:red}</style></head><body><p>We&nbsp;agree."
        "<script>steal('</p>')</script><br>Your data is out.</p><!-- hidden --><p>Yours<a"
        ' href="https://x.example">, Acme</a></p></body></html>'
    )
    got = one(mail(html, 'Content-Type: text/html; charset="utf-8"\n'))
    assert got.text == "We agree.\nYour data is out.\n\nYours, Acme"
    assert got.trouble == ("only-html",)


def test_a_head_that_nobody_closed_takes_no_letter_with_it() -> None:
    html = "<html><head><title>t</title><style>p{color:red}</style><body><p>We agree.</p></html>"
    assert one(mail(html, "Content-Type: text/html\n")).text == "We agree."


def test_of_two_forms_the_plain_one_is_read() -> None:
    got = one(
        parts(
            "Content-Type: text/plain; charset=utf-8\n\nWir stimmen zu, Gruß",
            "Content-Type: text/html\n\n<p>Wir stimmen zu, <b>Gru&szlig;</b></p>",
            kind="alternative",
        )
    )
    assert got.text == "Wir stimmen zu, Gruß"
    assert (got.attachments, got.trouble) == ((), ())


def test_a_plain_part_that_only_points_to_the_html_is_passed_over() -> None:
    letter = "We have looked at your objection with care. " * 10
    got = one(
        parts(
            "Content-Type: text/plain\n\nPlease view in HTML.",
            f"Content-Type: text/html\n\n<p>{letter}</p>",
            kind="alternative",
        )
    )
    assert got.text == letter.strip()


@pytest.mark.parametrize(
    ("charset", "packed", "trouble"),
    [
        ("iso-8859-1", "Grüße".encode("latin-1"), ()),
        ("utf-8", "Grüße".encode(), ()),
        ("windows-1252", "Grüße".encode("cp1252"), ()),
        ("x-none-such", "Grüße".encode(), ("charset-unknown",)),
        ("unicode_escape", "Grüße".encode(), ("charset-unknown",)),
        ("hex", "Grüße".encode(), ("charset-unknown",)),
        ("us-ascii", "Grüße".encode("latin-1"), ()),
    ],
)
def test_charsets(charset: str, packed: bytes, trouble: tuple[str, ...]) -> None:
    head = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n"
    got = one(mail(base64.encodebytes(packed).decode(), head))
    assert got.text == "Grüße"
    assert got.trouble == trouble


def test_quoted_printable() -> None:
    head = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n"
    assert one(mail("Gr=C3=BC=C3=9Fe an =\nSie=20\n", head)).text == "Grüße an Sie"


def test_an_encrypted_answer_says_so() -> None:
    got = one(
        parts(
            "Content-Type: application/pgp-encrypted\n\nVersion: 1",
            "Content-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP-----",
            kind="encrypted",
        )
    )
    assert got.text == ""
    assert got.trouble == ("encrypted",)
    assert [one.name for one in got.attachments] == ["attachment", "encrypted.asc"]


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("Yes.\n\nOn Mon, 2 Nov 2026 at 09:00, Mara <m@x.y> wrote:\n> I object.\n", "Yes."),
        ("Yes.\n\nOn Mon, 2 Nov 2026 at 09:00, Mara Kowalski\n<m@x.y> wrote:\n> I object.", "Yes."),
        ("> I object.\n\nYes.", "Yes."),
        ("On 2 Nov 2026, Mara wrote:\n> I object.\n\nYes.", "Yes."),
        ("Ja.\n\nAm 02.11.2026 um 09:00 schrieb Mara <m@x.y>:\n> Ich widerspreche.", "Ja."),
        ("Ja.\n\nAm 02.11.2026 um 09:00 schrieb Mara:\n\nIch widerspreche.", "Ja."),
        ("Oui.\n\nLe lun. 2 nov. 2026 à 09:00, Mara <m@x.y> a écrit :\n> Je m'oppose.", "Oui."),
        ("Sí.\n\nEl lun, 2 nov 2026 a las 9:00, Mara (<m@x.y>) escribió:\n> Me opongo.", "Sí."),
        ("Yes.\n\n-----Original Message-----\nFrom: Mara\nI object.", "Yes."),
        ("Ja.\n\n-----Ursprüngliche Nachricht-----\nVon: Mara\nIch widerspreche.", "Ja."),
        ("Oui.\n\n-----Message d'origine-----\nDe : Mara\nJe m'oppose.", "Oui."),
        ("Sí.\n\n-----Mensaje original-----\nDe: Mara\nMe opongo.", "Sí."),
        ("Yes.\n\nFrom: Mara\nSent: Monday\nTo: Privacy\nSubject: x\n\nI object.", "Yes."),
        ("Ja.\n\n*Von:* Mara\n*Gesendet:* Montag\n*An:* Acme\n\nIch widerspreche.", "Ja."),
        ("Oui.\n\nDe : Mara\nEnvoyé : lundi\nÀ : Acme\n\nJe m'oppose.", "Oui."),
        ("Sí.\n\nDe: Mara\nEnviado: lunes\nPara: Acme\n\nMe opongo.", "Sí."),
        ("##- Please type your reply above this line -##\n\nYes.", "Yes."),
        ("Yes.\n-- \nAcme, not monitored", "Yes."),
        ("We got it.\n\nYour message:\nI object.", "We got it."),
        ("Eingegangen.\n\nIhre Nachricht:\nIch widerspreche.", "Eingegangen."),
        ("Your request: granted.\nBye", "Your request: granted.\nBye"),
        # what only looks like it stays
        ("From: May\nwe stop.", "From: May\nwe stop."),
        ("On Monday we stop.\nYou wrote to us.", "On Monday we stop.\nYou wrote to us."),
    ],
)
def test_what_was_quoted_is_left_out(text: str, new: str) -> None:
    assert without_quotes(text) == new


def test_quotes_of_html_mail_are_known() -> None:
    html = (
        "<div>Yes.</div><div class='gmail_quote'><div>On Monday Mara wrote:</div><blockquote>I "
        "object.</blockquote></div>"
    )
    assert without_quotes(of_html(html)) == "Yes."


# Attachments --------------------------------------------------------------------------------------


def test_attachments_are_hashed_as_they_were_before_packing() -> None:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "p@acme.example", "x"
    letter.set_content("See the letter.")
    pdf, note = bytes(range(256)) * 1000, "Ünïcode\nlines\n".encode()
    letter.add_attachment(pdf, maintype="application", subtype="pdf", filename="Bescheid ü.pdf")
    letter.add_attachment(note, maintype="text", subtype="csv", filename="../../etc/passwd")
    got = one(letter.as_bytes(policy=SMTP))
    assert got.text == "See the letter."
    assert [(one.name, one.size, one.sha256, one.kind) for one in got.attachments] == [
        ("Bescheid ü.pdf", len(pdf), hashlib.sha256(pdf).hexdigest(), "application/pdf"),
        ("passwd", len(note), hashlib.sha256(note).hexdigest(), "text/csv"),
    ]


@pytest.mark.parametrize("packing", ["base64", "quoted-printable", "8bit"])
def test_every_packing_gives_the_same_hash(packing: str) -> None:
    content = b"".join(b"line %d with = and caf\xc3\xa9\n" % number for number in range(30_000))
    plain = content.removesuffix(b"\n")
    packed = {
        "base64": base64.encodebytes(plain),
        "quoted-printable": quopri.encodestring(plain),
        "8bit": plain,
    }[packing]
    head = (
        f"{HEAD}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b0\n\n--b0\n"
        "Content-Type: application/x-list\nContent-Disposition: attachment; filename=a.txt\n"
        f"Content-Transfer-Encoding: {packing}\n\n"
    )
    got = one(head.encode() + packed + b"\n--b0--\n")
    assert got.attachments[0].sha256 == hashlib.sha256(plain).hexdigest()
    assert got.attachments[0].size == len(plain)


def test_fifty_megabytes_are_hashed_in_pieces() -> None:
    octet = base64.b64encode(bytes(57)) + b"\n"
    lines = 50 * 1024 * 1024 // 57
    head = (
        f"{HEAD}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b0\n\n"
        "--b0\nContent-Type: text/plain\n\nSee the video.\n"
        "--b0\nContent-Type: video/mp4; name=v.mp4\nContent-Transfer-Encoding: base64\n\n"
    )
    body = head.encode() + octet * lines + b"--b0--\n"
    tracemalloc.start()
    got = one(body)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert got.text == "See the video."
    assert got.attachments[0].size == 57 * lines
    assert got.attachments[0].sha256 == hashlib.sha256(bytes(57 * lines)).hexdigest()
    assert most < 4 * 1024 * 1024


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("letter.pdf", "letter.pdf"),
        ("C:\\Users\\x\\letter.pdf", "letter.pdf"),
        ("../../../etc/cron.d/x", "x"),
        ("..", "attachment"),
        ("", "attachment"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("a\x00b\r\nc.txt", "ab c.txt"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
        ("a:b|c?.txt", "a_b_c_.txt"),
    ],
)
def test_names_of_attachments_can_do_no_harm(said: str, name: str) -> None:
    got = file_name(said)
    assert got == name


# Machines -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Auto-Submitted: auto-replied\n", "replied"),
        ("Auto-Submitted: auto-replied (vacation)\n", "replied"),
        ("Auto-Submitted: auto-generated\n", "generated"),
        ("Auto-Submitted: no\n", ""),
        ("X-Autoreply: yes\n", "replied"),
        ("Precedence: auto_reply\n", "replied"),
        ("Precedence: bulk\n", "perhaps"),
        ("X-Auto-Response-Suppress: All\n", "perhaps"),
        ("List-Unsubscribe: <mailto:a@b.c>\n", "list"),
        ("List-Id: <news.acme.example>\n", "list"),
        ("", ""),
    ],
)
def test_marks_of_machines(head: str, kind: str) -> None:
    got = one(mail(head=head))
    assert got.automatic == kind
    assert bool(got.automatic_by) is bool(kind)


def test_a_receipt_of_reading_is_automatic() -> None:
    got = one(
        parts(
            "Content-Type: text/plain\n\nYour message was read.",
            "Content-Type: message/disposition-notification\n\nDisposition: manual; displayed",
            kind="report; report-type=disposition-notification",
        )
    )
    assert got.automatic == "replied"
    assert got.bounce is None


_REPORT = (
    "Content-Type: text/plain\n\nIt could not be delivered.",
    "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: "
    "rfc822; Privacy@Acme.example\nAction: {action}\nStatus: 5.1.1\n",
    "Content-Type: message/rfc822\n\nFrom: mara@example.org\nMessage-ID: <ours-1@mail>\n"
    "Subject: Objection WH-7K3Q9D\n\nI object.",
)


def test_a_report_says_what_did_not_arrive() -> None:
    got = one(parts(*(part.replace("{action}", "failed") for part in _REPORT), kind="report"))
    assert got.bounce is not None
    assert got.bounce.message_ids == ("ours-1@mail",)
    assert got.bounce.failed == ("privacy@acme.example",)
    assert got.text == "It could not be delivered."


@pytest.mark.parametrize("action", ["delayed", "relayed", "delivered"])
def test_a_report_of_delay_is_no_bounce(action: str) -> None:
    got = one(parts(*(part.replace("{action}", action) for part in _REPORT), kind="report"))
    assert got.bounce is None


def test_a_bounce_without_a_report() -> None:
    base = HEAD.replace("Privacy <privacy@acme.example>", "MAILER-DAEMON@mx.example")
    text = "No such user.\n\n--- copy ---\nFrom: mara@example.org\nMessage-ID: <ours-1@mail>\n"
    got = one(mail(text, "X-Failed-Recipients: Privacy@Acme.example\n", base=base))
    assert got.bounce is not None
    assert got.bounce.message_ids == ("ours-1@mail",)
    assert got.bounce.failed == ("privacy@acme.example",)


def test_a_postmaster_who_writes_himself_is_a_person() -> None:
    base = HEAD.replace("privacy@acme.example", "postmaster@acme.example")
    assert one(mail(base=base)).bounce is None
    assert one(mail(base=base, head="Return-Path: <>\n")).bounce is not None


# Mailboxes ----------------------------------------------------------------------------------------


def test_a_mailbox_as_the_standard_library_writes_it(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "a.mbox")
    texts = ["First.\n", "From now on we stop.\nFrom Mara 10:15 it was.\n", "> quoted\n\nLast.\n"]
    for number, text in enumerate(texts):
        box.add(mail(text).replace(b"answer-1", b"answer-%d" % number))
    box.close()
    got = list(messages((tmp_path / "a.mbox").read_bytes(), "a.mbox"))
    assert [one.message_id.partition("@")[0] for one in got] == ["answer-0", "answer-1", "answer-2"]
    assert got[1].text == texts[1].strip()
    assert all(one.trouble == () for one in got)


def test_a_line_that_begins_with_from_parts_nothing() -> None:
    box = b"From - Tue Nov  3 10:15:00 2026\n" + mail("Yes.\n\nFrom now on, we stop.\nBye: all\n")
    got = one(box, "Inbox")
    assert got.text == "Yes.\n\nFrom now on, we stop.\nBye: all"


_EDITORS = b"\xef\xbb\xbf"
"""A byte order mark."""


@pytest.mark.parametrize("name", ["a.eml", "a.mbox"])
@pytest.mark.parametrize("before", [b"", b"From a@b.c Tue Nov  3 10:15:00 2026\n"])
def test_a_byte_order_mark_hides_no_headers(name: str, before: bytes) -> None:
    got = one(_EDITORS + before + mail(), name)
    assert (got.from_address, got.text, got.trouble) == ("privacy@acme.example", "We agree.", ())
    assert got.start == len(_EDITORS + before)


def test_where_each_message_lies_is_named() -> None:
    first, second = mail("One.\n"), mail("Two.\n")
    mark = b"From a@b.c Tue Nov  3 10:15:00 2026\n"
    box = mark + first + b"\n" + mark + second
    got = list(messages(box, "a.mbox"))
    assert [box[one.start : one.end].strip() for one in got] == [first.strip(), second.strip()]
    assert got[1].sha256 == hashlib.sha256(second).hexdigest()


def test_a_broken_message_among_others_is_named_and_the_next_is_read() -> None:
    mark = b"From a@b.c Tue Nov  3 10:15:00 2026\n"
    box = mark + mail("One.\n") + b"\n" + mark + b"X: \xff\n\n\x00\x01\n\n" + mark + mail("Two.\n")
    got = list(messages(box, "a.mbox"))
    assert [one.text for one in got] == ["One.", "", "Two."]
    assert got[1].trouble == ("unreadable",)


# Bad input ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        mail("text", "Content-Type: multipart/mixed\n"),
        mail("--x\n\na", "Content-Type: multipart/mixed; boundary=\n"),
        mail("--x", "Content-Type: multipart/mixed; boundary*0*=utf-8''%FF; boundary*9=y\n"),
        mail("!!!!", "Content-Transfer-Encoding: base64\n"),
        mail("=ZZ=", "Content-Transfer-Encoding: quoted-printable\n"),
        mail("x", "Content-Type: text/plain; charset*=x'y'%ZZ\n"),
        mail("x", "Content-Disposition: attachment; filename*=none''%FF%FE\n"),
        mail("x", "Subject: =?utf-8?b?////?= =?none?q?x?=\n"),
        mail("x", "References: " + "<" * 50_000 + "\n"),
        mail("<" * 50_000, "Content-Type: text/html\n"),
        mail("<script>" * 20_000, "Content-Type: text/html\n"),
        mail("<!--" * 50_000, "Content-Type: text/html\n"),
        b"",
        b"\n\n\n",
        b"\xff\xfe" * 1000,
        b"From \n",
        HEAD.encode(),
    ],
)
def test_nothing_that_is_inside_ends_the_reading(body: bytes) -> None:
    for got in messages(body, "a.eml"):
        assert len(got.subject) <= 300


def test_parts_within_parts_come_to_an_end() -> None:
    deep = b"text"
    for number in range(60):
        deep = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n%s\n--b%d--\n" % (
            number,
            number,
            deep,
            number,
        )
    assert "too-many-parts" in one(HEAD.encode() + deep).trouble
    wide = parts(*["Content-Type: text/plain\n\nx"] * 2000)
    assert "too-many-parts" in one(wide).trouble


_SEED = parts(
    "Content-Type: text/plain; charset=utf-8\n\nHallo",
    "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nAAAA",
    head="In-Reply-To: <ours-1@mail>\n",
)


@given(
    st.lists(st.tuples(st.integers(0, len(_SEED) - 1), st.integers(0, 255)), max_size=30),
    st.integers(0, len(_SEED)),
)
def test_any_damage_gives_a_message(changes: list[tuple[int, int]], cut: int) -> None:
    damaged = bytearray(_SEED)
    for at, octet in changes:
        damaged[at] = octet
    for got in messages(bytes(damaged[:cut]), "a.eml"):
        assert got.sha256
        assert not set(got.text + got.subject) & set("\x00\x1b\u202e\r")


@given(st.binary(max_size=400), st.sampled_from(["a.eml", "a.mbox", ""]))
def test_any_octets_give_messages(body: bytes, name: str) -> None:
    for got in messages(body, name):
        assert 0 <= got.start <= got.end <= len(body)
