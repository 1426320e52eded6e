"""A file is opened that is no checklist, of another guide, or was edited by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import WHEN, Opened
from tests.web.lists import Person, say
from tests.web.test_states import told, words

pytestmark = pytest.mark.long

STEP = "linkedin/ai-training-toggle"
TICK = {"step": STEP, "account": "linkedin", "value": "off", "on": "2025-05-02"}
WHOLE: dict[str, Any] = {
    "schema": "withhold/checklist/1",
    "guide": WHEN,
    "saved": WHEN,
    "place": "US-PA",
    "lang": "en",
    "menu_lang": "en",
    "kind": "personal",
    "audience": "public",
    "accounts": [{"platform": "linkedin", "name": ""}],
    "ticks": [TICK],
}
STRANGE_ACCOUNT = {"platform": "myspace", "name": "tom"}
STRANGE_TICK = {"step": "myspace/no", "account": "myspace:tom", "value": "off", "on": "2025-01-01"}

NO_CHECKLIST = {
    "empty": (b"", "file_form"),
    "binary": (bytes(range(256)) * 40, "file_form"),
    "no JSON": (b'{"schema": "withhold/checklist/1",', "file_form"),
    "a list": (b"[]", "file_form"),
    "null": (b"null", "file_form"),
    "another schema": (b'{"schema": "withhold/plan/1"}', "file_form"),
    "older": (b'{"schema": "withhold/checklist/0"}', "file_form"),
    "newer": (b'{"schema": "withhold/checklist/9"}', "file_newer"),
    "no number": (b'{"schema": "withhold/checklist/x"}', "file_form"),
    "no text": (b'{"schema": ["withhold/checklist/1"], "a": {}}', "file_form"),
    "deep": (b"[" * 200_000, "file_form"),
    "2 MB": (json.dumps(WHOLE | {"x": "x" * 2_000_000}).encode(), "file_size"),
}
BY_HAND: dict[str, tuple[dict[str, Any], int]] = {
    "a tick in the future": ({"ticks": [TICK, TICK | {"on": "2999-01-01"}]}, 1),
    "a day that is none": ({"ticks": [TICK, TICK | {"on": "2025-02-31"}]}, 1),
    "a day before there were switches": ({"ticks": [TICK, TICK | {"on": "0002-02-03"}]}, 1),
    "ticks that are none": ({"ticks": [TICK, None, 5, "x", [], {}]}, 5),
    "ticks no list": ({"ticks": {"0": TICK}}, 0),
    "accounts that are none": ({"accounts": [*WHOLE["accounts"], None, 7, {"name": "x"}]}, 3),
    "a name no text": ({"accounts": [*WHOLE["accounts"], {"platform": "x", "name": 5}]}, 1),
    "an account of a word of the language": (
        {"accounts": [*WHOLE["accounts"], {"platform": "__proto__", "name": "constructor"}]},
        1,
    ),
    "the same account twice": ({"accounts": WHOLE["accounts"] * 2}, 0),
    "an unknown kind": ({"kind": "president"}, 1),
    "an audience of another kind": ({"audience": ["public"]}, 1),
    "unknown menus": ({"menu_lang": "tlh"}, 1),
    "a place in small letters": ({"place": "us-pa"}, 0),
    "fields that nobody knows": ({"colour": "blue", "__proto__": {"place": "DE"}}, 0),
    "a step and an account of another guide": (
        {
            "accounts": [*WHOLE["accounts"], STRANGE_ACCOUNT],
            "ticks": [TICK, STRANGE_TICK],
        },
        2,
    ),
}


@pytest.fixture
def page(opened: Opened) -> Any:
    """The list of somebody with X and one tick, before a file is opened."""
    window = opened()
    window.page.clock.set_fixed_time(f"{WHEN}T12:00:00Z")
    found = window.open()
    say(found, Person("DE", ("x",)))
    found.locator("#steps .tick").first.check()
    return found


KEPT = "localStorage.getItem('withhold-checklist')"


def open_file(page: Any, body: bytes | dict[str, Any]) -> None:
    """The file is opened, and something is said of it."""
    raw = json.dumps(body).encode() if isinstance(body, dict) else body
    page.locator("#told").evaluate("one => { one.hidden = true; }")
    file = {"name": "list.json", "mimeType": "application/json", "buffer": raw}
    page.locator("#file").set_input_files(file)
    page.locator("#told:not([hidden])").wait_for()


def saved(page: Any) -> dict[str, Any]:
    """What is saved now."""
    with page.expect_download() as waiting:
        page.locator("#save").click()
    found: dict[str, Any] = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    return found


def test_what_is_no_checklist_changes_nothing(page: Any) -> None:
    before, kept = saved(page), page.evaluate(KEPT)
    for name, (body, said) in NO_CHECKLIST.items():
        open_file(page, body)
        assert told(page) == words(page)[said], name
        assert page.evaluate(KEPT) == kept, name
        assert page.locator(".step.ticked").count() == 1, name
    assert saved(page) == before


def test_with_its_schema_alone_it_is_an_empty_list(page: Any) -> None:
    open_file(page, {"schema": WHOLE["schema"]})
    assert not page.locator("#list").is_visible()
    assert page.locator("#place").input_value() == ""


def test_edited_by_hand_the_rest_is_read_and_nothing_is_lost(page: Any) -> None:
    texts = words(page)
    for name, (more, strange) in BY_HAND.items():
        body = WHOLE | more
        page.reload()  # Chromium stops a page after ten downloads
        page.locator("#load").wait_for()
        open_file(page, body)
        n = str(strange)
        wanted = texts["file_strange"].replace("{n}", n) if strange else texts["file_read"]
        assert told(page) == wanted, name
        assert page.locator("#place").input_value() == "US-PA", name
        assert page.locator("input[name=platform]:checked").count() == 1, name
        found = saved(page)
        if isinstance(body["ticks"], list):
            ticked = page.locator(f'[data-step="{STEP}"].ticked .on')
            assert ticked.input_value() == "2025-05-02", name
            assert by_text(found["ticks"]) == by_text(body["ticks"]), name
        assert by_text(found["accounts"]) >= by_text(body["accounts"]), name


def by_text(entries: list[Any]) -> set[str]:
    """Entries, to be compared without order."""
    return {json.dumps(one, sort_keys=True) for one in entries}


def test_of_another_guide_it_is_still_there_after_a_reload(page: Any) -> None:
    more, _ = BY_HAND["a step and an account of another guide"]
    open_file(page, WHOLE | more)
    page.reload()
    page.locator(".step.ticked").wait_for()
    page.locator("input[value=facebook]").check()
    page.locator('[data-step^="facebook/"]').first.wait_for()
    found = saved(page)
    assert STRANGE_ACCOUNT in found["accounts"]
    assert STRANGE_TICK in found["ticks"]
    assert TICK in found["ticks"]


def test_an_unknown_place_is_asked_for_and_not_that_of_the_list_before(page: Any) -> None:
    open_file(page, WHOLE | {"place": "ZZ"})
    assert page.locator("#place").input_value() == ""
    assert not page.locator("#list").is_visible()
    page.select_option("#place", "US-PA")
    page.locator(f'[data-step="{STEP}"].ticked').wait_for()


MARKUP = "<img src=x onerror=alert(1)>"
RIGHT_TO_LEFT = "\u202eمدونة الصور"


@pytest.mark.parametrize("name", [MARKUP, RIGHT_TO_LEFT, "{name}", "a:b@c/d"])
def test_the_name_of_a_blog_is_text(page: Any, name: str) -> None:
    dialogs: list[Any] = []
    page.on("dialog", lambda one: (dialogs.append(one), one.dismiss()))
    accounts = [{"platform": "tumblr", "name": name}, {"platform": "tumblr", "name": "kitchen"}]
    accounts += [{"platform": "reddit", "name": name}]
    open_file(page, WHOLE | {"accounts": accounts, "ticks": []})
    page.locator("#steps > .step").first.wait_for()
    said = page.locator("#steps .name").all_text_contents()
    assert f"Tumblr ({name})" in said
    assert page.locator("main img").count() == 0
    assert dialogs == []
    boxes = page.locator("bdi.name").evaluate_all(
        "all => all.map(one => getComputedStyle(one).unicodeBidi)"
    )
    assert set(boxes) == {"isolate"}
    heads = page.locator("#none h4").all_text_contents()
    assert any(f"({name})" in one for one in heads)
    item = page.locator("#steps > .step").filter(has_text=name).first
    item.locator(".tick").check()
    assert saved(page)["accounts"] == accounts[2:] + accounts[:2]
    assert len(saved(page)["ticks"]) == 1
