"""The first run as a browser without script makes it: forms, redirects, what is said once."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.dashboard.asked import Site, at
from withhold.keep import Store

SCRIPT = "<script>alert(1)</script>"


def shown(site: Site, path: str) -> LexborHTMLParser:
    answer = site.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return LexborHTMLParser(answer.text)


def sent(site: Site, page: LexborHTMLParser, button: str, **typed: Any) -> Any:
    """The form of this button, with what stands in it and what is typed."""
    pressed = next(one for one in page.css("button") if one.text(strip=True) == button)
    form = pressed.parent
    while form.tag != "form":
        form = form.parent
    fields: dict[str, Any] = {}
    for one in form.css("input, textarea"):
        name, kind = one.attributes.get("name"), one.attributes.get("type") or ""
        value = one.text() if one.tag == "textarea" else one.attributes.get("value") or ""
        if not name or kind == "file":
            continue
        if kind not in ("checkbox", "radio"):
            fields[name] = value
        elif "checked" in one.attributes:
            fields.setdefault(name, []).append(value)
    for one in form.css("select"):
        chosen = one.css_first("option[selected]") or one.css_first("option")
        fields[one.attributes["name"]] = chosen.attributes["value"] or ""
    if name := pressed.attributes.get("name"):
        fields[name] = pressed.attributes["value"]
    assert fields.pop("csrf") == site.word, "every form carries the session's word"
    return site.send(form.attributes["action"], **fields | typed)


def test_from_nothing_to_the_plan_in_four_clicks(tmp_path: Path) -> None:
    with at(tmp_path / "home") as site:
        assert site.get("/").headers["location"] == "/first"
        page = shown(site, "/first")
        went = sent(site, page, "Next", place="Pennsylvania")  # 1
        page = shown(site, went.headers["location"])
        went = sent(site, page, "Next", platforms=["linkedin"])  # 2: LinkedIn, 3: Next
        page = shown(site, went.headers["location"])
        went = sent(site, page, "Save, and show what to do")  # 4
        assert (went.status_code, went.headers["location"]) == (303, "/plan")
        first, again = site.get("/plan").text, site.get("/plan").text
        assert "Saved: accounts 1, sites 0." in first
        assert "Saved: accounts 1, sites 0." not in again, "it is said once"
        assert "Use my data for training content creation AI models" in again
    with Store.read(tmp_path / "home") as store:
        assert [(one.key, one.audience, one.kind) for one in store.own.accounts()] == [
            ("linkedin", "public", "personal")
        ]
        assert store.own.settings() == {"place": "US-PA", "lang": "en"}


def test_back_and_loading_anew_lose_and_repeat_nothing(tmp_path: Path) -> None:
    with at(tmp_path / "home") as site:
        went = sent(site, shown(site, "/first"), "Next", place="Germany (DE)")
        second = went.headers["location"]
        page = shown(site, second)
        went = sent(site, page, "Back", platforms=["x", "reddit"], sites=SCRIPT)
        first = shown(site, went.headers["location"])
        assert first.css_first("#place").attributes["value"] == "Germany (DE)"
        went = sent(site, first, "Next")
        for _ in range(2):  # loaded anew
            page = shown(site, went.headers["location"])
            ticked = [one.attributes["value"] for one in page.css("[name=platforms][checked]")]
            assert sorted(ticked) == ["reddit", "x"]
            assert page.css_first("#sites").text() == SCRIPT
            assert not page.css("main script")
        went = sent(site, page, "Next", sites="")
        third = shown(site, went.headers["location"])
        sent(site, third, "Save, and show what to do")
        sent(site, third, "Save, and show what to do")  # back, and once more
    with Store.read(tmp_path / "home") as store:
        assert [one.key for one in store.own.accounts()] == ["reddit", "x"]


def test_a_name_in_arabic_with_script_and_slash_goes_through_all_screens(tmp_path: Path) -> None:
    name = f"مدونة/{SCRIPT}"
    with at(tmp_path / "home") as site:
        went = sent(site, shown(site, "/first"), "Next", place="DE")
        page = shown(site, went.headers["location"])
        went = sent(site, page, "Next", **{"blogs:tumblr": name})
        page = shown(site, went.headers["location"])
        assert f"Tumblr ({name})" in [one.text(strip=True) for one in page.css("legend")]
        went = sent(
            site, page, "Save, and show what to do", **{f"audience:tumblr:{name}": "followers"}
        )
        for path in (went.headers["location"], "/", "/settings"):
            assert SCRIPT not in site.get(path).text
    with Store.read(tmp_path / "home") as store:
        assert [(one.name, one.audience) for one in store.own.accounts()] == [(name, "followers")]


def test_the_next_screen_speaks_the_language_that_was_chosen(tmp_path: Path) -> None:
    with at(tmp_path / "home", lang="") as site:
        went = sent(site, shown(site, "/first"), "Next", place="Bayern", lang="de")
        assert shown(site, went.headers["location"]).css_first("html").attributes["lang"] == "de"
        assert shown(site, "/first").css_first("html").attributes["lang"] == "de", "from now on"


@pytest.mark.parametrize("word", ["", "forged"])
def test_without_the_sessions_word_nothing_is_stored(tmp_path: Path, word: str) -> None:
    with at(tmp_path / "home") as site:
        for path in ("/first", "/settings", "/settings/account", "/settings/forget"):
            assert site.send(path, word=word, place="DE").status_code == 403
    assert not Store.exists(tmp_path / "home")


def test_the_guides_checklist_is_dropped_and_nothing_of_it_is_left_over(tmp_path: Path) -> None:
    body = {
        "schema": "withhold/checklist/1",
        "guide": "2026-02-01",
        "saved": "2026-02-02",
        "place": "DE",
        "lang": "en",
        "kind": "personal",
        "audience": "public",
        "accounts": [{"platform": "linkedin", "name": ""}],
        "ticks": [],
    }
    home = tmp_path / "home"
    with at(home) as site:
        page = shown(site, "/first")
        form = next(one for one in page.css("form") if one.css_first("[type=file]"))
        assert form.attributes["enctype"] == "multipart/form-data"
        file = ("my <list>.json", json.dumps(body).encode(), "application/json")
        went = site.send(form.attributes["action"], files={"checklist": file})
        assert went.status_code == 303
        said = site.get(went.headers["location"]).text
        assert "my &lt;list&gt;.json was taken in." in said
        assert re.search(r"accounts added: linkedin", said)
        assert site.get("/plan").status_code == 200
    assert not any((home / "uploads").glob("*"))
