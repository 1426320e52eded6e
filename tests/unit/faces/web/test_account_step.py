"""The page of one setting: its steps, what was said or shown of it, and how that is taken back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.unit import made
from tests.unit.faces.web.account_made import ACME, ODD, at_acme, known
from tests.unit.faces.web.own_home import ROUTES, Home, wrong
from withhold.errors import NotFound
from withhold.faces.web.render import html
from withhold.faces.web.views import Page, Upload
from withhold.facts import Automation
from withhold.keep import Store
from withhold.verbs import record
from withhold.words import Account, Observation


def observations(of: Home) -> list[Observation]:
    with Store.read(of.home) as store:
        return store.observations.all()


def refused(of: Home, path: str, *files: Upload, **form: str) -> LexborHTMLParser:
    """A form that was filled in wrongly: the page that comes back."""
    view = ROUTES[path].post
    assert view is not None
    ask = of.ask(path, form={name: [value] for name, value in form.items()}, files=files)
    page = view(ask)
    assert isinstance(page, Page)
    assert page.status == 400
    return LexborHTMLParser(html(ask, page, csrf="word"))


def upload(of: Home, field: str, body: bytes, name: str = "page.html") -> Upload:
    path = of.home / "dropped"
    path.write_bytes(body)
    return Upload(field=field, name=name, path=path, size=len(body))


def test_a_setting_says_each_step_what_stays_open_and_that_nothing_is_pressed(
    tmp_path: Path,
) -> None:
    practices = [made.practice(), made.practice("licence", use="licence-to-third-party")]
    control = made.control(covers={"train": "full", "licence": "not"})
    of = at_acme(tmp_path, knowledge=known(control, practice=practices))
    said = of.text("/account/step?key=acme&control=switch")
    assert "nothing is pressed for you and nothing is read" in said
    assert "Use switch" in said
    assert "What stays open after it It does licence." in said
    assert "Nobody has written steps that a window could walk" in said


def test_a_real_setting_has_the_commands_of_the_window_and_says_why_they_are_not_run_here(
    tmp_path: Path,
) -> None:
    of = Home(tmp_path, Account(platform="linkedin", name="ada"), place="DE")
    address = "/account/step?key=linkedin:ada&control=ai-training-toggle"
    page, said = of.seen(address), of.text(address)
    assert page.css_first("#window-look").text() == (
        "withhold check linkedin/ai-training-toggle@ada --window"
    )
    assert page.css_first("#window-set").text() == (
        "withhold apply linkedin/ai-training-toggle@ada --window"
    )
    assert "It is not started from this page" in said
    assert "The terms of LinkedIn forbid automated access" in said
    assert {one.attributes["action"] for one in page.css("main form")} == {
        "/account/done",
        "/account/page",
    }


@pytest.mark.parametrize(
    ("says", "sentence"),
    [("silent", "say nothing of a tool"), ("allows", "allow a member's own tool")],
)
def test_what_the_terms_say_of_a_window_is_said(tmp_path: Path, says: Any, sentence: str) -> None:
    of = at_acme(
        tmp_path,
        knowledge=known(made.control(), automation_terms=Automation(says=says, source="policy")),
    )
    assert sentence in of.text("/account/step?key=acme&control=switch")


def test_what_was_done_is_recorded_as_told_and_can_be_taken_back(tmp_path: Path) -> None:
    of = at_acme(tmp_path)
    went = of.send("/account/done", key="acme", control="switch", on="2024-06-03", state="off")
    assert went.to == "/account/step?key=acme&control=switch"
    assert went.said == "Written down: off since 2024-06-03, by your word."
    (one,) = observations(of)
    assert (one.control, one.value, one.on, one.how, one.account) == (
        "acme/switch",
        "off",
        date(2024, 6, 3),
        "told",
        "acme",
    )
    assert "off since 3 June 2024 (told)" in of.text("/account/step?key=acme&control=switch")
    assert "NO, told" in of.text("/account?key=acme")
    back = of.undo(went)
    assert back.to == went.to
    assert observations(of) == []
    assert "NO, told" not in of.text("/account?key=acme")


def test_the_same_said_twice_is_written_down_once(tmp_path: Path) -> None:
    of = at_acme(tmp_path)
    form = {"key": "acme", "control": "switch", "on": "2024-06-03", "state": "off"}
    of.send("/account/done", **form)
    again = of.send("/account/done", **form)
    assert "already" in again.said or "twice" in again.said
    assert again.undo == ""
    assert len(observations(of)) == 1
    of.send("/account/done", **form | {"on": "2024-06-04"})
    assert len(observations(of)) == 2


def test_what_was_taken_back_on_the_same_day_can_be_said_again(tmp_path: Path) -> None:
    of = at_acme(tmp_path)
    form = {"key": "acme", "control": "switch", "on": "2024-06-03"}
    for state in ("off", "on", "off"):
        assert of.send("/account/done", **form, state=state).undo
    assert [one.value for one in observations(of)] == ["off", "on", "off"]
    assert "NO, told" in of.text("/account?key=acme")


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("", "“–” is not a day"),
        ("soon", "“soon” is not a day"),
        (str(date.today() + timedelta(days=9)), "is still to come"),  # noqa: DTZ011
    ],
)
def test_a_wrong_day_brings_the_form_back_with_what_was_typed(
    tmp_path: Path, on: str, sentence: str
) -> None:
    of = at_acme(tmp_path)
    page = refused(of, "/account/done", key="acme", control="switch", on=on, state="on")
    assert sentence in wrong(page)["on"]
    assert page.css_first("input[name=on]").attributes["value"] == on
    chosen = page.css("select[name=state] option[selected]")
    assert [one.attributes["value"] for one in chosen] == ["on"]
    assert observations(of) == []


def test_a_state_that_it_does_not_have_is_said_beside_the_field(tmp_path: Path) -> None:
    page = refused(
        at_acme(tmp_path), "/account/done", key="acme", control="switch", on="2024-06-03", state="x"
    )
    assert "this step is off or on" in wrong(page)["state"]


def test_of_a_form_it_can_be_said_how_it_was_answered_and_a_letter_shows_it(
    tmp_path: Path,
) -> None:
    of = at_acme(tmp_path, knowledge=known(made.control("form", kind="form")))
    page = of.seen("/account/step?key=acme&control=form")
    states = [one.attributes["value"] for one in page.css("select[name=state] option")]
    assert states == ["sent", "confirmed", "refused"]
    letter = upload(of, "evidence", b"Dear Ada, granted.", name="../re\x1bply.txt")
    went = of.send(
        "/account/done", letter, key="acme", control="form", on="2024-06-03", state="confirmed"
    )
    assert "as the file that is kept with it shows" in went.said
    (one,) = observations(of)
    assert (one.value, one.how) == ("confirmed", "shown")
    with Store.read(of.home) as store:
        assert store.evidence.read(one.evidence) == b"Dear Ada, granted."
        assert [each.name for each in store.evidence.all()] == [
            "../re\N{REPLACEMENT CHARACTER}ply.txt"
        ]


def test_a_file_that_is_too_large_is_said_by_its_name_and_nothing_typed_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "_EVIDENCE_AT_MOST", 10)
    of = at_acme(tmp_path)
    file = upload(of, "evidence", b"x" * 11, "film.mov")
    form = {"key": "acme", "control": "switch", "on": "2024-06-03", "state": "on"}
    page = refused(of, "/account/done", file, **form)
    told = wrong(page)["evidence"]
    assert told.startswith("film.mov: larger than")
    assert str(of.home) not in told
    assert page.css_first("input[name=on]").attributes["value"] == "2024-06-03"
    assert page.css_first("select[name=state] option[value=on][selected]")
    assert observations(of) == []


def test_going_private_changes_the_account_too_and_undo_puts_both_back(tmp_path: Path) -> None:
    of = Home(tmp_path, Account(platform="instagram", audience="public"), place="DE")
    before = of.history("instagram")
    went = of.send("/account/done", key="instagram", control="private-account", on="2026-06-03")
    assert of.accounts()["instagram"].audience == "followers"
    assert of.history("instagram")[-1] == ("2026-06-03", "followers")
    of.undo(went)
    assert of.accounts()["instagram"].audience == "public"
    assert of.history("instagram") == before
    assert observations(of) == []


def test_an_undo_that_was_tampered_with_changes_no_other_account(tmp_path: Path) -> None:
    own = (Account(platform="instagram", audience="public"), Account(platform="x"))
    of = Home(tmp_path, *own, place="DE")
    went = of.send("/account/done", key="instagram", control="private-account", on="2026-06-03")
    of.send(went.undo, **went.undo_values | {"account": '{"platform": "x", "audience": "private"}'})
    assert of.accounts()["x"] == own[1]


def test_of_two_accounts_only_the_one_that_was_meant_is_said_to_be_switched(
    tmp_path: Path,
) -> None:
    of = at_acme(tmp_path, ACME, ODD)
    of.send("/account/done", key=ODD.key, control="switch", on="2024-06-03", state="off")
    assert [one.account for one in observations(of)] == [ODD.key]
    assert "NO, told" not in of.text("/account?key=acme")


def test_only_what_is_of_this_setting_can_be_forgotten_there(tmp_path: Path) -> None:
    of = at_acme(tmp_path, knowledge=known(made.control(), made.control("other")))
    of.send("/account/done", key="acme", control="switch", on="2024-06-03", state="off")
    number = observations(of)[0].id
    with pytest.raises(NotFound):
        of.send("/account/forget", key="acme", control="other", id=number)
    assert len(observations(of)) == 1
    assert (
        "forgotten"
        in of.send("/account/forget", key="acme", control="switch", id=number).said.lower()
    )


# A saved page ---------------------------------------------------------------------------------


def test_a_file_that_is_no_saved_page_is_said_to_be_none_and_nothing_is_recorded(
    tmp_path: Path,
) -> None:
    of = Home(tmp_path, Account(platform="linkedin"), place="DE")
    file = upload(of, "page", b"\x89PNG not a page", "shot.png")
    went = of.send("/account/page", file, key="linkedin", control="ai-training-toggle")
    assert went.bad
    assert "no saved page" in went.said
    assert "Nothing was written down." in went.said
    assert observations(of) == []


def test_without_a_file_and_with_a_wrong_day_the_form_says_so(tmp_path: Path) -> None:
    of = Home(tmp_path, Account(platform="linkedin"), place="DE")
    form = {"key": "linkedin", "control": "ai-training-toggle"}
    assert "No file came with it" in wrong(refused(of, "/account/page", **form))["page"]
    page = refused(of, "/account/page", upload(of, "page", b"<p>"), **form, saved="tomorrow")
    assert "is not a day" in wrong(page)["saved"]
    assert page.css_first("input[name=saved]").attributes["value"] == "tomorrow"


def test_a_setting_without_a_recipe_takes_no_page(tmp_path: Path) -> None:
    of = at_acme(tmp_path)
    page = of.seen("/account/step?key=acme&control=switch")
    assert page.css("form[action='/account/page']") == []
    with pytest.raises(NotFound):
        of.get("/account/step?key=acme&control=nothing")
