"""What cases say of practices: read from them, never stored twice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from withhold.keep import Filed, Store
from withhold.rights.case import About, Case, Entitled, Event, Person
from withhold.verbs.owner import from_store
from withhold.verbs.request_seen import seen_of
from withhold.words import Account, Observation, Site

SENT = Event(kind="sent", on=date(2026, 9, 1))


def _day(number: int) -> date:
    return date(2026, 9, number)


def _reply(outcome: Any, day: int = 9, **more: Any) -> Event:
    return Event(kind="reply", on=_day(day), outcome=outcome, **({"evidence": "e" * 64} | more))


def _filed(*events: Event, **case: Any) -> Filed:
    usual: dict[str, Any] = {
        "id": "WH-22222A",
        "act": "object-training",
        "law": "gdpr-art-21",
        "controller": "meta-ireland",
        "subject": "facebook",
        "practices": ("facebook/public-posts-eu",),
    }
    about = case.pop("about", About(subject="facebook"))
    return Filed(
        case=Case(events=events, **(usual | case)),
        about=about,
        person=Person(place="DE-BY"),
        entitled=Entitled(act="object-training", law="", article="", controller=""),
    )


def _said(filed: Filed, *accounts: Account) -> list[tuple[str, int, str]]:
    return [(one.value, one.on.day, one.how) for one in seen_of([filed], accounts)]


def test_a_letter_that_was_only_drafted_says_nothing() -> None:
    assert _said(_filed(Event(kind="drafted", on=_day(1)))) == []


def test_sent_then_granted_rests_on_the_answer() -> None:
    sent, granted = seen_of([_filed(SENT, _reply("granted"))])
    assert (sent.value, sent.how, sent.on) == ("sent", "told", _day(1))
    assert granted == Observation(
        control="facebook/right:object-training",
        value="confirmed",
        on=_day(9),
        how="shown",
        account="",
        id="WH-22222A",
        evidence="e" * 64,
        practices=("facebook/public-posts-eu",),
    )


def test_a_grant_without_the_answer_itself_is_told() -> None:
    assert _said(_filed(SENT, _reply("granted", evidence="")))[-1] == ("confirmed", 9, "told")


@pytest.mark.parametrize(
    ("outcome", "value"),
    [
        ("granted", "confirmed"),
        ("granted-future-only", "confirmed"),
        ("refuses-compelling-grounds", "refused"),
        ("refuses-not-your-data", "refused"),
        ("refuses-no-such-law", "refused"),
        ("refuses-other", "refused"),
        ("no-training-claimed", None),
        ("wants-identity", None),
        ("wants-form", None),
        ("extension", None),
        ("automatic", None),
        ("", None),
    ],
)
def test_what_each_outcome_says(outcome: str, value: str | None) -> None:
    values = [one[0] for one in _said(_filed(SENT, _reply(outcome)))]
    assert values == ["sent", value] if value else values == ["sent"]


@pytest.mark.parametrize(
    ("later", "counts"),
    [
        ((_reply("bounce", 2),), [False]),
        ((_reply("wrong-address", 2),), [False]),
        ((_reply("automatic", 2),), [True]),
        ((_reply("automatic", 2), _reply("bounce", 3)), [False]),
        ((Event(kind="received", on=_day(2)), _reply("bounce", 3)), [True]),
        ((_reply("bounce", 2), Event(kind="sent", on=_day(4))), [False, True]),
        ((_reply("extension", 2), _reply("bounce", 3)), [True]),
    ],
)
def test_a_letter_that_came_back_asked_nobody(later: tuple[Event, ...], counts: list[bool]) -> None:
    days = [one[1] for one in _said(_filed(SENT, *later)) if one[0] == "sent"]
    sent = [one.on.day for one in (SENT, *later) if one.kind == "sent"]
    assert days == [day for day, counted in zip(sent, counts, strict=True) if counted]


@pytest.mark.parametrize(
    "act", ["access", "erase", "restrict", "recipients", "copyright-complaint", "removal"]
)
def test_acts_that_refuse_nothing_say_nothing(act: Any) -> None:
    assert _said(_filed(SENT, _reply("granted"), act=act)) == []


@pytest.mark.parametrize(
    ("own", "account", "named"),
    [
        ([], "", ""),
        ([], "ada", ""),
        ([""], "ada", ""),
        (["ada"], "ada", "facebook:ada"),
        (["ada", "bob"], "ada", "facebook:ada"),
        (["bob"], "ada", "facebook:ada"),
        (["bob"], "", ""),
        ([""], "", "facebook"),
    ],
)
def test_a_letter_counts_for_the_account_it_names(own: list[str], account: str, named: str) -> None:
    accounts = [Account(platform="facebook", name=one) for one in own]
    (said,) = seen_of([_filed(SENT, account=account)], accounts)
    assert said.account == named


@pytest.mark.parametrize(
    ("work", "named"),
    [
        ("https://a.example", ["https://a.example"]),
        ("https://a.example/", ["https://a.example"]),
        ("https://a.example/novel", []),
        ("https://a.example.evil.example", []),
        ("My other novel", []),
    ],
)
def test_a_reservation_counts_for_a_site_that_is_named_as_a_whole(
    work: str, named: list[str]
) -> None:
    about = About(subject="openai", works=(work,))
    filed = _filed(SENT, act="reserve", subject="openai", practices=("openai/web",), about=about)
    sites = [Site(url="https://a.example"), Site(url="https://b.example")]
    assert [one.account for one in seen_of([filed], [], sites)] == named
    assert seen_of([filed], [Account(platform="facebook")], []) == ()


def test_a_word_that_is_corrected_and_a_case_that_is_forgotten_correct_the_owner(
    tmp_path: Path,
) -> None:
    now = datetime(2026, 10, 1, tzinfo=UTC)
    with Store.open(tmp_path) as store:
        store.cases.open(_filed(), SENT, now)
        digest = store.evidence.keep(b"Dear Ms Example", "answer.eml")
        store.cases.add("WH-22222A", _reply("", evidence=digest), now)
        store.cases.choose("WH-22222A", 1, "granted", None, now)
    assert [one.value for one in from_store(tmp_path).seen] == ["sent", "confirmed"]
    with Store.open(tmp_path) as store:
        store.cases.choose("WH-22222A", 1, "wants-form", None, now)
    assert [one.value for one in from_store(tmp_path).seen] == ["sent"]
    with Store.open(tmp_path) as store:
        store.forget.case("WH-22222A", now)
    assert from_store(tmp_path).seen == ()
