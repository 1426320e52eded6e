"""Homes for the tests of the dashboard: an owner with everything, made by the real commands.

    made = make_home(tmp_path / "home")

All days lie in the past and stay the same; nothing is fetched. ``hostile.py`` has the home in which
every text attacks.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.archives.made import tumblr
from tests.journeys.archives_made import x_archive, zipped
from tests.journeys.run import REPO, here
from tests.unit.verbs.policies_made import DENIES, TRAINS, Clock, Web, page
from withhold.catalog.load import default_root
from withhold.catalog.policies import document
from withhold.keep import Store
from withhold.verbs.watch_policies import run
from withhold.words import Observation

NAME, MAIL = "Ada Example", "ada@example.org"
PLACE = "DE-BY"
BLOG = "tumblr:paintings"
ACCOUNTS = ("instagram", "linkedin", "reddit:ada_example", "tiktok:ada.jr", BLOG, "x:ada")
"""As the overview must have them."""
SITE, FAR_SITE = "https://ada.example", "https://shop.ada.example"
"""The first has a folder, the second is known by its address only."""
POLICY = "linkedin/privacy-policy"
GROUNDS = "1=I paint for a living, and a model that imitates my style would take my orders away."
ANSWER = """From: Privacy Operations <privacy@support.facebook.com>
To: Ada Example <ada@example.org>
Subject: Re: Objection [{reference}]
Date: Wed, 18 Mar 2026 10:12:00 +0000
Message-ID: <answer-1@support.facebook.com>
Content-Type: text/plain; charset=utf-8

Hello Ada,

we will honour your objection. From 18 March 2026 on your posts are no longer used to train our AI
models.
"""


@dataclass(frozen=True)
class Made:
    """Where everything lies. ``sent`` and ``answered`` are the references of the two cases."""

    home: Path
    site: Path
    sent: str
    answered: str


@contextmanager
def at_home(home: Path) -> Iterator[None]:
    """Commands in this block are those of this home's owner."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WITHHOLD_HOME", str(home))
        yield


def owned(home: Path) -> dict[str, Any]:
    """What ``own list`` says of a home: the oracle beside the pages."""
    with at_home(home):
        found: dict[str, Any] = json.loads(here("own", "list", "--format", "json").ok().out)
    return found


def make_home(home: Path) -> Made:
    """Somebody in Bavaria with accounts, archives, sites, letters, observations, two looks.

    Beside the home lies ``NAME-site``, the folder of the first site. It is made once for all tests
    of a process (4 s) and copied (20 ms).
    """
    folder, made = _once()
    return moved(Path(folder.name), made, home)


def moved(folder: Path, made: Made, home: Path) -> Made:
    """A copy of the home in a folder, as if it had been made here."""
    site = home.parent / f"{home.name}-site"
    shutil.copytree(REPO / "examples" / "site", site)
    shutil.copytree(folder / "home", home)
    with Store.open(home) as store:
        store.own.add_site(SITE, str(site))
    return replace(made, home=home, site=site)


@cache
def _once() -> tuple[TemporaryDirectory[str], Made]:
    """It goes when the process ends."""
    folder = TemporaryDirectory(prefix="withhold-made-")
    home, site = Path(folder.name) / "home", REPO / "examples" / "site"
    with at_home(home):
        _begin(site)
        _archives(home)
        sent, answered = _letters(home)
        _seen(home)
        here("watch").ok()
    _policies(home)
    return folder, Made(home=home, site=site, sent=sent, answered=answered)


def _begin(site: Path) -> None:
    here("start", "--in", PLACE, "--platforms", "linkedin instagram", "--audience", "public").ok()
    for name, value in (("name", NAME), ("email", MAIL), ("contact", MAIL), ("lang", "en")):
        here("own", "set", name, value).ok()
    add = ("own", "add", "account")
    here(*add, "tumblr", "paintings", "--audience", "public", "--since", "2014-05-01").ok()
    here(*add, "x", "ada", "--audience", "public").ok()
    here(*add, "reddit", "ada_example", "--audience", "public").ok()
    here(*add, "tiktok", "ada.jr", "--kind", "minor", "--audience", "followers").ok()
    here("own", "add", "site", SITE, "--folder", site).ok()
    here("own", "add", "site", FAR_SITE).ok()


def _archives(home: Path) -> None:
    """Reddit's example, a blog, and X's with a file that nobody understands."""
    zips = home.parent / f"{home.name}-archives"
    zips.mkdir()
    blog, _ = tumblr.made(1, 24)
    here("import", REPO / "examples" / "reddit-archive").ok()
    here("import", zipped(zips / "x.zip", x_archive())).ok()
    file = zipped(zips / "tumblr.zip", blog)
    here("import", file, "--account", BLOG, "--on", "2026-08-01").ok()
    here("own", "posts", "reddit:ada_example", "--audience", "public", "--from", "2014-01-01").ok()
    shutil.rmtree(zips)


def _letters(home: Path) -> tuple[str, str]:
    """One to LinkedIn that was sent, one about Instagram that was answered with a yes."""
    sent = _letter("linkedin", "ada", "2026-10-05")
    answered = _letter("instagram", "ada.paints", "2026-03-02")
    file = home.parent / f"{home.name}-answer.eml"
    file.write_text(ANSWER.format(reference=answered), encoding="utf-8")
    here("import", file).ok()
    here("done", answered, "--reply", "1", "--outcome", "granted").ok()
    file.unlink()
    return sent, answered


def _letter(about: str, account: str, day: str) -> str:
    ran = here(
        *("apply", about, "--letter", "--act", "object-training", "--account", account),
        *("--ground", GROUNDS, "--on", day),
    ).ok()
    reference = re.findall(r"WH-\w{6}", ran.err)[0]
    here("done", reference, "--state", "sent", "--on", day).ok()
    return str(reference)


def _seen(home: Path) -> None:
    """A switch that was told of, and one that a saved page shows."""
    here("done", "linkedin/ai-training-toggle", "--on", "2026-02-03").ok()
    with Store.open(home) as store:
        body = b"<!doctype html><title>Settings</title><p>Improve Grok: off"
        kept = store.evidence.keep(body, "saved.html")
        shown = Observation(
            control="x/grok-toggle",
            value="off",
            on=date(2026, 9, 7),
            how="shown",
            account="x:ada",
            evidence=kept,
        )
        store.observations.record(shown, datetime(2026, 9, 7, 8, tzinfo=UTC))


def _policies(home: Path) -> None:
    """Two looks at LinkedIn's policy, with invented words: the second says the opposite."""
    clock = Clock()
    web = Web(clock)
    owner, one = document(default_root(), POLICY)
    says = [page(said, name="LinkedIn") for said in (DENIES, TRAINS)]
    web.lay(one.url, *says)
    with Store.open(home) as store:
        for _ in says:
            run([(owner, one)], web, store, clock, sleep=print)  # type: ignore[arg-type]
            clock.at += timedelta(days=1)
