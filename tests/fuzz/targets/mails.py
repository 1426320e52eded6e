"""Replies to letters: read, matched to a case, and understood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from tests.fuzz.tables import UNIT
from tests.fuzz.target import Target
from withhold.catalog import rights_words
from withhold.catalog.rights_words import ReplyWords
from withhold.rights.case import Case, Event
from withhold.rights.claims import claims
from withhold.rights.heard import hits
from withhold.rights.mail_text import of_html, without_quotes
from withhold.rights.matching import matched
from withhold.rights.replies import messages
from withhold.rights.suggest import suggested

_HIDDEN = set("\x00\x1b\u202e\r")
_HEAD = b"From: privacy@acme.example\r\nSubject: Re: WH-AAAAAA\r\n\r\n"
_CASES = (
    Case(
        id="WH-AAAAAA",
        act="object-training",
        law="gdpr-art-21",
        controller="acme",
        subject="acme",
        events=(Event(kind="sent", on=date(2026, 10, 2)),),
        to="privacy@acme.example",
    ),
)
_DOMAINS = {"acme": frozenset({"acme.example"})}


@cache
def words() -> ReplyWords:
    """The phrases that ship."""
    return rights_words.reply_words()


def mailbox(body: bytes) -> None:
    """Messages where they lie, without hidden letters; each belongs to one case or to none."""
    for name in ("a.eml", "a.mbox"):
        end = 0
        for one in messages(body, name):
            assert end <= one.start <= one.end <= len(body)
            end = one.end
            assert not set(one.text + one.subject + one.from_address) & _HIDDEN
            for file in one.attachments:
                assert not set(file.name) & set("/\\\0")
            found = matched(one, _CASES, _DOMAINS, {"ours@mail": "WH-AAAAAA"})
            assert found.case_id in ("", "WH-AAAAAA")


def said(body: bytes) -> None:
    """What the text of an answer claims, in no language or in any."""
    text = body.decode("utf-8", "replace")
    for one in claims(text, words()):
        assert one.outcome
    hits(text, words())
    for message in messages(_HEAD + body, "a.eml"):
        found = suggested(message, words())
        assert found.outcome or not found.sure
    assert len(without_quotes(text)) <= len(text)
    assert "<script" not in of_html(text)


def _mails() -> Iterator[bytes]:
    """Made mails: those of the unit tests, and of the set that was written by hand."""
    from tests.unit.rights.mails import mail, parts

    yield from (mail(), mail("<p>x", "Content-Type: text/html\n"), b"From x 10:00\n" + mail())
    yield parts(
        "Content-Type: text/plain; charset=utf-8\n\nHallo",
        "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nAAAA",
        head="In-Reply-To: <ours@mail>\n",
    )
    yield from (path.read_bytes() for path in _by_hand())


def _by_hand() -> list[Path]:
    return sorted((UNIT.parent / "rights_mail").glob("*-0?.eml"))


def _texts() -> Iterator[bytes]:
    for path in _by_hand():
        for one in messages(path.read_bytes(), "a.eml"):
            yield one.new_text.encode()[:600]


TARGETS = (
    Target(
        name="mail",
        law="messages where they lie, no hidden letters, one case or none",
        once=mailbox,
        seeds=_mails,
        longest=8192,
    ),
    Target(
        name="mail-said",
        law="claims with an outcome; quotes only ever make a text shorter",
        once=said,
        seeds=_texts,
        dictionary="mail",
        longest=600,
    ),
)
