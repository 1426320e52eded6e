"""The robots.txt of 127 news sites at 11 dates, replayed; Google's own matcher counts again."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from jwm.robotstxt.googlebot import RobotsMatcher
from tests.journeys.run import here

from withhold.traces.dated_files import find
from withhold.traces.history import history

pytestmark = pytest.mark.real

PATH = "/news/some-article.html"
NOTED = {
    "Amazonbot": (13, None),
    "ClaudeBot": (14, 3),
    "Applebot-Extended": (12, None),
    "Bytespider": (12, None),
    "GPTBot": (8, 14),
    "meta-externalagent": (8, None),
    "CCBot": (7, 5),
    "Google-Extended": (6, 5),
}
"""notes/signals.md, section 3: newly refused, newly let in; None where it names no figure."""


@pytest.fixture(scope="module")
def folder(corpus: Path) -> Path:
    return corpus / "signals" / "timeline"


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "news100.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def replayed(folder: Path) -> dict[str, Any]:
    tokens = [part for token in NOTED for part in ("--token", token)]
    index = ("--index", folder / "news100.csv", "--path", PATH, "--format", "json")
    ran = here("watch", "history", "--files", folder, *index, *tokens).ok()
    found: dict[str, Any] = json.loads(ran.out)
    return found


def counted(rows: list[dict[str, str]], folder: Path) -> Counter[tuple[str, str]]:
    """First against last date of each site, as Google's matcher answers; nothing of ours."""
    matcher = RobotsMatcher()
    by_site: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        by_site[row["site"]].append((row["date"], row["file"]))
    found: Counter[tuple[str, str]] = Counter()
    for site, files in by_site.items():
        files.sort()
        first, last = ((folder / name).read_bytes() for _, name in (files[0], files[-1]))
        for token in NOTED:
            was, now = (
                matcher.AllowedByRobots(body, [token], f"https://{site}{PATH}")
                for body in (first, last)
            )
            found[token, "refused"] += was and not now
            found[token, "let_in"] += now and not was
            found[token, "refused_last"] += len(files) > 1 and not now
    return found


def test_all_sites_and_days_are_there(replayed: dict[str, Any], rows: list[dict[str, str]]) -> None:
    assert len(replayed["sites"]) == 127 == len({row["site"] for row in rows})
    assert len(replayed["rounds"]) == 11
    gaps = Counter(gap["why"] for site in replayed["sites"] for gap in site["gaps"])
    assert gaps["not-seen"] == 127 * 11 - len(rows)
    used = sum(site["files"] for site in replayed["sites"])
    assert used + gaps["web-page"] == len(rows) == 879


def test_the_totals_are_those_of_googles_matcher(
    replayed: dict[str, Any], rows: list[dict[str, str]], folder: Path
) -> None:
    again = counted(rows, folder)
    for tally in replayed["sums"]:
        for what in ("refused", "let_in", "refused_last"):
            assert tally[what] == again[tally["token"], what], (tally["token"], what)
        refused, let_in = NOTED[tally["token"]]
        assert tally["refused"] == refused
        assert let_in in (None, tally["let_in"])


def test_what_was_seen_by_hand(replayed: dict[str, Any]) -> None:
    """The examples that notes/signals.md names, with the day by which it was so."""
    by = {
        (site["site"], change["token"], change["now"]): change["by"]
        for site in replayed["sites"]
        for change in site["changes"]
        if change["lasting"]
    }
    assert by["washingtonpost.com", "GPTBot", "let-in"] <= "2026-04"
    assert by["washingtonpost.com", "Google-Extended", "let-in"] <= "2026-04"
    assert by["nytimes.com", "Amazonbot", "let-in"] == "2025-10-07"
    assert by["bild.de", "GPTBot", "let-in"] == "2025-08-10"
    assert by["theguardian.com", "Google-Extended", "let-in"] == "2025-08-10"


def test_every_step_is_googles_too(folder: Path, rows: list[dict[str, str]]) -> None:
    """Not only first against last: each change between two files that follow each other."""
    matcher = RobotsMatcher()
    found = history(find(folder, folder / "news100.csv"), tuple(NOTED), PATH, "google")
    for site in found.sites:
        for change in site.changes:
            was, now = (
                matcher.AllowedByRobots(
                    (folder / one.file).read_bytes(), [change.token], f"https://{site.site}{PATH}"
                )
                for one in (change.before, change.after)
            )
            assert (was, now) == ((False, True) if change.now == "let-in" else (True, False))


def test_no_file_that_was_checked_is_called_mislabelled(
    folder: Path, rows: list[dict[str, str]]
) -> None:
    """The collection's own check of the Sitemap hosts said yes to these."""
    found = history(find(folder, folder / "news100.csv"), ("GPTBot",), PATH)
    called = {
        (site.site, file.day)
        for site in found.sites
        for file, doubts, _ in site.doubtful
        if "sitemap-elsewhere" in doubts
    }
    checked = {(r["site"], r["date"]) for r in rows if r["sitemap_host_matches_site"] == "1"}
    assert called & checked == set()


def test_a_file_under_another_sites_name_is_noted(
    folder: Path, rows: list[dict[str, str]], tmp_path: Path
) -> None:
    """As in the two rounds that the collection dropped: one site's file under another's name."""
    mine = next(row["file"] for row in rows if row["site"] == "nytimes.com")
    theirs = next(row["file"] for row in rows if row["site"] == "bild.de")
    (tmp_path / "nytimes.com").mkdir()
    for day, name in (("2025", mine), ("2026", theirs)):
        (tmp_path / "nytimes.com" / f"{day}.txt").write_bytes((folder / name).read_bytes())
    (site,) = history(find(tmp_path), tuple(NOTED), PATH).sites
    assert [(file.day, doubts) for file, doubts, _ in site.doubtful] == [
        ("2026", ("sitemap-elsewhere",))
    ]
    assert site.files == 2
    assert site.changes
    assert all(one.doubts == ("sitemap-elsewhere",) for one in site.changes)


def test_the_archived_publishers_replay_with_their_addresses(folder: Path) -> None:
    ran = here(
        *("watch", "history", "--files", folder, "--index", folder / "publishers_wayback.csv"),
        *("--columns", "url=archive_url", "--token", "GPTBot", "--format", "json"),
    ).ok()
    sites = json.loads(ran.out)["sites"]
    assert len(sites) == 20
    changes = [change for site in sites for change in site["changes"]]
    assert changes
    assert all(one["url"].startswith("https://web.archive.org/web/") for one in changes)
