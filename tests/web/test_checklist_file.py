"""The list as a file: saved, taken in by the program, opened again; and as a calendar."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.journeys.run import here
from tests.web.conftest import WHEN, Opened, Watched
from tests.web.lists import Person, in_page_order, on_the_checklist, planned, say

pytestmark = pytest.mark.long

TODAY = date.fromisoformat(WHEN)
OWNER = Person("US-PA", blogs={"tumblr": ("paintings", "kitchen")})
EARLIER = {
    "linkedin/ai-training-toggle": "2025-05-02",
    "tumblr/third-party-sharing-toggle@kitchen": "2026-02-28",
}


def ready(opened: Opened, **more: Any) -> Watched:
    """A window on the day of the guide, with a new browser profile."""
    window = opened(**more)
    window.page.clock.set_fixed_time(f"{WHEN}T12:00:00Z")
    return window


def downloaded(page: Any, button: str, folder: Path) -> Path:
    """The file that a button gives."""
    with page.expect_download() as waiting:
        page.locator(button).click()
    file = folder / str(waiting.value.suggested_filename)
    waiting.value.save_as(file)
    return file


def ticks(page: Any) -> list[tuple[str, str]]:
    """The steps that are ticked, with their days."""
    return [
        (one.get_attribute("data-step"), one.locator(".on").input_value())
        for one in page.locator(".step.ticked").all()
    ]


def listed(page: Any, person: Person = OWNER) -> None:
    """The list of a person, there to be ticked."""
    say(page, person)
    page.locator('[data-step="tumblr/third-party-sharing-toggle@kitchen"]').wait_for()


def tick(page: Any, step: str, on: str = "") -> None:
    """A step done, today or on another day."""
    item = page.locator(f'[data-step="{step}"]')
    item.locator(".tick").check()
    if on:
        item.locator(".on").fill(on)
        item.locator(".on").blur()


@pytest.fixture
def ticked(opened: Opened) -> Any:
    """A list with two steps done today and two on earlier days."""
    page = ready(opened).open()
    listed(page)
    first = page.locator("#steps > .step").all()
    others = [str(one.get_attribute("data-step")) for one in first]
    today = [one for one in others if one not in EARLIER][:2]
    for step in today:
        tick(page, step)
    for step, day in EARLIER.items():
        tick(page, step, day)
    return page


def test_every_tick_and_date_arrives_in_the_program(ticked: Any, tmp_path: Path) -> None:
    done = {(step.partition("@")[0], account(step), day) for step, day in ticks(ticked)}
    assert len(done) == 4
    assert {day for _, _, day in done} == {WHEN, *EARLIER.values()}
    file = downloaded(ticked, "#save", tmp_path)
    taken = json.loads(here("import", file, "--format", "json").ok().out)["checklists"][0]
    assert (taken["not_understood"], taken["ignored"]) == ([], [])
    status = json.loads(here("status", "--format", "json").ok().out)
    assert status["where"] == "US-PA"
    assert {(one["control"], one["account"], one["on"]) for one in status["done"]} == done
    own = json.loads(here("own", "list", "--format", "json").ok().out)
    assert {(one["control"], one["account"], one["on"]) for one in own["seen"]} == done
    accounts = [(one["platform"], one["name"]) for one in own["accounts"]]
    assert sorted(accounts) == sorted(OWNER.accounts)
    assert {(one["kind"], one["audience"], one["lang"]) for one in own["accounts"]} == {
        ("personal", "public", "en")
    }


def account(step: str) -> str:
    """The account of a step of this list."""
    platform = step.partition("/")[0]
    name = step.partition("@")[2]
    return f"{platform}:{name}" if name else platform


def test_opened_again_elsewhere_the_list_is_the_same(
    ticked: Any, opened: Opened, tmp_path: Path
) -> None:
    file = downloaded(ticked, "#save", tmp_path)
    other = ready(opened).open()
    other.locator("#file").set_input_files(file)
    other.locator(".step.ticked").first.wait_for()
    assert ticks(other) == ticks(ticked)
    assert on_the_checklist(other.content(), "en") == on_the_checklist(ticked.content(), "en")
    assert json.loads(downloaded(other, "#save", tmp_path).read_text()) == json.loads(
        file.read_text()
    )
    other.reload()
    other.locator(".step.ticked").first.wait_for()
    assert ticks(other) == ticks(ticked)


def test_a_business_in_german(opened: Opened, tmp_path: Path) -> None:
    page = ready(opened).open("deutsch/")
    say(page, Person("DE", ("linkedin", "facebook"), "de", "business", "followers"))
    page.locator("#list").wait_for()
    file = downloaded(page, "#save", tmp_path)
    here("import", file).ok()
    own = json.loads(here("own", "list", "--format", "json").ok().out)
    assert (own["place"], own["lang"]) == ("DE", "de")
    said = {(one["kind"], one["audience"], one["lang"]) for one in own["accounts"]}
    assert said == {("business", "public", "de")}


def test_the_one_blog_gets_its_name_after_its_step_was_ticked(
    opened: Opened, tmp_path: Path
) -> None:
    page = ready(opened).open()
    say(page, Person("US-PA", ("tumblr",)))
    step = page.locator('[data-step="tumblr/third-party-sharing-toggle"]')
    step.locator(".tick").check()
    page.locator("#blogs-tumblr").fill("paintings")
    page.locator("#blogs-tumblr").press("Tab")
    page.get_by_role("heading", name="(paintings)").first.wait_for()
    assert ticks(page) == [("tumblr/third-party-sharing-toggle", WHEN)]
    page.locator("#blogs-tumblr").fill("paintings kitchen")
    page.locator("#blogs-tumblr").press("Tab")
    page.get_by_role("heading", name="(kitchen)").first.wait_for()
    assert ticks(page) == [("tumblr/third-party-sharing-toggle@paintings", WHEN)]
    file = downloaded(page, "#save", tmp_path)
    taken = json.loads(here("import", file, "--format", "json").ok().out)["checklists"][0]
    assert taken["not_understood"] == []
    assert [one["account"] for one in taken["recorded"]] == ["tumblr:paintings"]


# An evening in Pennsylvania -------------------------------------------------------------------


class _Evening(datetime):
    """Half past eleven in the evening of the day, in Pennsylvania: in London it is tomorrow."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return datetime.fromisoformat(f"{WHEN}T23:30:00-05:00").astimezone(tz)


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program's clock stands there, too."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    monkeypatch.setattr("withhold.faces.cli.setting.datetime", _Evening)
    yield
    monkeypatch.undo()
    time.tzset()


