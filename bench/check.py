"""How long verdicts on all platforms in two places take, reading the knowledge included.

There is no other side to compare with: the yardstick is one second, and a bare `tomllib` pass
over the same files shows how much of it is reading.
"""

import time
import tomllib
from datetime import date

import measured
from withhold.catalog.load import default_root, load
from withhold.verbs.check import Asking, check_account
from withhold.words import Account


def main() -> None:
    """Prints one row."""
    root = default_root()
    began = time.perf_counter()
    for path in root.rglob("*.toml"):
        tomllib.loads(path.read_text(encoding="utf-8"))
    bare = time.perf_counter() - began
    began = time.perf_counter()
    knowledge = load(root, crawlers=False)
    number = 0
    for place in ("US-PA", "DE"):
        asking = Asking(place=place, when=date(2026, 11, 23), knowledge=knowledge)
        for platform in knowledge.platforms:
            number += len(check_account(Account(platform=platform), asking))
    ours = time.perf_counter() - began
    print(
        f"{len(knowledge.platforms)} platforms in 2 places: {number} verdicts in {ours:.2f} s "
        f"(to reach: under 1 s); bare tomllib over all knowledge: {bare:.2f} s"
    )
    measured.told(
        "check/everywhere",
        "verdicts on all platforms in 2 places, reading the knowledge included",
        ours,
        "s",
        theirs=bare,
        yardstick="bare tomllib over all knowledge",
        by="ours",
        most=1.0,
        size=f"{len(knowledge.platforms)} platforms, {number} verdicts",
    )


main()
