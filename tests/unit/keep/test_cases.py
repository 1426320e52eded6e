"""Cases: only ever added to, links of the one chain, and forgotten as the rest is."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from withhold.errors import BadInput, NotFound, StoreTrouble
from withhold.keep import Filed, Forgotten, Store
from withhold.rights.case import About, Case, Entitled, Event, Person
from withhold.words import Account, Observation

Rows = Callable[..., list[tuple[object, ...]]]
Seen = Callable[..., Observation]
DAY = date(2026, 8, 1)
DRAFTED = Event(kind="drafted", on=DAY)


def filed(reference: str = "WH-22222A", **case: object) -> Filed:
    """A case of Facebook; what is not said is of no importance to the test."""
    usual: dict[str, object] = {
        "act": "object-training",
        "law": "gdpr-21",
        "controller": "meta-ie",
        "subject": "facebook",
        "practices": ("facebook/public-posts-eu",),
    }
    return Filed(
        case=Case(id=reference, **(usual | case)),  # type: ignore[arg-type]
        about=About(subject="facebook", urls=("https://www.facebook.com/me",), own_words="a ghost"),
        person=Person(name="Ada Example", email="ada@example.org", place="DE-BY"),
        entitled=Entitled(
            act="object-training", law="gdpr-21", article="Art. 21(1)", controller="meta-ie"
        ),
    )


# Adding and reading -----------------------------------------------------------------------------


def test_a_case_comes_back_whole(home: Path, now: datetime) -> None:
    with Store.open(home) as store:
        opened = store.cases.open(filed(), DRAFTED, now)
    assert opened == replace(filed().case, events=(DRAFTED,))
    with Store.read(home) as store:
        assert store.cases.all() == [replace(filed(), case=opened)]
        assert store.cases.of("WH-22222A").person.name == "Ada Example"


def test_events_come_in_the_order_in_which_they_were_recorded(store: Store, now: datetime) -> None:
    store.cases.open(filed(), DRAFTED, now)
    store.cases.open(filed("WH-33333B"), DRAFTED, now)
    later = Event(kind="received", on=date(2026, 8, 9), note="with a receipt")
    sent = Event(kind="sent", on=date(2026, 8, 2), message_id="one@here")
    store.cases.add("WH-22222A", later, now)
    case = store.cases.add("WH-22222A", sent, now)
    assert case.events == (DRAFTED, later, sent)
    assert [one.case.id for one in store.cases.all()] == ["WH-22222A", "WH-33333B"]
    assert store.cases.of("WH-33333B").case.events == (DRAFTED,)


def test_a_reference_is_short_and_never_one_that_is_in_use(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.cases.open(filed("WH-AAAAAA"), DRAFTED, now)
    given = iter("AAAAAAABCDEF")
    with monkeypatch.context() as patch:
        patch.setattr("withhold.keep.cases.secrets.choice", lambda _: next(given))
        assert store.cases.new_reference() == "WH-ABCDEF"
    made = {store.cases.new_reference() for _ in range(200)}
    assert len(made) > 195
    assert all(re.fullmatch("WH-[2-9A-Z]{6}", one) for one in made)
    assert not set("".join(one[3:] for one in made)) & set("01ILOU")


def test_a_reference_that_is_in_use_is_refused(store: Store, now: datetime) -> None:
    store.cases.open(filed(), DRAFTED, now)
    with pytest.raises(BadInput, match="WH-22222A"):
        store.cases.open(filed(), DRAFTED, now)
    assert len(store.cases.all()) == 1


def test_a_case_that_is_not_there_is_not_found(store: Store, now: datetime) -> None:
    for act in (
        lambda: store.cases.of("WH-99999Z"),
        lambda: store.cases.add("WH-99999Z", DRAFTED, now),
        lambda: store.cases.choose("WH-99999Z", 1, "granted", None, now),
        lambda: store.forget.case("WH-99999Z", now),
    ):
        with pytest.raises(NotFound, match="WH-99999Z"):
            act()
    assert store.observations.verify().length == 0


def test_an_event_rests_only_on_evidence_that_is_kept(store: Store, now: datetime) -> None:
    store.cases.open(filed(), DRAFTED, now)
    with pytest.raises(StoreTrouble, match="a" * 64):
        store.cases.add("WH-22222A", Event(kind="reply", on=DAY, evidence="a" * 64), now)
    assert store.cases.of("WH-22222A").case.events == (DRAFTED,)


# What a reply says ------------------------------------------------------------------------------


def test_the_last_word_on_a_reply_counts_and_no_word_is_lost(
    store: Store, now: datetime, raw_rows: Rows
) -> None:
    store.cases.open(filed(), DRAFTED, now)
    for day in (5, 9):
        store.cases.add("WH-22222A", Event(kind="reply", on=date(2026, 8, day)), now)
    store.cases.choose("WH-22222A", 2, "refuses-other", None, now)
    case = store.cases.choose("WH-22222A", 2, "extension", date(2026, 11, 1), now)
    said = [(one.outcome, one.until) for one in case.events if one.kind == "reply"]
    assert said == [("", None), ("extension", date(2026, 11, 1))]
    assert raw_rows("SELECT count(*) FROM payload WHERE body LIKE '%refuses-other%'") == [(1,)]


@pytest.mark.parametrize("reply", [0, 2, -1])
def test_a_reply_that_is_not_there_is_not_found(store: Store, now: datetime, reply: int) -> None:
    store.cases.open(filed(), DRAFTED, now)
    store.cases.add("WH-22222A", Event(kind="reply", on=DAY), now)
    with pytest.raises(NotFound, match=f"reply {reply}"):
        store.cases.choose("WH-22222A", reply, "granted", None, now)


def test_each_event_says_when_it_was_written_down(store: Store, now: datetime) -> None:
    store.cases.open(filed(), DRAFTED, now)
    store.cases.open(filed("WH-33333B"), DRAFTED, now)
    later = now.replace(hour=12)
    store.cases.add("WH-22222A", Event(kind="reply", on=DAY), later)
    store.cases.choose("WH-22222A", 1, "granted", None, later)
    assert store.cases.recorded_at("WH-22222A") == [
        "2026-08-22T10:00:00.000000+00:00",
        "2026-08-22T12:00:00.000000+00:00",
    ]


# One chain --------------------------------------------------------------------------------------


def test_cases_and_observations_are_links_of_one_chain(
    store: Store, now: datetime, seen: Seen
) -> None:
    store.observations.record(seen(value="on"), now)
    store.cases.open(filed(), DRAFTED, now)
    last = store.observations.record(seen(), now)
    assert last.id == "obs-4"
    assert [one.id for one in store.observations.all()] == ["obs-1", "obs-4"]
    assert (store.observations.verify().length, store.observations.verify().ok) == (4, True)


def test_a_changed_event_breaks_the_chain(
    store: Store, now: datetime, tamper: Callable[..., int]
) -> None:
    store.cases.open(filed(), DRAFTED, now)
    assert tamper("UPDATE payload SET body = replace(body, '2026-08-01', '2026-07-01')") == 2
    report = store.observations.verify()
    assert (report.ok, report.broken_at) == (False, 2)


@pytest.mark.parametrize(
    "sql", ["UPDATE case_record SET seq = 9 WHERE seq = 1", "DELETE FROM case_record"]
)
def test_which_links_are_of_cases_stays(home: Path, store: Store, now: datetime, sql: str) -> None:
    store.cases.open(filed(), DRAFTED, now)
    with (
        closing(sqlite3.connect(home / "withhold.db")) as raw,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        raw.execute(sql)


def test_a_record_that_cannot_be_read_is_told(
    store: Store, now: datetime, tamper: Callable[..., int]
) -> None:
    store.cases.open(filed(), DRAFTED, now)
    tamper("UPDATE payload SET body = 'x' || body WHERE seq = 2")
    with pytest.raises(StoreTrouble, match="link 2"):
        store.cases.all()


# Forgetting -------------------------------------------------------------------------------------


def all_bytes(home: Path) -> bytes:
    """Every byte of every file under the home folder."""
    return b"".join(one.read_bytes() for one in sorted(home.rglob("*")) if one.is_file())


def _with_letters(store: Store, now: datetime, reference: str, **case: object) -> str:
    """Opens a case with a letter and a reply of its own; answers the digest of the reply."""
    letter = store.evidence.keep(f"SECRET-LETTER {reference}".encode(), "letter.txt")
    reply = store.evidence.keep(f"SECRET-REPLY {reference}".encode(), "reply.eml")
    store.cases.open(filed(reference, **case), replace(DRAFTED, evidence=letter), now)
    store.cases.add(reference, Event(kind="reply", on=DAY, evidence=reply), now)
    store.cases.choose(reference, 1, "granted", None, now)
    return reply


def test_one_case_goes_with_its_letters_and_the_chain_holds(
    home: Path, store: Store, now: datetime
) -> None:
    _with_letters(store, now, "WH-22222A")
    _with_letters(store, now, "WH-33333B")
    assert store.forget.case("WH-22222A", now) == Forgotten(cases=1, evidence=2)
    assert [one.case.id for one in store.cases.all()] == ["WH-33333B"]
    left = all_bytes(home)
    assert b"WH-22222A" not in left
    assert b"SECRET-REPLY WH-33333B" in left
    report = store.observations.verify()
    assert (report.ok, report.length, report.forgotten) == (True, 8, 4)
    assert store.faults() == []


def test_a_letter_that_an_observation_rests_on_stays(
    store: Store, now: datetime, seen: Seen
) -> None:
    reply = _with_letters(store, now, "WH-22222A")
    store.observations.record(seen(evidence=reply), now)
    assert store.forget.case("WH-22222A", now).evidence == 1
    assert store.evidence.has(reply)


@pytest.fixture
def pages(store: Store, now: datetime) -> Store:
    """Two accounts on Facebook, with cases of each, of neither, and of another platform."""
    for name in ("cats", "dogs"):
        store.own.add_account(Account(platform="facebook", name=name), now)
    _with_letters(store, now, "WH-CATSAA", account="cats")
    _with_letters(store, now, "WH-DGSAAA", account="dogs")
    _with_letters(store, now, "WH-BTHAAA")
    _with_letters(store, now, "WH-THERXX", subject="linkedin")
    return store


def test_an_account_takes_its_cases_and_the_last_one_those_of_all(
    pages: Store, now: datetime
) -> None:
    done = pages.forget.account("facebook:cats", now)
    assert done == Forgotten(accounts=1, cases=1, evidence=2)
    assert [one.case.id for one in pages.cases.all()] == ["WH-DGSAAA", "WH-BTHAAA", "WH-THERXX"]
    done = pages.forget.account("facebook:dogs", now)
    assert done == Forgotten(accounts=1, cases=2, evidence=4)
    assert [one.case.id for one in pages.cases.all()] == ["WH-THERXX"]
    assert pages.observations.verify().ok


def test_an_account_without_a_name_takes_the_cases_that_name_one(
    store: Store, now: datetime
) -> None:
    store.own.add_account(Account(platform="facebook"), now)
    store.cases.open(filed(account="ada"), DRAFTED, now)
    assert store.forget.account("facebook", now) == Forgotten(accounts=1, cases=1)


def test_an_account_without_a_name_leaves_the_cases_of_those_with_one(
    pages: Store, now: datetime
) -> None:
    pages.own.add_account(Account(platform="facebook"), now)
    done = pages.forget.account("facebook", now)
    assert done == Forgotten(accounts=1, cases=1, evidence=2)  # and the case that names no account
    assert [one.case.id for one in pages.cases.all()] == ["WH-CATSAA", "WH-DGSAAA", "WH-THERXX"]


def test_answers_that_rest_on_a_case_go_with_it_whosever_they_are(
    pages: Store, now: datetime
) -> None:
    pages.own.add_account(Account(platform="facebook"), now)
    said = "observation WH-BTHAAA (2026-08-01)"
    pages.watched.replace({"facebook:cats": said, "facebook:dogs": "another"}, told=said)
    pages.forget.account("facebook", now)
    assert pages.watched.all() == {"facebook:dogs": "another"}
    assert pages.watched.told() == ""


def test_a_subject_without_an_account_can_be_forgotten(store: Store, now: datetime) -> None:
    store.cases.open(filed(subject="openai"), DRAFTED, now)
    assert store.forget.account("openai", now) == Forgotten(cases=1)


def test_everything_takes_the_cases(
    home: Path, pages: Store, now: datetime, seen: Seen, tamper: Callable[..., int]
) -> None:
    pages.observations.record(seen(), now)
    tamper("UPDATE payload SET body = 'x' || body WHERE body LIKE '%\"granted\"%THERXX%'")
    done = pages.forget.everything(now)
    assert done == Forgotten(observations=1, accounts=2, cases=4, evidence=8)
    left = all_bytes(home)
    for secret in (b"SECRET", b"Ada Example", b"a ghost", b"WH-CATSAA"):
        assert secret not in left
    report = pages.observations.verify()
    assert (report.ok, report.forgotten) == (True, 17)
    assert pages.cases.all() == []


def test_an_unreadable_record_goes_with_the_case_it_names(
    store: Store, now: datetime, tamper: Callable[..., int]
) -> None:
    _with_letters(store, now, "WH-22222A")
    tamper("UPDATE payload SET body = 'x' || body WHERE seq = 4")
    assert store.forget.case("WH-22222A", now).cases == 1
    assert store.observations.bodies() == {}


def test_a_store_from_before_the_cases_gets_them(home: Path, now: datetime, seen: Seen) -> None:
    """A store of schema 2, as version 0.3 left it, with an observation in it."""
    with Store.open(home) as store:
        store.observations.record(seen(), now)
    with closing(sqlite3.connect(home / "withhold.db", isolation_level=None)) as raw:
        raw.execute("DROP TABLE case_record")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'm003_cases'")
        raw.execute("PRAGMA user_version = 2")
    with Store.open(home) as store:
        assert [one.id for one in store.observations.all()] == ["obs-1"]
        store.cases.open(filed(), DRAFTED, now)
        assert store.observations.verify().length == 3
