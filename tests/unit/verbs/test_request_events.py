"""What can have happened in a case, and what is refused before it is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from withhold.errors import BadInput, NotFound
from withhold.keep import Filed, Store
from withhold.rights.case import About, Case, Entitled, Event, Person
from withhold.verbs.request_events import arrived_there, happened, says
from withhold.verbs.request_names import is_reference, reference_of

NOW = datetime(2026, 10, 1, tzinfo=UTC)
ID = "WH-22222A"


def _day(number: int) -> date:
    return date(2026, 9, number)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with one case, drafted on 1 September 2026."""
    case = Case(
        id=ID, act="object-training", law="gdpr-art-21", controller="meta-ireland", subject="x"
    )
    entitled = Entitled(act="object-training", law="", article="", controller="")
    filed = Filed(case=case, about=About(subject="x"), person=Person(), entitled=entitled)
    with Store.open(tmp_path / "home") as opened:
        opened.cases.open(filed, Event(kind="drafted", on=_day(1)), NOW)
        yield opened


def _reply(store: Store, outcome: Any, day: int) -> None:
    store.cases.add(ID, Event(kind="reply", on=_day(day), outcome=outcome), NOW)


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ("WH-7K3Q9D", True),
        ("wh-7k3q9d", True),
        (" WH-7K3Q9D ", True),
        ("WH-7K3Q9", False),
        ("facebook", False),
        ("XH-7K3Q9D", False),
    ],
)
def test_a_reference_in_any_case_of_letters(said: str, is_one: bool) -> None:
    assert is_reference(said) is is_one
    if is_one:
        assert reference_of(said) == "WH-7K3Q9D"


def test_a_letter_is_sent_once(store: Store) -> None:
    case = happened(store, ID, "sent", _day(2), NOW)
    assert (case.events[-1].kind, case.events[-1].on) == ("sent", _day(2))
    with pytest.raises(BadInput, match="marked as sent already, on 2026-09-02"):
        happened(store, ID, "sent", _day(3), NOW)


@pytest.mark.parametrize(
    ("outcome", "again"),
    [
        ("bounce", True),
        ("wrong-address", True),
        ("wants-form", True),
        ("refuses-other", True),
        ("automatic", False),
        ("granted", False),
        ("extension", False),
        ("", False),
    ],
)
def test_once_more_only_where_it_came_back_or_was_turned_away(
    store: Store, outcome: str, again: bool
) -> None:
    happened(store, ID, "sent", _day(2), NOW)
    _reply(store, outcome, 3)
    if again:
        assert happened(store, ID, "sent", _day(4), NOW).events[-1].on == _day(4)
        with pytest.raises(BadInput, match="marked as sent already"):
            happened(store, ID, "sent", _day(5), NOW)
    else:
        with pytest.raises(BadInput, match="marked as sent already"):
            happened(store, ID, "sent", _day(4), NOW)


@pytest.mark.parametrize(
    "state", ["received", "reminded", "warned", "complained", "identity-asked", "identity-given"]
)
def test_nothing_happens_to_a_letter_that_was_not_sent(store: Store, state: str) -> None:
    with pytest.raises(BadInput, match="not marked as sent yet"):
        happened(store, ID, state, _day(2), NOW)


def test_nothing_happens_before_it_was_sent(store: Store) -> None:
    happened(store, ID, "sent", _day(5), NOW)
    with pytest.raises(BadInput, match="before the day it was sent"):
        happened(store, ID, "received", _day(4), NOW)
    assert happened(store, ID, "received", _day(5), NOW).events[-1].kind == "received"
    with pytest.raises(BadInput, match="received is recorded already"):
        happened(store, ID, "received", _day(6), NOW)


def test_who_you_are_is_answered_only_where_it_was_asked(store: Store) -> None:
    happened(store, ID, "sent", _day(2), NOW)
    with pytest.raises(BadInput, match="nobody asked who you are"):
        happened(store, ID, "identity-given", _day(9), NOW)
    happened(store, ID, "identity-asked", _day(6), NOW)
    with pytest.raises(BadInput, match="before the day they asked"):
        happened(store, ID, "identity-given", _day(5), NOW)
    assert happened(store, ID, "identity-given", _day(9), NOW).events[-1].on == _day(9)


def test_a_reply_that_asks_who_you_are_is_enough(store: Store) -> None:
    happened(store, ID, "sent", _day(2), NOW)
    _reply(store, "wants-identity", 5)
    assert happened(store, ID, "identity-given", _day(9), NOW).events[-1].kind == "identity-given"


def test_a_closed_case_stays_closed(store: Store) -> None:
    happened(store, ID, "closed", _day(2), NOW)
    with pytest.raises(BadInput, match="is closed"):
        happened(store, ID, "sent", _day(3), NOW)


def test_a_proof_is_kept_and_of_a_mail_its_identifier(store: Store, tmp_path: Path) -> None:
    mail = tmp_path / "sent.eml"
    mail.write_bytes(
        b"From: a@b.example\r\nMessage-ID: <mine@b.example>\r\nDate: x\r\n\r\nDear\r\n"
    )
    event = happened(store, ID, "sent", _day(2), NOW, mail).events[-1]
    assert event.message_id == "mine@b.example"
    assert store.evidence.read(event.evidence) == mail.read_bytes()


def test_a_proof_that_is_not_there_writes_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        happened(store, ID, "sent", _day(2), NOW, tmp_path / "gone.pdf")
    assert [one.kind for one in store.cases.of(ID).case.events] == ["drafted"]


def test_a_state_or_outcome_that_is_none(store: Store) -> None:
    with pytest.raises(NotFound, match="unknown state"):
        happened(store, ID, "sents", _day(2), NOW)
    _reply(store, "", 5)
    with pytest.raises(NotFound, match="unknown outcome"):
        says(store, ID, 1, "yes", None, NOW)
    with pytest.raises(BadInput, match="an extension names"):
        says(store, ID, 1, "granted", _day(9), NOW)
    case = says(store, ID, 1, "extension", _day(29), NOW)
    assert (case.events[-1].outcome, case.events[-1].until) == ("extension", _day(29))


@pytest.mark.parametrize(
    ("sent", "zone", "there"),
    [
        ("Wed, 02 Sep 2026 20:00:00 -0700", "Europe/Dublin", _day(3)),
        ("Wed, 02 Sep 2026 12:00:00 -0700", "Europe/Dublin", None),
        ("Wed, 02 Sep 2026 17:00:00 +0200", "Asia/Seoul", _day(3)),
        ("Wed, 02 Sep 2026 01:00:00 +0200", "America/Los_Angeles", None),
        ("Wed, 02 Sep 2026 20:00:00", "Europe/Dublin", None),
        ("yesterday", "Europe/Dublin", None),
        ("Wed, 02 Sep 2026 20:00:00 -0700", "Nowhere/Land", None),
    ],
)
def test_the_day_it_was_there_when_a_mail_was_sent(
    tmp_path: Path, sent: str, zone: str, there: date | None
) -> None:
    mail = tmp_path / "sent.eml"
    mail.write_bytes(f"From: a@b.example\r\nDate: {sent}\r\n\r\nDear\r\n".encode())
    assert arrived_there(mail, zone, _day(2)) == there
