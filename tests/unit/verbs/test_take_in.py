"""take in: what a checklist adds to what is there, and what it never changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit import made
from withhold.exports.checklist import Checklist, ListedAccount, NotUnderstood, Tick
from withhold.keep import Store
from withhold.verbs.owner import Owner, from_store
from withhold.verbs.take_in import Understood, after, take_in, understand_all
from withhold.words import Account, Audience

TODAY = date(2026, 11, 27)
SAVED = date(2026, 11, 26)
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
KNOWN = made.knowledge(
    made.platform(
        aliases=["acme.example", "AcmeNet"],
        control=[
            made.control(),
            made.control("opt-in", want="on"),
            made.control("mode", want="minimise"),
            made.control("form", kind="form"),
            made.control("private", kind="audience"),
            made.control("robots", kind="robots", want="off"),
            made.control("blog-switch", scope="blog"),
            made.control("nothing", {"train": "not"}, kind="none"),
        ],
    ),
    made.platform("other", control=[made.control()]),
    retired={"oldacme": "acme", "gone": "partner"},
)


def ticks(*said: tuple[str, str, str, str]) -> tuple[Tick, ...]:
    """Step, account, value, day."""
    return tuple(
        Tick(path=f"/ticks/{n}", step=step, account=account, value=value, on=date.fromisoformat(on))
        for n, (step, account, value, on) in enumerate(said)
    )


def listed(*keys: str) -> tuple[ListedAccount, ...]:
    parts = [key.partition(":") for key in keys]
    return tuple(
        ListedAccount(path=f"/accounts/{n}", platform=platform, name=name)
        for n, (platform, _, name) in enumerate(parts)
    )


def checklist(*said: tuple[str, str, str, str], **more: Any) -> Checklist:
    """Of somebody in Pennsylvania with one public account."""
    usual = {
        "guide": date(2026, 11, 25),
        "saved": SAVED,
        "place": "US-PA",
        "lang": "de",
        "audience": "public",
        "accounts": listed("acme"),
    }
    return Checklist(**{**usual, **more}, ticks=ticks(*said))


def asked(one: Checklist, **owner: Any) -> Understood:
    return understand_all(one, Owner(**owner), KNOWN, TODAY)


def refused(found: Understood) -> list[tuple[str, str]]:
    return [(one.path, one.why) for one in found.not_understood]


SWITCH = ("acme/switch", "acme", "off", "2026-11-26")


# What it means --------------------------------------------------------------------------------


def test_a_new_owner_gets_place_language_and_accounts() -> None:
    found = asked(checklist(kind="business", menu_lang="de", accounts=listed("acme:a", "other")))
    assert [(one.name, one.said, one.stored) for one in found.settings] == [
        ("place", "US-PA", ""),
        ("lang", "de", ""),
    ]
    usual = {"kind": "business", "audience": "public", "lang": "de", "adult": True}
    assert [one.account for one in found.added] == [
        Account(platform="acme", name="a", **usual),
        Account(platform="other", **usual),
    ]
    assert {one.since for one in found.added} == {SAVED}


def test_a_minor_is_no_adult() -> None:
    assert [one.account.adult for one in asked(checklist(kind="minor")).added] == [False]


def test_what_is_there_is_kept_and_told() -> None:
    own = Account(platform="acme", kind="page", audience="followers", plan="pro")
    found = asked(checklist(kind="business"), accounts=(own,), place="DE", lang="en")
    assert found.kept == (own,)
    assert found.added == ()
    assert [(one.name, one.said, one.stored) for one in found.settings] == [
        ("place", "US-PA", "DE"),
        ("lang", "de", "en"),
    ]


@pytest.mark.parametrize(("said", "code"), [("us-pa", "US-PA"), ("uk", "GB"), (" DE ", "DE")])
def test_a_place_is_found_as_everywhere_else(said: str, code: str) -> None:
    assert asked(checklist(place=said)).settings[0].said == code


@pytest.mark.parametrize("said", ["EU", "WORLD", "Atlantis", "DE-XX"])
def test_a_place_that_is_none_is_not_set(said: str) -> None:
    found = asked(checklist(place=said))
    assert [one.name for one in found.settings] == ["lang"]
    assert refused(found) == [("/place", "unknown-place")]


def test_nothing_said_of_place_and_language_is_no_fault() -> None:
    found = asked(checklist(place="", lang=""))
    assert found.settings == ()
    assert refused(found) == []


def test_a_language_that_is_not_spoken_here() -> None:
    assert refused(asked(checklist(lang="fr"))) == [("/lang", "not-one-of")]


@pytest.mark.parametrize(
    ("step", "value"),
    [
        ("switch", "off"),
        ("switch", "on"),
        ("opt-in", "on"),
        ("opt-in", "off"),
        ("mode", "minimise"),
        ("mode", "on"),
        ("form", "sent"),
        ("form", "confirmed"),
        ("form", "refused"),
        ("private", "followers"),
        ("robots", "off"),
    ],
)
def test_a_tick_is_told_with_its_day(step: str, value: str) -> None:
    found = asked(checklist((f"acme/{step}", "acme", value, "2026-11-20")))
    assert refused(found) == []
    one = found.said[0].observation
    assert (one.control, one.account, one.value, one.on, one.how) == (
        *(f"acme/{step}", "acme", value),
        *(date(2026, 11, 20), "told"),
    )


@pytest.mark.parametrize(
    ("tick", "at", "why"),
    [
        (("acme/switch", "acme", "off", "2026-11-28"), "/on", "future"),
        (("acme/gone", "acme", "off", "2026-11-26"), "/step", "unknown-step"),
        (("acme/nothing", "acme", "off", "2026-11-26"), "/step", "unknown-step"),
        (("acme", "acme", "off", "2026-11-26"), "/step", "unknown-step"),
        (("nowhere/switch", "acme", "off", "2026-11-26"), "/step", "unknown-platform"),
        (("gone/switch", "acme", "off", "2026-11-26"), "/step", "unknown-platform"),
        (("/", "acme", "off", "2026-11-26"), "/step", "unknown-platform"),
        (("acme/switch", "nowhere", "off", "2026-11-26"), "/account", "unknown-platform"),
        (("acme/switch", "other", "off", "2026-11-26"), "", "account-unclear"),
        (("acme/switch@b", "acme:a", "off", "2026-11-26"), "", "account-unclear"),
        (("acme/switch@a", "acme", "off", "2026-11-26"), "", "account-unclear"),
        (("acme/switch", "acme:a", "off", "2026-11-26"), "/account", "account-not-listed"),
        (("acme/switch", "acme", "sent", "2026-11-26"), "/value", "not-one-of"),
        (("acme/switch", "acme", "OFF", "2026-11-26"), "/value", "not-one-of"),
        (("acme/form", "acme", "off", "2026-11-26"), "/value", "not-one-of"),
        (("acme/private", "acme", "public", "2026-11-26"), "/value", "not-one-of"),
        (("acme/private", "acme", "off", "2026-11-26"), "/value", "not-one-of"),
        (("acme/robots", "acme", "on", "2026-11-26"), "/value", "not-one-of"),
    ],
)
def test_a_tick_that_is_not_understood_is_told_and_hides_no_other(
    tick: tuple[str, str, str, str], at: str, why: str
) -> None:
    found = asked(checklist(tick, SWITCH))
    assert refused(found) == [(f"/ticks/0{at}", why)]
    assert [one.observation.control for one in found.said] == ["acme/switch"]


def test_the_states_that_can_be_ticked_are_named() -> None:
    found = asked(checklist(("acme/mode", "acme", "x", "2026-11-26")))
    assert found.not_understood[0].facts == {"choices": "minimise, on, off"}


def test_what_the_reader_did_not_understand_stays_in_the_answer() -> None:
    earlier = NotUnderstood(path="/ticks/9", why="wrong-type")
    found = asked(checklist(("acme/gone", *SWITCH[1:]), not_understood=(earlier,)))
    assert refused(found) == [("/ticks/9", "wrong-type"), ("/ticks/0/step", "unknown-step")]


@pytest.mark.parametrize("said", ["acme.example", "acmenet", "ACMENET", "oldacme"])
def test_another_name_of_a_platform_leads_to_it_and_is_told(said: str) -> None:
    found = asked(checklist((f"{said}/switch", said, "off", "2026-11-26"), accounts=listed(said)))
    assert [one.account.key for one in found.added] == ["acme"]
    assert [one.observation.control for one in found.said] == ["acme/switch"]
    assert found.renamed == {said.lower(): "acme"}
    assert refused(found) == []


def test_a_retired_platform_that_leads_to_none_is_told() -> None:
    found = asked(checklist(accounts=listed("gone", "nowhere", "acme", "acme")))
    assert refused(found) == [
        ("/accounts/0/platform", "unknown-platform"),
        ("/accounts/1/platform", "unknown-platform"),
        ("/accounts/3", "twice"),
    ]
    assert [one.account.key for one in found.added] == ["acme"]


def test_each_blog_keeps_its_own_ticks() -> None:
    """The guide names a blog in the step only where there are several; the account says which."""
    found = asked(
        checklist(
            ("acme/blog-switch@a", "acme:a", "off", "2026-11-24"),
            ("acme/blog-switch", "acme:b", "off", "2026-11-25"),
            ("acme/blog-switch", "acme", "off", "2026-11-26"),
            accounts=listed("acme", "acme:a", "acme:b"),
        )
    )
    assert refused(found) == []
    assert [(one.observation.account, one.observation.on.day) for one in found.said] == [
        ("acme:a", 24),
        ("acme:b", 25),
        ("acme", 26),
    ]


def test_an_account_of_the_owner_need_not_be_in_the_file() -> None:
    found = asked(checklist(SWITCH, accounts=()), accounts=(made.account(),))
    assert [one.observation.control for one in found.said] == ["acme/switch"]


def test_a_tick_that_stands_twice_counts_once() -> None:
    found = asked(checklist(SWITCH, ("acme/switch@", *SWITCH[1:]), SWITCH))
    assert len(found.said) == 1
    assert [(one.path, one.why, one.facts) for one in found.not_understood] == [
        ("/ticks/1", "twice", {"first": "/ticks/0"}),
        ("/ticks/2", "twice", {"first": "/ticks/0"}),
    ]


def test_two_states_of_one_switch_on_one_day_are_both_not_understood() -> None:
    found = asked(checklist(SWITCH, ("acme/switch", "acme", "on", "2026-11-26")))
    assert found.said == ()
    assert [(one.path, one.why, one.facts) for one in found.not_understood] == [
        ("/ticks/0", "contradicts", {"other": "/ticks/1"}),
        ("/ticks/1", "contradicts", {"other": "/ticks/0"}),
    ]


def test_what_the_owner_recorded_for_that_day_is_not_contradicted() -> None:
    seen = made.observation("on", on=SAVED, id="obs-7")
    found = asked(checklist(SWITCH), accounts=(made.account(),), seen=(seen,))
    assert found.said == ()
    assert found.not_understood[0].facts == {"other": "obs-7"}


def test_states_of_two_days_and_answers_to_one_request_stand_together() -> None:
    found = asked(
        checklist(
            SWITCH,
            ("acme/switch", "acme", "on", "2026-11-20"),
            ("acme/form", "acme", "sent", "2026-11-21"),
            ("acme/form", "acme", "confirmed", "2026-11-21"),
        )
    )
    assert refused(found) == []
    assert [one.observation.on.day for one in found.said] == [20, 21, 21, 26]


def test_what_was_recorded_before_is_not_recorded_again() -> None:
    seen = made.observation("off", on=SAVED, id="obs-7", how="shown")
    found = asked(checklist(SWITCH), accounts=(made.account(),), seen=(seen,))
    assert found.said == ()
    assert found.already == (seen,)
    assert refused(found) == []


def test_a_guide_of_tomorrow_is_told() -> None:
    found = asked(checklist(SWITCH, guide=TODAY + timedelta(1), saved=TODAY + timedelta(1)))
    assert refused(found) == [("/guide", "future"), ("/saved", "future")]
    assert [one.since for one in found.added] == [TODAY]
    assert len(found.said) == 1


@pytest.mark.parametrize(
    ("more", "anything"),
    [
        ({"place": "", "lang": "", "accounts": ()}, False),
        ({"place": "X", "lang": "", "accounts": ()}, False),
        ({"place": "DE", "lang": "", "accounts": ()}, True),
        ({"place": "", "lang": "", "accounts": listed("acme")}, True),
    ],
)
def test_whether_anything_was_understood(more: dict[str, Any], anything: bool) -> None:
    assert asked(checklist(**more)).anything is anything


# What it writes -------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with Store.open(home) as opened:
        yield opened


def taken(one: Checklist, store: Store, home: Path) -> Understood:
    """Read for the owner of a store, and written into it."""
    return take_in(understand_all(one, from_store(home), KNOWN, TODAY), store, NOW)


def test_all_of_it_is_written_with_ids(store: Store, home: Path) -> None:
    found = taken(checklist(SWITCH, ("acme/form", "acme", "sent", "2026-11-01")), store, home)
    assert [one.observation.id for one in found.said] == ["obs-1", "obs-2"]
    owner = from_store(home)
    assert (owner.place, owner.lang) == ("US-PA", "de")
    assert owner.accounts == (Account(platform="acme", audience="public"),)
    assert [(one.id, one.control, one.value, one.on, one.how) for one in owner.seen] == [
        ("obs-1", "acme/form", "sent", date(2026, 11, 1), "told"),
        ("obs-2", "acme/switch", "off", SAVED, "told"),
    ]
    assert store.observations.verify().ok


def test_a_second_time_changes_nothing(store: Store, home: Path) -> None:
    said = checklist(
        SWITCH,
        ("acme/private", "acme", "followers", "2026-11-25"),
        ("acme/form", "acme", "sent", "2026-11-01"),
    )
    taken(said, store, home)
    before = from_store(home), store.own.audience_history("acme")
    again = taken(said, store, home)
    assert (from_store(home), store.own.audience_history("acme")) == before
    assert again.said == again.added == ()
    assert [one.id for one in again.already] == ["obs-3", "obs-2", "obs-1"]


def test_nothing_that_is_there_is_overwritten(store: Store, home: Path) -> None:
    own = Account(platform="acme", kind="page", audience="followers", plan="pro", lang="fr")
    store.own.set("place", "DE")
    store.own.add_account(own, NOW)
    taken(checklist(SWITCH, kind="business", menu_lang="en"), store, home)
    owner = from_store(home)
    assert owner.accounts == (own,)
    assert (owner.place, owner.lang) == ("DE", "de")


PRIVATE = ("acme/private", "acme", "followers", "2026-11-20")


@pytest.mark.parametrize("audience", ["public", "unknown"])
def test_a_step_of_audience_closes_a_new_account_from_its_day(
    store: Store, home: Path, audience: Audience
) -> None:
    """Not known before counts as public, so that nothing is claimed closed before it."""
    taken(checklist(PRIVATE, audience=audience), store, home)
    owner = from_store(home)
    assert owner.accounts[0].audience == "followers"
    assert owner.public_until == {"acme": date(2026, 11, 20)}


def test_and_an_account_that_the_store_knows_from_later_on(store: Store, home: Path) -> None:
    store.own.add_account(made.account(audience="unknown"), NOW)
    taken(checklist(PRIVATE), store, home)
    owner = from_store(home)
    assert owner.accounts[0].audience == "followers"
    assert owner.public_until == {"acme": date(2026, 11, 20)}


def test_and_one_that_was_public_for_long(store: Store, home: Path) -> None:
    store.own.add_account(made.account(audience="public"), NOW, date(2020, 1, 1))
    taken(checklist(PRIVATE), store, home)
    assert store.own.audience_history("acme") == [
        (date(2020, 1, 1), "public"),
        (date(2026, 11, 20), "followers"),
    ]


def test_a_newer_word_on_the_audience_stays(store: Store, home: Path) -> None:
    store.own.add_account(made.account(audience="public"), NOW, date(2026, 11, 22))
    found = taken(checklist(PRIVATE), store, home)
    assert from_store(home).accounts[0].audience == "public"
    assert [one.key for one in found.audience_kept] == ["acme"]
    assert [one.observation.id for one in found.said] == ["obs-1"]


def test_an_audience_that_is_so_already_keeps_its_history(store: Store, home: Path) -> None:
    store.own.add_account(made.account(audience="public"), NOW, date(2020, 1, 1))
    store.own.add_account(made.account(audience="followers"), NOW, date(2025, 3, 1))
    found = taken(checklist(PRIVATE), store, home)
    assert from_store(home).public_until == {"acme": date(2025, 3, 1)}
    assert found.audience_kept == ()
    assert len(found.said) == 1


def test_broken_off_in_the_middle_it_can_be_run_again(
    store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = checklist(SWITCH, ("acme/form", "acme", "sent", "2026-11-27"))
    whole = store.observations.record

    def fails(observation: Any, now: datetime) -> Any:
        if observation.control == "acme/form":
            raise KeyboardInterrupt
        return whole(observation, now)

    monkeypatch.setattr(store.observations, "record", fails)
    with pytest.raises(KeyboardInterrupt):
        taken(said, store, home)
    monkeypatch.undo()
    taken(said, store, home)
    assert sorted(one.control for one in from_store(home).seen) == ["acme/form", "acme/switch"]


def test_the_owner_afterwards_is_the_one_that_the_store_holds(store: Store, home: Path) -> None:
    store.own.add_account(made.account("other"), NOW)
    said = checklist(SWITCH, accounts=listed("acme", "other"))
    expected = after(from_store(home), taken(said, store, home))
    held = from_store(home)
    assert replace(expected, accounts=tuple(sorted(expected.accounts, key=str))) == replace(
        held, accounts=tuple(sorted(held.accounts, key=str))
    )
