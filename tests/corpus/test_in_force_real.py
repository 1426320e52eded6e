"""The robots.txt of 127 news sites at 11 dates as those in force; Google's matcher walks the days.

What it says of a day is the file of the newest date before; a refusal that began less than a day
before is within the grace.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from jwm.robotstxt.googlebot import RobotsMatcher

from withhold.traces.logs.in_force import InForce
from withhold.verbs.robots_of_time import dated

pytestmark = pytest.mark.real
TOKENS = ("GPTBot", "ClaudeBot", "CCBot", "Bytespider", "bingbot")
PATH = "/news/some-article.html"
FIRST, DAYS = datetime(2025, 1, 1, 12, tzinfo=UTC), 600


def by_site(folder: Path) -> dict[str, list[tuple[datetime, Path]]]:
    found: dict[str, list[tuple[datetime, Path]]] = {}
    with (folder / "news100.csv").open(newline="", encoding="utf-8") as table:
        for row in csv.DictReader(table):
            day = f"{row['date']}-01"[:10]  # some are known by their month
            since = datetime.fromisoformat(day).replace(tzinfo=UTC)
            found.setdefault(row["site"], []).append((since, folder / row["file"]))
    return {site: sorted(files) for site, files in found.items()}


def walked(files: list[tuple[datetime, Path]], token: str, site: str) -> list[str]:
    """Day by day at noon: nothing of ours but the words."""
    matcher, url = RobotsMatcher(), f"https://{site}{PATH}"
    no = [not matcher.AllowedByRobots(path.read_bytes(), [token], url) for _, path in files]
    told = []
    for day in range(DAYS):
        now = FIRST + timedelta(days=day)
        seen = [n for n, (since, _) in enumerate(files) if since <= now]
        if not seen:
            told.append("unjudged")
        elif not no[seen[-1]]:
            told.append("before-no" if no[-1] else "allowed")
        else:
            began = seen[-1]
            while began and no[began - 1]:
                began -= 1
            late = now - files[began][0] >= timedelta(days=1)
            told.append("in-spite" if late else "before-no" if no[-1] else "allowed")
    return told


@pytest.mark.long
def test_every_day_of_every_site_is_as_googles_matcher_says(corpus: Path, tmp_path: Path) -> None:
    sums = Counter[str]()
    moments = [FIRST + timedelta(days=day) for day in range(DAYS)]
    sites = by_site(corpus / "signals" / "timeline")
    for site, files in sites.items():
        kept = tmp_path / site
        kept.mkdir()
        for day, path in files:
            (kept / f"robots.{day:%Y-%m-%d}.txt").write_bytes(path.read_bytes())
        force = InForce(dated([str(kept)], None, site))  # no company's fallbacks
        for token in TOKENS:
            found = [force.standing(token, PATH, now).standing for now in moments]
            assert found == walked(files, token, site), (site, token)
            sums.update(found)
    assert len(sites) == 127
    assert min(sums[one] for one in ("allowed", "in-spite", "before-no", "unjudged")) > 1000
