"""What a saved page shows of a setting: a table written by hand, and whose page it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.unit.recipes.pages import HOST, URL, WORDS, recipe
from tests.unit.recipes.saved_pages import (
    archive,
    canonical,
    chromium,
    document,
    firefox,
    mhtml,
    part,
    switch,
)
from withhold.recipes.saved import open_saved, read_saved
from withhold.steps import Recipe

CASES = msgspec.toml.decode((Path(__file__).parent / "saved_cases.toml").read_bytes())["case"]
NAMES = {"en": ["Train AI on my posts"], "de": ["KI mit Beiträgen trainieren"]}
SHAPES: dict[str, dict[str, Any]] = {
    "opposite": {"names": NAMES, "role": ["switch"], "reads": "opposite"},
    "button": {"names": NAMES, "role": ["button"]},
    "attribute": {"role": ["switch"], "attribute": {"data-setting": "train"}},
    "near": {"role": ["switch"], "names": {"en": ["Train"]}, "near": {"en": ["Only posts"]}},
}


def shaped(shape: str) -> Recipe:
    """The recipe with another target."""
    return recipe(target={**_targets(), "switch": SHAPES[shape]}) if shape else recipe()


def _targets() -> dict[str, Any]:
    return dict(msgspec.to_builtins(recipe())["target"])


@pytest.mark.parametrize("form", [chromium, mhtml])
@pytest.mark.parametrize("case", CASES, ids=[one["id"] for one in CASES])
def test_what_it_shows(case: dict[str, Any], form: Any) -> None:
    result = read_saved(shaped(case.get("shape", "")), form(case["body"]), WORDS)
    assert (result.outcome, result.reason) == (case["outcome"], case["reason"])
    assert result.saved
    assert not result.observed


def test_the_table_is_large() -> None:
    assert len(CASES) >= 60
    assert sum(one["outcome"] == "already-no" for one in CASES) >= 10


def test_what_a_result_tells() -> None:
    body = mhtml(switch("true") + '<a href="/me" data-me="1">Mara Kowalski</a>')
    result = read_saved(recipe(), body, WORDS)
    assert (result.outcome, result.before, result.after) == ("on", "on", "on")
    assert result.words == "Train AI on my posts"
    assert result.account == "Mara Kowalski"
    assert result.pressed == 0


def test_the_day_is_the_file_s() -> None:
    assert read_saved(recipe(), mhtml(switch()), WORDS).saved_on == "2026-11-26"
    assert read_saved(recipe(), chromium(switch()), WORDS).saved_on == ""
    for date in (b"yesterday", b"Thu, 99 Nov 99999 01:18:33 GMT", b"", b"\xff"):
        body = mhtml(switch()).replace(b"Thu, 26 Nov 2026 01:18:33 GMT", date)
        assert read_saved(recipe(), body, WORDS).saved_on == ""


def test_a_doubt_brings_the_row_without_names() -> None:
    body = chromium('<h2>AI</h2><button>Hello @mara</button><a href="/me" data-me="1">Mara</a>')
    result = read_saved(recipe(), body, WORDS)
    assert result.outcome == "changed"
    assert result.row == ('heading "AI"', 'button "Hello @…"')


def test_another_account() -> None:
    body = chromium(switch() + '<a href="/me" data-me="1">Somebody Else</a>')
    assert read_saved(recipe(), body, WORDS, account="mara").reason == "account"
    assert read_saved(recipe(), body, WORDS, account="somebody").outcome == "already-no"


# Whose page it is -------------------------------------------------------------------------------

OTHER = "https://www.example.net/settings/ai"
WHOSE = {
    "another site, HTML": (chromium(switch(), OTHER), "other-site"),
    "another site, MHTML": (mhtml(switch(), OTHER), "other-site"),
    "a subdomain": (chromium(switch(), f"https://a.{HOST}/settings/ai"), "other-site"),
    "a host that ends like it": (chromium(switch(), f"https://x{HOST}/settings/ai"), "other-site"),
    "its host as a user name": (
        chromium(switch(), f"https://{HOST}@e.net/settings/ai"),
        "other-site",
    ),
    "without TLS": (chromium(switch(), f"http://{HOST}/settings/ai"), "other-site"),
    "a file on the disk": (chromium(switch(), "file:///tmp/settings/ai"), "other-site"),
    "the number does not fit": (
        chromium(switch()).replace(b"=(0035)", b"=(0036)"),
        "not-as-saved",
    ),
    "no comment": (f"<!DOCTYPE html>\n{document(switch())}".encode(), "no-address"),
    "the comment comes later": (
        f"<!DOCTYPE html>\n<html><!-- saved from url=(0035){URL} --></html>".encode(),
        "no-address",
    ),
    "as the server sent it": (
        f"<!DOCTYPE html>\n{document(switch(), head=canonical())}".encode(),
        "as-sent",
    ),
    "a Firefox page without its address": (firefox(switch()), "no-address"),
    "a Firefox page of another site": (firefox(switch(), canonical(OTHER)), "other-site"),
    "a Firefox page of two sites": (
        firefox(switch(), f'{canonical()}<meta property="og:url" content="{OTHER}">'),
        "no-address",
    ),
    "a Firefox page with its address in the body": (firefox(switch() + canonical()), "no-address"),
    "MHTML without its address": (
        mhtml(switch()).replace(b"Snapshot-Content-Location: " + URL.encode() + b"\r\n", b""),
        "no-address",
    ),
    "MHTML with two addresses": (
        archive(URL, part(document(switch()), OTHER, "a@b")),
        "not-as-saved",
    ),
}


@pytest.mark.parametrize("name", WHOSE)
def test_whose(name: str) -> None:
    body, reason = WHOSE[name]
    result = read_saved(recipe(), body, WORDS)
    assert (result.outcome, result.reason) == ("unknown", reason)


@pytest.mark.parametrize(
    "head",
    [
        canonical(),
        f'<meta property="og:url" content="{URL}">',
        f'{canonical()}<meta property="og:url" content="{URL}?x=1">',
    ],
)
def test_a_firefox_page_that_says_where_it_is_from(head: str) -> None:
    body = firefox(switch(), head)
    assert open_saved(body, [HOST]).address == URL
    assert read_saved(recipe(), body, WORDS).outcome == "already-no"
    assert read_saved(recipe(), firefox(switch("true"), head), WORDS).outcome == "on"


def test_firefox_leaves_shadow_trees_out() -> None:
    body = firefox("<h2>AI</h2><my-switch></my-switch>", canonical())
    assert read_saved(recipe(), body, WORDS).reason == "not-in-file"


def test_another_page_of_the_site() -> None:
    body = chromium(switch(), f"https://{HOST}/settings/other")
    assert read_saved(recipe(), body, WORDS).reason == "no-sign"
    login = chromium("<h1>Log in</h1>", f"https://{HOST}/login")
    assert read_saved(recipe(), login, WORDS).reason == "login"
    field = chromium('<input type="password">', f"https://{HOST}/start")
    assert read_saved(recipe(), field, WORDS).outcome == "needs-you"


def test_two_hyphens_in_an_address_are_escaped_in_the_comment() -> None:
    url = f"https://{HOST}/settings/ai-%2Dmore"
    assert (
        open_saved(chromium(switch(), url), [HOST]).address == f"https://{HOST}/settings/ai--more"
    )


# Frames -----------------------------------------------------------------------------------------

FRAME = '<iframe src="cid:f@mhtml.blink"></iframe>'


def test_a_frame_of_its_own_site_is_read() -> None:
    inside = ("f@mhtml.blink", f"https://{HOST}/frame", switch())
    assert read_saved(recipe(), mhtml(FRAME, URL, inside), WORDS).outcome == "already-no"
    written = ("f@mhtml.blink", "", switch("true"))
    assert read_saved(recipe(), mhtml(FRAME, URL, written), WORDS).outcome == "on"


def test_a_frame_of_another_site_says_nothing() -> None:
    inside = ("f@mhtml.blink", OTHER, switch())
    assert read_saved(recipe(), mhtml(FRAME, URL, inside), WORDS).reason == "not-found"


def test_a_frame_that_no_page_shows_says_nothing() -> None:
    inside = ("f@mhtml.blink", f"https://{HOST}/frame", switch())
    hidden = f'<div hidden="">{FRAME}</div>'
    assert read_saved(recipe(), mhtml(hidden, URL, inside), WORDS).reason == "not-found"
    assert read_saved(recipe(), mhtml("<p>x</p>", URL, inside), WORDS).reason == "not-found"


def test_frames_in_a_circle_end() -> None:
    around = ("f@mhtml.blink", URL, FRAME)
    assert read_saved(recipe(), mhtml(FRAME, URL, around), WORDS).reason == "not-in-file"


def test_chromium_writes_shadow_trees_by_two_names() -> None:
    tree = '<div><template {}="open">{}</template></div>'
    inside = switch()
    html, archived = tree.format("shadowrootmode", inside), tree.format("shadowmode", inside)
    assert read_saved(recipe(), chromium(html), WORDS).outcome == "already-no"
    assert read_saved(recipe(), mhtml(archived), WORDS).outcome == "already-no"
    assert read_saved(recipe(), chromium(archived), WORDS).reason == "not-found"
    assert read_saved(recipe(), mhtml(html), WORDS).reason == "not-found"


# Steps that a file cannot answer ------------------------------------------------------------------


def steps(*read: dict[str, Any]) -> Recipe:
    """The recipe with another way to the setting."""
    return recipe(read=[{"do": "open", "url": URL}, *read])


def test_only_what_follows_the_last_way_is_asked_of_the_file() -> None:
    one = steps(
        {"do": "expect", "sign": "gone"},
        {"do": "press", "target": "save"},
        {"do": "human", "what": {"en": "Wait"}},
        {"do": "expect", "sign": "here"},
        {"do": "read", "target": "switch"},
    )
    assert read_saved(one, chromium(switch()), WORDS).outcome == "already-no"


def test_both_ways_of_a_condition() -> None:
    one = steps(
        {
            "do": "if",
            "sign": "confirm",
            "then": [{"do": "read", "target": "save"}],
            "otherwise": [{"do": "read", "target": "switch"}],
        }
    )
    assert read_saved(one, chromium(switch()), WORDS).outcome == "already-no"
    with_save = chromium(switch() + '<button aria-pressed="true">Save</button>')
    result = read_saved(one, with_save, WORDS)
    assert (result.outcome, result.words) == ("on", "Save")


def test_a_recipe_that_stops() -> None:
    one = steps(
        {"do": "if", "sign": "gone", "then": [{"do": "stop", "outcome": "not-offered-here"}]},
        {"do": "read", "target": "switch"},
    )
    body = chromium(switch() + "<p>Not available in your region</p>")
    assert read_saved(one, body, WORDS).outcome == "not-offered-here"


def test_a_recipe_that_only_shows() -> None:
    one = recipe(read=[], set=[], verify=[], undo=[])
    assert read_saved(one, chromium(switch()), WORDS).outcome == "unknown"
