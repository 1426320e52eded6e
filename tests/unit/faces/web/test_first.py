"""The first run: three screens, nothing stored before the last; or the guide's checklist."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit.faces.web.own_home import Home, wrong
from withhold.faces.web.views import Go, Upload
from withhold.keep import Store
from withhold.words import Account

ARABIC, SCRIPT = "مدونة/ب", "<script>alert(1)</script>"


def draft_of(went: Go) -> str:
    return went.to.partition("draft=")[2].partition("&")[0]


def on(home: Home, step: str, draft: str = "", **fields: Any) -> Go:
    return home.send("/first", step=step, draft=draft, go="on", **fields)


def through(home: Home, place: str = "DE", **second: Any) -> str:
    """The draft after two screens."""
    draft = draft_of(on(home, "1", place=place, lang="en"))
    went = on(home, "2", draft, **second)
    assert went.to.startswith("/first?step=3"), went
    return draft_of(went)


def test_nothing_is_stored_before_the_last_screen_and_all_of_it_after(tmp_path: Path) -> None:
    home = Home(tmp_path)
    draft = through(home, platforms=["linkedin", "reddit"], blogs__tumblr="paintings, kitchen")
    assert not home.desk.exists()
    went = on(home, "3", draft, audience="followers", kind="business")
    assert (went.to, went.said) == ("/plan", "Saved: accounts 4, sites 0.")
    assert set(home.accounts()) == {"linkedin", "reddit", "tumblr:paintings", "tumblr:kitchen"}
    assert {(one.kind, one.audience, one.adult) for one in home.accounts().values()} == {
        ("business", "followers", True)
    }
    assert home.settings() == {"place": "DE", "lang": "en"}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("DE", "DE"),
        ("uk", "GB"),
        ("us-pa", "US-PA"),
        ("Pennsylvania (US-PA)", "US-PA"),
        ("Bavaria", "DE-BY"),
        (" bayern ", "DE-BY"),
        ("Deutschland", "DE"),
        ("Georgia (GE)", "GE"),
    ],
)
def test_a_place_is_understood_by_code_and_by_name(tmp_path: Path, typed: str, code: str) -> None:
    home = Home(tmp_path)
    on(home, "3", through(home, place=typed, platforms=["x"]), audience="public", kind="personal")
    assert home.settings()["place"] == code


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Say where you live"),
        ("Narnia", "“Narnia” is no place"),
        ("EU", "“EU” is no place"),
        ("Georgia", "Georgia (GE), Georgia (US-GA)"),
        (SCRIPT, SCRIPT),
    ],
)
def test_what_is_no_place_is_said_beside_the_field_and_stays_in_it(
    tmp_path: Path, typed: str, said: str
) -> None:
    home = Home(tmp_path)
    went = on(home, "1", place=typed, lang="en", minor="yes")
    assert went.to.startswith("/first?step=1&")
    page = home.seen(went.to)
    assert said in wrong(page)["place"]
    field, minor = page.css_first("#place"), page.css_first("[name=minor]")
    assert (field.attributes["value"] or "") == typed
    assert "checked" in minor.attributes
    assert not page.css("main script")


def test_the_places_are_suggested_by_name_and_code(tmp_path: Path) -> None:
    options = {one.attributes["value"] for one in Home(tmp_path).seen("/first").css("option")}
    assert {"Pennsylvania (US-PA)", "Germany (DE)", "Bavaria (DE-BY)"} <= options
    german = {one.attributes["value"] for one in Home(tmp_path).seen("/first", "de").css("option")}
    assert "Bayern (DE-BY)" in german


def test_back_loses_nothing_that_was_typed_on_either_screen(tmp_path: Path) -> None:
    home = Home(tmp_path)
    first = draft_of(on(home, "1", place="Bavaria", lang="en"))
    went = home.send(
        "/first",
        step="2",
        draft=first,
        go="back",
        platforms=["linkedin"],
        blogs__tumblr=ARABIC,
        sites="not finished",
    )
    assert went.to.startswith("/first?step=1&"), "what is wrong may wait"
    assert home.seen(went.to).css_first("#place").attributes["value"] == "Bavaria"
    again = on(home, "1", draft_of(went), place="Bavaria", lang="en")
    page = home.seen(again.to)
    assert page.css_first("#blogs-tumblr").attributes["value"] == ARABIC
    assert page.css_first("#sites").text() == "not finished"
    assert "checked" in page.css_first("[value=linkedin]").attributes


def test_what_is_unticked_on_the_way_back_is_not_kept(tmp_path: Path) -> None:
    home = Home(tmp_path)
    draft = through(home, platforms=["linkedin", "x"])
    draft = draft_of(on(home, "2", draft, platforms=["x"]))
    on(home, "3", draft, audience="public", kind="personal")
    assert set(home.accounts()) == {"x"}


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({}, "fieldset", "Tick at least one platform"),
        ({"sites": "https://ok.example notasite"}, "sites", "“notasite”"),
        ({"blogs__tumblr": "a\x07b"}, "blogs:tumblr", "control characters"),
        ({"blogs__tumblr": "n" * 201}, "blogs:tumblr", "at most 200"),
    ],
)
def test_the_second_screen_says_beside_the_field_what_it_cannot_use(
    tmp_path: Path, fields: dict[str, Any], field: str, said: str
) -> None:
    home = Home(tmp_path)
    went = on(home, "2", draft_of(on(home, "1", place="DE", lang="en")), **fields)
    assert went.to.startswith("/first?step=2&")
    assert said in wrong(home.seen(went.to))[field]
    assert not home.desk.exists()


def test_an_account_can_differ_and_names_may_hold_anything(tmp_path: Path) -> None:
    home = Home(tmp_path)
    draft = through(home, platforms=["linkedin", "x"], blogs__tumblr=f"{ARABIC}, {SCRIPT}")
    page = home.seen(f"/first?step=3&draft={draft}")
    assert not page.css("main script")
    assert {ARABIC, SCRIPT} <= {
        one.text(strip=True)[8:-1] for one in page.css("legend") if "Tumblr" in one.text()
    }
    fields = {
        f"audience__tumblr__{ARABIC}": "followers",
        "name__x": "ada",
        "kind__linkedin": "page",
    }
    on(home, "3", draft, audience="public", kind="personal", **fields)
    found = home.accounts()
    assert set(found) == {"linkedin", "x:ada", f"tumblr:{ARABIC}", f"tumblr:{SCRIPT}"}
    assert (found[f"tumblr:{ARABIC}"].audience, found["x:ada"].audience) == ("followers", "public")
    assert (found["linkedin"].kind, found["x:ada"].kind) == ("page", "personal")


def test_somebody_under_18_has_accounts_of_a_minor_whatever_a_form_says(tmp_path: Path) -> None:
    home = Home(tmp_path)
    draft = draft_of(on(home, "1", place="DE", lang="en", minor="yes"))
    draft = draft_of(on(home, "2", draft, platforms=["tiktok"]))
    assert not home.seen(f"/first?step=3&draft={draft}").css("#kind"), "it is not asked"
    on(home, "3", draft, audience="public", kind="business")
    assert (home.accounts()["tiktok"].kind, home.accounts()["tiktok"].adult) == ("minor", False)


def test_sites_alone_are_enough(tmp_path: Path) -> None:
    home = Home(tmp_path)
    draft = through(home, sites="ada.example\nhttps://b.example/")
    assert home.page(f"/first?step=3&draft={draft}")
    went = on(home, "3", draft, audience="public")
    assert went.to == "/"
    assert [one.url for one in home.desk.setting("en").owner.sites] == [
        "https://ada.example",
        "https://b.example",
    ]


@pytest.mark.parametrize("audience", ["", "everyone", "group"])
def test_an_audience_that_no_button_has_is_not_taken(tmp_path: Path, audience: str) -> None:
    home = Home(tmp_path)
    went = on(home, "3", through(home, platforms=["x"]), audience=audience, kind="personal")
    assert went.to.startswith("/first?step=3&")
    assert not home.desk.exists()


def test_begun_once_more_it_takes_nothing_away_that_was_said_elsewhere(tmp_path: Path) -> None:
    known = Account(
        platform="linkedin", audience="public", plan="pro", lang="fr", since=date(2014, 5, 1)
    )
    home = Home(tmp_path, known, place="DE")
    with Store.open(home.home) as store:
        store.own.add_site("https://ada.example", str(tmp_path))
    draft = through(home, platforms=["linkedin", "x"], sites="ada.example")
    on(home, "3", draft, audience="followers", kind="personal")
    assert home.accounts()["linkedin"] == replace(known, audience="followers")
    assert set(home.accounts()) == {"linkedin", "x"}
    with Store.read(home.home) as store:
        assert [one.folder for one in store.own.sites()] == [str(tmp_path)]


def test_a_draft_that_is_not_known_any_more_begins_anew(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert home.page("/first?step=3&draft=gone").template == "first_place.html"
    went = on(home, "3", "gone", audience="public", kind="personal")
    assert went.to.startswith("/first?step=1&")
    assert not home.desk.exists()


def test_another_language_is_spoken_from_the_next_screen_on(tmp_path: Path) -> None:
    went = on(Home(tmp_path), "1", place="DE", lang="de")
    assert went.to.endswith("&lang=de")


def test_the_command_beside_it_is_the_one_that_does_the_same(tmp_path: Path) -> None:
    home = Home(tmp_path)
    draft = through(
        home, place="Bavaria", platforms=["linkedin"], blogs__tumblr="paintings, kitchen"
    )
    command = home.page(f"/first?step=3&draft={draft}").command
    assert (
        command
        == "withhold start --in DE-BY --platforms 'linkedin tumblr' --blogs paintings,kitchen"
    )


# The checklist ------------------------------------------------------------------------------------

LIST = {
    "schema": "withhold/checklist/1",
    "guide": "2026-02-01",
    "saved": "2026-02-02",
    "place": "US-PA",
    "lang": "en",
    "menu_lang": "en",
    "kind": "personal",
    "audience": "public",
    "accounts": [{"platform": "linkedin", "name": ""}, {"platform": "gone", "name": SCRIPT}],
    "ticks": [
        {
            "step": "linkedin/ai-training-toggle",
            "account": "linkedin",
            "value": "off",
            "on": "2026-02-02",
        }
    ],
}


def dropped(tmp_path: Path, body: bytes, name: str = "list.json") -> Upload:
    path = tmp_path / "dropped"
    path.write_bytes(body)
    return Upload(field="checklist", name=name, path=path, size=len(body))


def test_the_guides_checklist_is_taken_in_and_what_it_brought_is_said(tmp_path: Path) -> None:
    home = Home(tmp_path)
    file = dropped(tmp_path, json.dumps(LIST).encode(), f"{SCRIPT}.json")
    went = home.send("/first/checklist", file)
    assert home.accounts() == {
        "linkedin": Account(platform="linkedin", audience="public", lang="en")
    }
    assert home.settings()["place"] == "US-PA"
    with home.desk.reading() as store:
        assert [(one.value, one.how) for one in store.observations.all()] == [("off", "told")]
    said = home.text(went.to)
    assert "place: US-PA" in said
    assert "recorded, because you say so: linkedin/ai-training-toggle" in said
    assert "Not understood: 1" in said
    assert "unknown platform gone" in said
    assert f"{SCRIPT}.json was taken in" in said
    assert not home.seen(went.to).css("main script")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"PK\x03\x04", b'{"schema": "withhold/checklist/9"}', b"[]"]
)
def test_what_is_no_checklist_is_said_and_stores_nothing(tmp_path: Path, body: bytes) -> None:
    home = Home(tmp_path)
    went = home.send("/first/checklist", dropped(tmp_path, body))
    assert (went.to, went.bad) == ("/first", True)
    assert "list.json" in went.said
    assert not home.desk.exists()


def test_no_file_at_all_is_said(tmp_path: Path) -> None:
    went = Home(tmp_path).send("/first/checklist")
    assert (went.to, went.said, went.bad) == ("/first", "No file was chosen.", True)


def test_what_a_checklist_brought_is_shown_once_and_then_no_more(tmp_path: Path) -> None:
    assert Home(tmp_path).went("/first/checklist?taken=gone").to == "/"
