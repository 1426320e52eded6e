"""What encryption costs: import and reading, in an encrypted home and in a plain one, in one run.

Both sides take the same archive into a new store with its search, then read every post, search for
a word and open the store once more in a new process; turn by turn, the best turn of each counts.
Counted is the time of the processor, which is what encryption costs; waiting for the disk is the
same on both sides. Putting the vault on a filled store is timed apart, by the clock. The key lies
in a file, so no keyring is timed.

    python bench/vault.py [--posts 20000 | --full] [--turns 3]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import exports_reading
import measured
from exports_import import taken
from withhold.keep import Store, vault
from withhold.keep.key_place import VARIABLE

FULL = 300_000
SIDES = ("plain", "encrypted")
WHAT = {
    "import": "import of an archive, with search",
    "read": "every post read, in order",
    "search": "1,000 searches for a word",
    "open": "opened by a new process, and one row read",
}
OPEN = (
    "import sys; from pathlib import Path; from withhold.keep import Store\n"
    "with Store.read(Path(sys.argv[1])) as store: store.own.accounts()"
)


def turn(side: str, name: Path, home: Path, posts: int) -> dict[str, float]:
    """Seconds of each thing, in a new home."""
    shutil.rmtree(home, ignore_errors=True)
    if side == "encrypted":
        vault.turn_on(home, lambda _: None)
    took = {}
    began = time.process_time()
    with Store.open(home) as store:
        assert taken(name, store).taken.new == posts
    took["import"] = time.process_time() - began
    with Store.read(home) as store:
        began = time.process_time()
        read = sum(1 for _ in store._opened.each("SELECT * FROM post ORDER BY id"))
        took["read"] = time.process_time() - began
        assert read == posts, read
        began = time.process_time()
        for number in range(1_000):
            sql = "SELECT count(*) FROM post_text WHERE post_text MATCH ?"
            store._opened.rows(sql, f'"{number}"')
        took["search"] = time.process_time() - began
    began = children()
    subprocess.run([sys.executable, "-c", OPEN, str(home)], check=True)
    took["open"] = children() - began
    return took


def children() -> float:
    """Seconds of the processor that processes of ours took which have ended."""
    used = os.times()
    return used.children_user + used.children_system


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--posts", type=int, default=20_000)
    arguments.add_argument("--full", action="store_true", help=f"{FULL:,} posts")
    arguments.add_argument("--turns", type=int, default=3)
    given = arguments.parse_args()
    posts = FULL if given.full else given.posts
    folder = Path(tempfile.mkdtemp(prefix="withhold-bench-"))
    os.environ[VARIABLE] = str(folder / "key")
    try:
        name = folder / "facebook.zip"
        exports_reading.build(name, posts, 0)
        best = {side: dict.fromkeys(WHAT, float("inf")) for side in SIDES}
        for _ in range(given.turns):
            for side in SIDES:
                for key, took in turn(side, name, folder / side, posts).items():
                    best[side][key] = min(best[side][key], took)
        print(f"{posts:,} posts; seconds of the processor: plain, encrypted, ratio")
        for key, what in WHAT.items():
            plain, ours = (best[side][key] for side in SIDES)
            print(f"{what:<44} {plain:8.3f} {ours:8.3f} {ours / plain:6.2f}")
            measured.told(
                f"vault/{key}",
                f"encrypted home: {what}",
                ours,
                "s",
                theirs=plain,
                yardstick="the same in a plain home",
                size=f"{posts:,} posts",
            )
        began = time.perf_counter()
        vault.turn_on(folder / "plain", lambda _: None)
        took = time.perf_counter() - began
        print(f"vault on, with every row compared: {took:.2f} s")
        measured.told(
            "vault/on", "vault on, every row compared", took, "s", size=f"{posts:,} posts"
        )
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
