"""A clock that lies: set back, set ahead, jumping; servers and archives with their own dates."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.journeys.run import here
from tests.unit.verbs.test_watch import MONDAY, known, look, made
from withhold.faces.cli.setting import Setting
from withhold.faces.report import doctor_clock
from withhold.faces.web.password import Tries
from withhold.faces.web.sessions import Guarding
from withhold.keep import Store
from withhold.reach.patience import retry_after
from withhold.reach.wire import Reply
from withhold.words import Observation

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
DECADE = timedelta(days=3_653)


@pytest.fixture
def home(own_home: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WITHHOLD_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def seen(n: int) -> Observation:
    return Observation(
        control=f"linkedin/c{n}", value="off", on=date(2026, 1, 1), how="told", account="linkedin"
    )


def doctor() -> str:
    """What it says of the clock; the rest of it reads all knowledge."""
    return "\n".join(why for _, _, why in doctor_clock.lines(Setting()))


# The store --------------------------------------------------------------------------------------


def test_records_keep_their_order_whatever_the_clock_says(home: Path) -> None:
    jumps = random.Random(4711)  # noqa: S311
    moments = [NOW + timedelta(days=jumps.randint(-9_000, 9_000)) for _ in range(60)]
    with Store.open(home) as store:
        for n, at in enumerate(moments):
            store.observations.record(seen(n), at)
    with Store.read(home) as store:
        found = store.observations.all()
        assert [one.control for one in found] == [f"linkedin/c{n}" for n in range(60)]
        assert [one.id for one in found] == [f"obs-{n}" for n in range(1, 61)]
        assert store.observations.verify().ok
        assert store.faults() == []


def test_doctor_says_between_which_records_the_clock_went_back(home: Path) -> None:
    with Store.open(home) as store:
        for n, hours in enumerate((0, 1, -5, -4)):
            store.observations.record(seen(n), NOW + timedelta(hours=hours))
    said = doctor()
    assert said.count("it went back between") == 1
    assert "between obs-2 (2026-11-26T13:00) and obs-3 (2026-11-26T07:00)" in said


def test_doctor_says_what_was_written_on_a_day_that_has_not_come(home: Path) -> None:
    with Store.open(home) as store:
        store.observations.record(seen(0), datetime(2999, 1, 1, tzinfo=UTC))
    assert "obs-1 was written on a day that has not come" in doctor()


def test_of_a_clock_that_went_on_doctor_says_nothing(home: Path) -> None:
    with Store.open(home) as store:
        for n in range(3):
            store.observations.record(seen(n), NOW - timedelta(days=900 - n))
    assert doctor() == ""


@pytest.mark.long
def test_the_command_itself_says_it(home: Path) -> None:
    with Store.open(home) as store:
        for n, hours in enumerate((1, 0)):
            store.observations.record(seen(n), NOW + timedelta(hours=hours))
    assert "OK   clock: it went back between obs-1" in here("doctor").out


# Looking again ----------------------------------------------------------------------------------


def test_a_look_in_2036_does_not_silence_what_comes_before(home: Path) -> None:
    """Set ten years ahead for one look, and back: what begins next week is told when it begins."""
    soon = made.practice("train", since=date(2024, 7, 19), default="on")
    first = look(known(soon))
    far = look(known(soon), first, when=MONDAY + DECADE)
    back = look(known(soon), far, when=MONDAY + timedelta(days=1))
    there = look(known(soon), back, when=date(2024, 7, 19))
    assert (there.worse, there.is_news) == (True, True)


def test_a_switch_looked_at_in_2036_is_due_again_as_if_it_had_not_been(home: Path) -> None:
    """What was recorded with a clock ten years ahead does not put off the next look."""
    from msgspec.structs import replace

    from tests.unit.verbs.test_watch import owner

    switch = Observation(control="acme/switch", value="off", on=MONDAY, how="told", account="acme")
    again = MONDAY + timedelta(days=400)
    who = owner()
    there = known(control=[made.control(covers="promise")])
    plain = look(there, who=replace(who, seen=(switch,)), when=again)
    ahead = replace(switch, on=MONDAY + DECADE)
    later = look(there, who=replace(who, seen=(switch, ahead)), when=again)
    due = [(one.ref, one.on) for one in plain.due if one.kind == "control"]
    assert due, "it is due without the second look"
    assert [(one.ref, one.on) for one in later.due if one.kind == "control"] == due


def test_a_round_that_was_cut_in_2036_is_not_gone_on_with_for_ten_years(home: Path) -> None:
    with Store.open(home) as store:
        far = store.policies.begin(["acme/privacy"], NOW + DECADE)
        assert store.policies.begin(["acme/privacy"], NOW).id != far.id


def test_a_round_that_another_process_began_a_minute_from_now_is_gone_on_with(home: Path) -> None:
    with Store.open(home) as store:
        soon = store.policies.begin(["acme/privacy"], NOW + timedelta(minutes=1))
        assert store.policies.begin(["acme/privacy"], NOW).id == soon.id


# Servers ----------------------------------------------------------------------------------------


def busy(*headers: tuple[str, str]) -> Reply:
    return Reply(status=429, headers=headers)


def http(at: datetime) -> str:
    return format_datetime(at, usegmt=True)


@pytest.mark.parametrize("off", [-DECADE, timedelta(0), DECADE])
def test_a_wait_until_a_date_is_counted_by_the_clock_that_named_it(off: timedelta) -> None:
    """Ours is ten years off: the server is neither asked at once nor never again."""
    asked = busy(("Date", http(NOW)), ("Retry-After", http(NOW + timedelta(seconds=90))))
    assert retry_after(asked, NOW + off) == 90.0


@pytest.mark.parametrize("said", ["", "yesterday", "Thu, 99 Foo 2026"])
def test_without_a_date_of_the_server_ours_counts(said: str) -> None:
    asked = busy(("Date", said), ("Retry-After", http(NOW + timedelta(seconds=7))))
    assert retry_after(asked, NOW) == 7.0


def test_a_date_that_lies_makes_no_negative_wait() -> None:
    asked = busy(("Date", http(NOW + DECADE)), ("Retry-After", http(NOW)))
    assert retry_after(asked, NOW) == 0.0


# The dashboard ----------------------------------------------------------------------------------


def test_a_session_does_not_end_or_live_on_by_the_wall_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guarding = Guarding(8765)
    session = guarding.begin()
    for jump in (-3e8, 3e8):
        monkeypatch.setattr("time.time", lambda jump=jump: 1.8e9 + jump)
        assert guarding.is_open(session)
    guarding.end(session)
    assert not guarding.is_open(session)


def test_who_guessed_wrong_waits_whatever_the_wall_clock_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries = Tries(clock=lambda: 100.0)
    for _ in range(6):
        tries.was_wrong("10.0.0.9")
    for jump in (-3e8, 3e8):
        monkeypatch.setattr("time.time", lambda jump=jump: 1.8e9 + jump)
        assert tries.wait("10.0.0.9") == 8.0


# Archives ---------------------------------------------------------------------------------------


def test_posts_of_1601_and_of_times_to_come_are_taken_in_and_counted(home: Path) -> None:
    from tests.unit.keep.posts_made import archive, post, take

    days = (datetime(1601, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC), NOW)
    with Store.open(home) as store:
        take(store, [post(f"p{n}", created=at) for n, at in enumerate(days)], of=archive("a"))
    with Store.read(home) as store:
        days_stored = sorted(one.asked.day for one in store.posts.groups())
        assert days_stored == ["1601-01-01", "2026-11-26", "9998-12-31"]
    here("check", "--posts", "--in", "DE").ok()
