"""``watch history --files``: dated robots.txt of any sites, in each format."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.journeys.run import command, complains, flat, here

REFUSES = "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three sites: one begins to refuse, one lets in, of one a file is gone."""
    there = tmp_path / "kept"
    there.mkdir()
    (there / "no.txt").write_text(REFUSES)
    (there / "yes.txt").write_text("User-agent: *\nDisallow:\n")
    (there / "index.csv").write_text(
        "site,date,file,url\n"
        "begins.example,2025-01,yes.txt,https://archive.example/1\n"
        "begins.example,2026-01,no.txt,https://archive.example/2\n"
        "ends.example,2025-01,no.txt,\n"
        'ends.example,2026-01,yes.txt,"javascript:alert(1)"\n'
        "gone.example,2025-01,no.txt,\n"
        "gone.example,2026-01,no-more.txt,\n"
    )
    return there


def told(folder: Path, *args: str) -> str:
    return here("watch", "history", "--files", folder, *args).ok().out


def test_text_names_sums_sites_files_and_gaps(folder: Path) -> None:
    text = flat(told(folder, "--token", "GPTBot"))
    assert "GPTBot newly refused by 1, newly let in by 1" in text
    assert "of 2 sites" in text
    assert "begins.example GPTBot refused, after 2025-01 and by 2026-01: line 3" in text
    assert "of no.txt" in text
    assert "ends.example GPTBot let in" in text
    assert "names a file that is not there: 1" in text
    assert "gone.example" not in text


def test_one_rule_for_several_tokens_is_one_line(folder: Path) -> None:
    assert "CCBot, GPTBot refused, after" in flat(told(folder))


def test_json_has_everything(folder: Path) -> None:
    found = json.loads(told(folder, "--actor", "openai", "--format", "json"))
    assert found["schema"] == "withhold/history/1"
    assert {"token": "GPTBot", "actor": "openai"} in found["tokens"]
    sites = {one["site"]: one for one in found["sites"]}
    (change,) = [one for one in sites["begins.example"]["changes"] if one["token"] == "GPTBot"]
    assert change["url"] == "https://archive.example/2"
    assert change["line"] == 3
    assert sites["gone.example"]["changes"] == []
    assert [one["why"] for one in sites["gone.example"]["gaps"]] == ["only-once", "no-file"]


def test_csv_has_changes_and_gaps(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(told(folder, "--token", "GPTBot", "--format", "csv"))))
    assert [(row["what"], row["site"]) for row in rows] == [
        ("refused", "begins.example"),
        ("let-in", "ends.example"),
        ("gap", "gone.example"),
        ("gap", "gone.example"),
    ]


def test_markdown_and_html_say_the_same(folder: Path) -> None:
    text = told(folder, "--token", "GPTBot", "--format", "md")
    page = told(folder, "--token", "GPTBot", "--format", "html")
    for said in ("begins.example", "ends.example", "GPTBot refused, after 2025-01 and by 2026-01"):
        assert said in text
        assert said in page
    assert '<a href="https://archive.example/2"' in page
    assert 'href="javascript' not in page
    assert "<script" not in page


def test_the_picture_has_both_sides_with_their_numbers(folder: Path) -> None:
    page = told(folder, "--token", "GPTBot", "--format", "html")
    (drawn,) = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    picture = ElementTree.fromstring(drawn)  # noqa: S314 - drawn by us a moment ago
    layers = {group.get("class"): list(group) for group in picture}
    for side in ("refused", "admitted"):
        assert len(layers[f"timeline-{side}"]) == 1
    words = [one.text for one in picture.iter() if one.text and one.text.strip()]
    assert words.count("1") == 2
    assert {"GPTBot", "newly refused", "newly let in"} <= set(words)
    assert picture.get("role") == "img"


def test_without_a_change_there_is_no_picture(folder: Path) -> None:
    page = told(folder, "--token", "Applebot", "--format", "html")
    assert "<svg" not in page


def test_a_formula_in_a_file_is_no_formula_in_a_spreadsheet(folder: Path) -> None:
    (folder / "=1+1.txt").write_text(REFUSES)
    with (folder / "index.csv").open("a") as lines:
        lines.write("a.example,2025,yes.txt,\na.example,2026,=1+1.txt,\n")
    assert "\n=1+1" not in told(folder, "--format", "csv").replace(",", "\n")


def test_it_speaks_german(folder: Path) -> None:
    assert "neu ausgeschlossen von 1" in flat(told(folder, "--lang", "de"))


def test_without_a_folder_it_says_what_it_needs() -> None:
    complains(here("watch", "history"), 2, "--files")


def test_bad_arguments(folder: Path) -> None:
    run = ("watch", "history", "--files", folder)
    complains(here(*run, "--actor", "openai", "--token", "GPTBot"), 2, "one of them")
    complains(here(*run, "--actor", "opnai"), 2, "did you mean")
    complains(here(*run, "--path", "news"), 2, "--path /news")
    complains(here(*run, "--since", "2999-01-01"), 2, "future")
    complains(here(*run, "--columns", "x"), 2, "--columns")
    complains(here(*run, "--index", "no-such.csv"), 2, "no-such.csv")
    complains(here("watch", "history", "--files", folder / "none"), 2, "SITE/DATE.txt")


def test_it_needs_no_account_and_writes_nothing(folder: Path, home: Path) -> None:
    command("watch", "history", "--files", folder).ok()
    assert not home.exists()


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_after_a_day_on_which_nothing_changed_it_is_said_of_that_time_alone(
    folder: Path, form: str
) -> None:
    shown = flat(told(folder, "--since", "2026-02-01", "--format", form))
    assert "No token was newly refused or let in after 2026-02-01." in shown
    assert "the last file by 2026-02-01 against the last of all" in shown
    assert "between the first and the last file" not in shown
