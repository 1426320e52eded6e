"""A message belongs to one case, or to none: never to one of two by chance."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from withhold.rights.case import Case, Event
from withhold.rights.matching import matched
from withhold.rights.replies import Bounce, Message

DOMAINS = {
    "acme-ireland": frozenset({"acme.example", "acmemail.example"}),
    "bloom": frozenset({"bloom.example"}),
}
SENT_IDS = {"ours-a@mail": "WH-AAAAAA", "ours-b@mail": "WH-BBBBBB", "ours-c@mail": "WH-CCCCCC"}
SENT = (Event(kind="sent", on=date(2026, 10, 2)),)


def case(name: str, controller: str, events: tuple[Event, ...] = SENT, to: str = "") -> Case:
    return Case(
        id=name,
        act="object-training",
        law="gdpr-art-21",
        controller=controller,
        subject="acme",
        events=events,
        to=to,
    )


A = case("WH-AAAAAA", "acme-ireland", to="privacy@acme.example")
B = case("WH-BBBBBB", "acme-ireland")
C = case("WH-CCCCCC", "bloom", to="dpo@lawyers.example")
CASES = (A, B, C)
REPLY = Message(
    message_id="theirs@x",
    from_address="privacy@acme.example",
    from_domain="acme.example",
    day=date(2026, 11, 3),
    subject="Your request",
    new_text="We agree.",
    text="We agree.",
)


def said(message: Message, cases: tuple[Case, ...] = CASES, **more: object) -> tuple[str, str, str]:
    got = matched(message, cases, DOMAINS, SENT_IDS, **more)  # type: ignore[arg-type]
    return got.case_id, got.how, got.doubt


def test_by_the_message_that_it_answers() -> None:
    assert said(replace(REPLY, in_reply_to=("ours-b@mail",))) == ("WH-BBBBBB", "message-id", "")
    assert said(replace(REPLY, references=("x@y", "ours-b@mail"))) == (
        "WH-BBBBBB",
        "message-id",
        "",
    )


def test_the_letter_that_is_answered_goes_before_the_thread() -> None:
    both = replace(REPLY, in_reply_to=("ours-b@mail",), references=("ours-a@mail", "ours-b@mail"))
    assert said(both) == ("WH-BBBBBB", "message-id", "")


@pytest.mark.parametrize(
    ("subject", "new_text", "text", "want"),
    [
        ("Re: wh-bbbbbb", "", "", "WH-BBBBBB"),
        ("Re: x", "Concerning WH-BBBBBB: yes", "", "WH-BBBBBB"),
        ("Re: x", "Yes", "Yes\n> WH-BBBBBB", "WH-BBBBBB"),
        ("Re: WH-AAAAAA", "as for WH-BBBBBB, later", "", "WH-AAAAAA"),
        ("Re: WH-BBBBBB7", "", "", ""),
        ("Re: XWH-BBBBBB", "", "", ""),
        ("Re: WH-ZZZZZZ", "", "", ""),
    ],
)
def test_by_our_reference(subject: str, new_text: str, text: str, want: str) -> None:
    message = replace(REPLY, subject=subject, new_text=new_text, text=text)
    got = matched(message, CASES, DOMAINS, SENT_IDS)
    assert got.case_id == want
    assert got.how == ("reference" if want else "")


def test_two_references_are_a_doubt() -> None:
    got = matched(replace(REPLY, subject="WH-AAAAAA, WH-BBBBBB"), CASES, DOMAINS, SENT_IDS)
    assert (got.case_id, got.doubt) == ("", "several-cases")
    assert got.candidates == ("WH-AAAAAA", "WH-BBBBBB")


def test_headers_and_text_that_disagree_are_a_doubt() -> None:
    message = replace(REPLY, in_reply_to=("ours-a@mail",), subject="WH-BBBBBB")
    got = matched(message, CASES, DOMAINS, SENT_IDS)
    assert (got.case_id, got.doubt) == ("", "disagree")
    assert got.candidates == ("WH-AAAAAA", "WH-BBBBBB")


STRANGER = replace(REPLY, from_address="x@evil.example", from_domain="evil.example")


@pytest.mark.parametrize(
    "domain", ["evil.example", "acme.example.evil.example", "notacme.example", "example", ""]
)
def test_a_stranger_who_names_our_message_is_left_to_the_person(domain: str) -> None:
    message = replace(STRANGER, from_domain=domain, in_reply_to=("ours-a@mail",))
    got = matched(message, CASES, DOMAINS, SENT_IDS)
    assert (got.case_id, got.doubt, got.candidates) == ("", "sender-unknown", ("WH-AAAAAA",))


def test_a_stranger_who_names_the_reference_too_is_taken_with_a_doubt() -> None:
    message = replace(STRANGER, in_reply_to=("ours-a@mail",), subject="Re: WH-AAAAAA")
    assert said(message) == ("WH-AAAAAA", "message-id", "sender-unknown")


def test_who_may_answer_by_message_id() -> None:
    named = replace(REPLY, in_reply_to=("ours-a@mail",))
    assert said(replace(named, from_domain="mail.acme.example"))[0] == "WH-AAAAAA"
    desk = replace(named, from_domain="acme.desk.example", from_address="s@acme.desk.example")
    assert said(desk) == ("", "", "sender-unknown")
    assert said(desk, ticket_systems=["desk.example"]) == ("WH-AAAAAA", "message-id", "")
    # the very address that we wrote to, of whatever domain
    office = replace(
        named,
        from_address="dpo@lawyers.example",
        from_domain="lawyers.example",
        in_reply_to=("ours-c@mail",),
    )
    assert said(office) == ("WH-CCCCCC", "message-id", "")


BY_BLOOM = replace(REPLY, from_address="p@bloom.example", from_domain="bloom.example")


def test_by_domain_only_where_one_case_is_open() -> None:
    assert said(BY_BLOOM) == ("WH-CCCCCC", "domain", "")
    got = matched(REPLY, CASES, DOMAINS, SENT_IDS)
    assert (got.case_id, got.doubt) == ("", "several-open")
    assert got.candidates == ("WH-AAAAAA", "WH-BBBBBB")
    closed = replace(B, events=(*SENT, Event(kind="closed", on=date(2026, 10, 9))))
    assert said(REPLY, (A, closed, C)) == ("WH-AAAAAA", "domain", "")
    drafted = replace(B, events=(Event(kind="drafted", on=date(2026, 10, 9)),))
    assert said(REPLY, (A, drafted, C)) == ("WH-AAAAAA", "domain", "")


def test_what_cannot_be_an_answer_is_not_taken_by_domain() -> None:
    assert said(replace(BY_BLOOM, automatic="list"))[2] == "sent-to-many"
    assert said(replace(BY_BLOOM, day=date(2026, 9, 30)))[2] == "before-sent"
    assert said(replace(BY_BLOOM, day=date(2026, 10, 1)))[0] == "WH-CCCCCC"  # over a date line
    invoice = replace(BY_BLOOM, subject="Your invoice", text="12 euros")
    topic = ["objection", "your request", "privacy"]
    assert said(invoice, topic=topic) == ("", "", "off-topic")
    assert said(replace(invoice, text="Your objection"), topic=topic)[0] == "WH-CCCCCC"


def test_a_letter_of_ones_own_is_no_reply() -> None:
    mine = replace(STRANGER, from_address="mara@example.org", subject="WH-AAAAAA")
    assert said(mine, own=["Mara@example.org"]) == ("", "", "own")
    assert said(replace(REPLY, message_id="ours-a@mail")) == ("", "", "own")


def test_nothing_that_names_a_case() -> None:
    assert said(STRANGER) == ("", "", "no-mark")
    assert said(replace(REPLY, in_reply_to=("ours-a@mail",)), (C,)) == ("", "", "no-mark")


DAEMON = replace(STRANGER, from_address="mailer-daemon@mx.example", from_domain="mx.example")


def test_a_bounce_is_of_the_letter_that_it_reports() -> None:
    reported = replace(DAEMON, bounce=Bounce(message_ids=("ours-b@mail",)))
    assert said(reported) == ("WH-BBBBBB", "message-id", "")
    by_address = replace(DAEMON, bounce=Bounce(failed=("privacy@acme.example",)))
    assert said(by_address) == ("WH-AAAAAA", "address", "")
    assert said(replace(DAEMON, bounce=Bounce(failed=("a@b.example",)))) == ("", "", "no-mark")
    assert said(replace(DAEMON, bounce=Bounce(), subject="WH-BBBBBB"))[:2] == (
        "WH-BBBBBB",
        "reference",
    )


_IDS = st.sampled_from([*SENT_IDS, "other@x"])
_TEXT = st.sampled_from(["", "WH-AAAAAA", "WH-BBBBBB", "WH-CCCCCC", "WH-ZZZZZZ"])


@given(
    st.lists(_IDS, max_size=3),
    st.lists(_IDS, max_size=3),
    _TEXT,
    _TEXT,
    st.sampled_from(["acme.example", "bloom.example", "evil.example", ""]),
)
def test_a_stranger_is_never_taken_without_our_reference(
    replied: list[str], thread: list[str], subject: str, text: str, domain: str
) -> None:
    message = replace(
        REPLY,
        in_reply_to=tuple(replied),
        references=tuple(thread),
        subject=subject,
        new_text=text,
        text=text,
        from_domain=domain,
        from_address=f"x@{domain}",
    )
    got = matched(message, CASES, DOMAINS, SENT_IDS)
    assert bool(got.case_id) is bool(got.how)
    if got.case_id and domain in ("evil.example", ""):
        assert got.case_id in (subject, text)
    named = {SENT_IDS[one] for one in replied if one in SENT_IDS}
    if got.case_id and named:
        assert got.case_id in named