def test_an_evening_in_pennsylvania(opened: Opened, tmp_path: Path, evening: None) -> None:
    window = opened(timezone_id="America/New_York")
    window.page.clock.install(time=_Evening.now(UTC))
    page = window.open()
    listed(page)
    tick(page, "linkedin/ai-training-toggle")
    assert ticks(page) == [("linkedin/ai-training-toggle", WHEN)]
    file = downloaded(page, "#save", tmp_path)
    assert json.loads(file.read_text())["saved"] == WHEN
    taken = json.loads(here("import", file, "--format", "json").ok().out)["checklists"][0]
    assert [one["on"] for one in taken["recorded"]] == [WHEN]
    assert taken["not_understood"] == []


# The calendar ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "lang"), [("US-PA", "en"), ("DE", "de")])
def test_the_calendar_has_what_is_left_and_a_day_to_look_again(
    opened: Opened, tmp_path: Path, place: str, lang: str
) -> None:
    page = ready(opened).open(Person("", lang=lang).folder)
    platforms = in_page_order(page, (*OWNER.platforms, "adobe"))
    person = Person(place, platforms, lang, blogs={"tumblr": ("größe", "kitchen")})
    listed(page, person)
    tick(page, "tumblr/third-party-sharing-toggle@kitchen")
    body = downloaded(page, "#calendar", tmp_path).read_bytes()
    assert max(map(len, body.split(b"\r\n"))) <= 75
    assert b"\n" not in body.replace(b"\r\n", b"")
    ours = Calendar.from_ical(body)
    theirs = Calendar.from_ical(planned(person, tmp_path, "ics"))
    wanted = {
        str(one["uid"]): (str(one["summary"]), one["due"].dt)
        for one in theirs.walk("VTODO")
        if not str(one["uid"]).startswith(("look-again", "tumblr-third-party-sharing-toggle@k"))
    }
    found = {str(one["uid"]): (str(one["summary"]), one["due"].dt) for one in ours.walk("VTODO")}
    assert found.keys() == wanted.keys()
    assert {uid: due for uid, (_, due) in found.items()} == {
        uid: due for uid, (_, due) in wanted.items()
    }
    (again,) = ours.walk("VEVENT")
    assert again["dtstart"].dt == TODAY + timedelta(days=90)
    assert again.walk("VALARM")
    summaries = [summary for summary, _ in found.values()]
    assert any("(größe)" in one for one in summaries)
    labels = [
        one["label"] for one in on_the_checklist(page.content(), lang)["steps"] if one["label"]
    ]
    for label in labels:
        if label in str(again["description"]):
            continue  # done
        assert any(label in one for one in summaries), label


def test_commas_and_semicolons_come_out_of_the_calendar_as_they_went_in(
    opened: Opened, tmp_path: Path
) -> None:
    name = "küche; bad, flur\\dach " + "ä" * 60
    file = tmp_path / "edited.json"
    accounts = [{"platform": "tumblr", "name": name}]
    file.write_text(
        json.dumps(
            {"schema": "withhold/checklist/1", "place": "DE", "accounts": accounts, "ticks": []}
        )
    )
    page = ready(opened).open()
    page.locator("#file").set_input_files(file)
    page.locator("#steps > .step").first.wait_for()
    body = downloaded(page, "#calendar", tmp_path).read_bytes()
    assert max(map(len, body.split(b"\r\n"))) <= 75
    (todo,) = Calendar.from_ical(body).walk("VTODO")
    assert f"({name})" in str(todo["summary"])
    assert str(todo["uid"]) == f"tumblr-third-party-sharing-toggle-tumblr:{name}@withhold"
