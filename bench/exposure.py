"""Verdicts over 1,000,000 stored posts, against a bare SQL count by the same keys.

    python bench/exposure.py [--posts N] [--runs N]

Both sides in turns, in one run: the bare count groups the posts by what the question depends on and
fetches the rows; ours does that and answers for every group, actor and use. To reach: 3 times.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import measured
from withhold.catalog.load import default_root, load
from withhold.exports.post import Post
from withhold.keep import Store
from withhold.keep.posts import NewArchive
from withhold.verbs.check import Asking
from withhold.verbs.exposure import exposure
from withhold.words import Account, Observation

AIM = 3.0
WHEN = date(2026, 11, 1)
FIRST = datetime(2014, 1, 1, 8, tzinfo=UTC)
ACCOUNTS = (
    Account(platform="linkedin", audience="public"),
    Account(platform="facebook"),
    Account(platform="reddit", name="ada"),
)
KEYS = "account, platform, kind, audience, audience_by, authored, state, day"
COUNT = f"SELECT {KEYS}, count(*) FROM post GROUP BY {KEYS}"  # noqa: S608
SEEN = (
    Observation(
        control="linkedin/ai-training-toggle", value="off", on=date(2025, 12, 1), how="observed"
    ),
)


def made(number: int) -> list[tuple[str, Post]]:
    """Posts of three accounts over twelve years; nothing in them but what is asked."""
    dice = random.Random(6)  # noqa: S311
    span = (WHEN - FIRST.date()).days * 86_400
    found = []
    for count in range(number):
        account = dice.choice(ACCOUNTS)
        known = account.platform == "linkedin" and dice.random() < 0.7
        post = Post(
            platform=account.platform,
            id=str(count),
            kind=dice.choice(("post", "post", "comment", "photo")),
            authored=dice.choice(("own", "own", "own", "others")),
            created=FIRST + timedelta(seconds=dice.randrange(span)),
            precision="second",
            zone="utc",
            audience=dice.choice(("public", "followers")) if known else "unknown",
            audience_by="item-field" if known else "none",
        )
        found.append((account.key, post))
    return found


def filled(home: Path, number: int) -> None:
    """A store that holds them."""
    with Store.open(home) as store:
        now = datetime(2026, 11, 1, tzinfo=UTC)
        for account in ACCOUNTS:
            store.own.add_account(account, now)
        archive = NewArchive(platform="linkedin", layout="made up", digest="0" * 64)
        store.posts.take(archive, made(number), now)


def main() -> int:
    """Measures and prints; 3 where the aim is missed."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--posts", type=int, default=1_000_000)
    said.add_argument("--runs", type=int, default=3)
    asked = said.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        filled(home, asked.posts)
        knowledge = load(default_root(), [one.platform for one in ACCOUNTS])
        asking = Asking(place="DE", when=WHEN, knowledge=knowledge, seen=SEEN)
        accounts = {one.key: one for one in ACCOUNTS}
        bare: list[float] = []
        ours: list[float] = []
        groups = stands = 0
        for _ in range(asked.runs):
            start = time.perf_counter()
            with sqlite3.connect(home / "withhold.db") as plain:
                groups = len(plain.execute(COUNT).fetchall())
            bare.append(time.perf_counter() - start)
            start = time.perf_counter()
            with Store.read(home) as store:
                stands = len(exposure(store.posts.groups(), accounts, {}, asking))
            ours.append(time.perf_counter() - start)
    ratio = min(ours) / min(bare)
    print(f"{asked.posts:,} posts in {groups:,} groups; {stands} answers")
    print(
        f"bare count {min(bare):.2f} s, verdicts {min(ours):.2f} s: {ratio:.2f} times (aim {AIM})"
    )
    measured.told(
        "exposure/verdicts",
        "verdicts over stored posts",
        min(ours),
        "s",
        theirs=min(bare),
        yardstick="a bare SQL count by the same keys",
        most=AIM,
        size=f"{asked.posts:,} posts in {groups:,} groups",
    )
    return measured.MISSED * (ratio > AIM)


if __name__ == "__main__":
    sys.exit(main())
