"""A policy begins to say that it trains: seen, told, marked in answers that stay, and forgotten."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.run import flat, here
from tests.journeys.served import Answer, Served, site
from tests.unit import folder

TRAINS = "We use the posts that our members publish to train our AI models."
KEEPING = "".join(
    f"<p>Section {n}. We keep what you send us for as long as you have an account.</p>"
    for n in range(30)
)
QUIET = f"<html><body><h1>Acme Privacy Policy</h1>{KEEPING}</body></html>"
LOUD = QUIET.replace("</h1>", f"</h1><p>{TRAINS}</p>")
LISTED = """\
of = "acme"

[[document]]
id = "privacy"
kind = "privacy"
title = "Acme Privacy Policy"
url = "{url}"
places = ["WORLD"]
"""


def html(text: str) -> Answer:
    return Answer(text.encode(), headers=[("Content-Type", "text/html; charset=utf-8")])


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> Iterator[Served]:
    """Acme, of which it is known that it says no; a server has its policy. Ada lives in the US."""
    known = folder.write(tmp_path / "knowledge")
    says = 'id = "train"\nsays = "{}"'
    folder.change(known, "platforms/acme.toml", says.format("yes"), says.format("no"))
    monkeypatch.setattr("withhold.faces.cli.setting.default_root", lambda: known)
    here("start", "--in", "US-PA", "--platforms", "acme", "--audience", "public").ok()
    here("own", "set", "contact", "ada@example.org").ok()
    with site(robots=Answer(b"User-agent: *\nDisallow:\n"), **{"/privacy": html(QUIET)}) as served:
        (known / "policies").mkdir()
        (known / "policies" / "acme.toml").write_text(
            LISTED.format(url=f"{served.url}/privacy"), encoding="utf-8"
        )
        yield served


def training(*more: str) -> list[dict[str, Any]]:
    """The verdicts on public posts and training of the company's own."""
    found = json.loads(here("check", "acme", "--format", "json", *more).ok().out)["verdicts"]
    own = [one for one in found if (one["use"], one["actor"]) == ("train-ai", "acme")]
    return [one for one in own if _of_public_posts(one["content"])]


def _of_public_posts(content: dict[str, Any]) -> bool:
    return "post" in content["kinds"] and "public" in content["audience"]


def without_marks(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All but whether they are stale, and why."""
    return [{k: v for k, v in one.items() if k not in ("stale", "limits")} for one in found]


def holding(home: Path, words: str) -> list[str]:
    """The files of a home in which words stand, also where it is packed."""
    found = []
    for path in sorted(one for one in home.rglob("*") if one.is_file()):
        body = path.read_bytes()
        if path.suffix == ".gz":
            body += gzip.decompress(body)
        if words.encode() in body:
            found.append(path.name)
    return found


def test_from_the_page_to_the_mark_and_to_nothing(web: Served, home: Path) -> None:
    today = str(datetime.now(UTC).date())
    watch = ("watch", "--allow-private", "--policies")
    before = training()
    assert [one["answer"] for one in before] == ["disallowed"]
    first = here(*watch).ok()
    assert TRAINS not in first.out
    assert training() == before, "a policy that says nothing marks nothing"
    assert holding(home, TRAINS) == []

    web.answers["/privacy"] = html(LOUD)
    told = here(*watch)
    assert told.code == 12
    assert "WORSE Acme Privacy Policy: it says something else of training" in flat(told.out)
    assert f"New: “{TRAINS}”" in flat(told.out)
    assert here(*watch).ok().out.count(TRAINS) == 0, "what was told is not told again"

    after = training()
    assert [one["stale"] for one in after] == [True]
    assert without_marks(after) == without_marks(before), "the answer stands"
    (limit,) = [one for one in after[0]["limits"] if one["code"] == "policy-differs"]
    assert TRAINS in limit["text"]
    (source,) = limit["sources"]
    assert (source["url"], source["quote"]) == (f"{web.url}/privacy", TRAINS)
    assert source["seen"] >= today  # midnight may have come in between
    assert limit["rests_on"] == "policies/acme.toml#privacy"
    text = flat(here("check", "acme").ok().out)
    assert f"Acme's policy as seen on {source['seen']} says: “{TRAINS}”" in text
    rows = csv.DictReader(io.StringIO(here("check", "acme", "--format", "csv").ok().out))
    public = [one for one in rows if "post" in one["kinds"] and "public" in one["audience"]]
    stale = {one["actor"]: one["stale"] for one in public}
    assert stale == {"acme": "yes", "partner": "no"}

    assert any(name.endswith(".warc.gz") for name in holding(home, TRAINS))
    assert any(not name.endswith(".gz") for name in holding(home, TRAINS))
    here("own", "forget", "--all", "--yes").ok()
    assert holding(home, TRAINS) == []
    assert holding(home, "our members publish") == []
    assert [one["stale"] for one in training("--in", "US-PA")] == [False]


def test_a_page_that_asks_for_a_human_marks_nothing(web: Served) -> None:
    here("watch", "--allow-private", "--policies").ok()
    web.answers["/privacy"] = html(
        f"<html><head><title>Just a moment...</title></head><body><p>{TRAINS}</p></body></html>"
    )
    ran = here("watch", "--allow-private", "--policies").ok()
    assert "Acme Privacy Policy: a page asks whether somebody is human" in flat(ran.out)
    assert [one["stale"] for one in training()] == [False]


def test_where_the_policy_goes_back_the_mark_goes(web: Served) -> None:
    watch = ("watch", "--allow-private", "--policies")
    web.answers["/privacy"] = html(LOUD)
    here(*watch).ok()  # seen first so: nothing changed, and yet it says so
    assert [one["stale"] for one in training()] == [True]
    web.answers["/privacy"] = html(QUIET)
    here(*watch)
    assert [one["stale"] for one in training()] == [False]
