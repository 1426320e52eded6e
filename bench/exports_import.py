"""An archive taken into the store with its search, against a bare ijson pass into the same tables.

Both sides read the same zip and fill the same tables of a new store with the same rows, keys and
words included, in one transaction, turn by turn in one run; the best turn of each counts. The bare
side decodes every item, puts rows together and inserts them by plain ``sqlite3``; ours is the verb
that ``withhold import`` calls: it recognises the archive, keeps the notebook, files posts under an
account, counts them and meets what is there. A second import of the same archive, and the pass
that looks for what posts give away, are timed apart.

    python bench/exports_import.py [--posts 300000] [--turns 3]
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

import ijson

import exports_reading
import measured
import withhold.exports
from withhold.catalog.load import default_root
from withhold.keep import Store
from withhold.keep.post_rows import PUT_NEW
from withhold.verbs.archive_owner import Filing
from withhold.verbs.import_archive import Asking, Imported, import_archive
from withhold.verbs.search_posts import looking

RATIO = 1.5
NOW = datetime(2026, 8, 22, tzinfo=UTC)
ACCOUNT = "facebook"
CHUNK = 2_000
LOOKED = 20_000
"""Posts that are looked through for what they give away, at most."""
MEDIA = "INSERT INTO media (post, number, path, lat, lon, place_by, taken, text) VALUES "


def rows(name: Path) -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
    """The rows of every item, put together with the least that can be done."""
    with zipfile.ZipFile(name) as packed, packed.open(exports_reading.POSTS) as stream:
        for number, one in enumerate(ijson.items(stream, "item", use_float=True), 1):
            text: str = one["data"][0]["post"]
            media: list[tuple[Any, ...]] = []
            for there in one.get("attachments", ()):
                for data in there["data"]:
                    if "media" in data:
                        said = data["media"]
                        media.append((number, len(media) + 1, said["uri"], None, None, "none", "",
                                      said["description"]))  # fmt: skip
            when = one["timestamp"]
            key = "~" + blake2b(f"{when}{text}".encode(), digest_size=16).hexdigest()
            day = datetime.fromtimestamp(when, UTC).date().isoformat()
            yield (
                number, ACCOUNT, key, 1, "facebook", "post", "own", "unknown", "none", "live", day,
                when, "second", "utc", text, "", "", "none", "", "", "", exports_reading.POSTS,
                f"/{number - 1}",
            ), media  # fmt: skip


def bare(name: Path, home: Path) -> int:
    """The same rows in the same tables, by hand."""
    Store.open(home).close()
    with closing(sqlite3.connect(home / "withhold.db", isolation_level=None)) as raw:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute(
            "INSERT INTO archive VALUES (1, 'facebook', ?, 'json', ?, '', '', '', 0, '')",
            (ACCOUNT, "0" * 64),
        )
        coming = rows(name)
        while chunk := list(islice(coming, CHUNK)):
            raw.executemany(PUT_NEW, [row for row, _ in chunk])
            raw.executemany(MEDIA + "(?, ?, ?, ?, ?, ?, ?, ?)", [m for _, of in chunk for m in of])
        raw.execute("INSERT INTO post_text (rowid, text) SELECT id, text FROM post")
        raw.execute("COMMIT")
        return int(raw.execute("SELECT count(*) FROM post").fetchone()[0])


def ours(name: Path, home: Path) -> int:
    """The verb, into a new store."""
    with Store.open(home) as store:
        return taken(name, store).taken.new


def taken(name: Path, store: Store) -> Imported:
    """One import."""
    with withhold.exports.open(name) as archive:
        asking = Asking(today=NOW.date(), reader="bench")
        return import_archive(archive, Filing([], ["facebook"]), asking, store, NOW)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--posts", type=int, default=300_000)
    arguments.add_argument("--turns", type=int, default=3)
    given = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="withhold-bench-"))
    try:
        name = folder / "facebook.zip"
        size = exports_reading.build(name, given.posts, 0)
        print(f"{given.posts:,} posts, {size / 1024**2:,.0f} MiB of JSON")
        best = dict.fromkeys(("bare", "ours"), float("inf"))
        for _ in range(given.turns):
            for side, run in (("bare", bare), ("ours", ours)):
                home = folder / side
                shutil.rmtree(home, ignore_errors=True)
                began = time.perf_counter()
                count = run(name, home)
                best[side] = min(best[side], time.perf_counter() - began)
                assert count == given.posts, (side, count)
        for side, took in best.items():
            file = folder / side / "withhold.db"
            print(
                f"{side}  {took:7.2f} s  {took / given.posts * 1e6:6.1f} us a post, "
                f"{file.stat().st_size / 1024**2:,.0f} MiB in the store"
            )
        print(
            f"ours / bare ijson pass with inserts: {best['ours'] / best['bare']:.2f} (aim: {RATIO})"
        )
        measured.told(
            "exports_import/new",
            "import of an archive, with search",
            best["ours"],
            "s",
            theirs=best["bare"],
            yardstick="a bare ijson pass that inserts the same rows",
            most=RATIO,
            size=f"{given.posts:,} posts, {size / 1024**2:,.0f} MiB of JSON",
        )
        with Store.open(folder / "ours") as store:
            began = time.perf_counter()
            again = taken(name, store).taken
            assert (again.new, again.again) == (0, given.posts), again
            took = time.perf_counter() - began
            print(f"the same archive once more: {took:.2f} s, nothing doubled")
            measured.told("exports_import/again", "import of the same archive once more", took, "s")
            look = looking(default_root(), "US-PA")
            look("loads what it needs, at 1 Main Street")
            began = time.perf_counter()
            posts = store.posts.unsearched("bench", LOOKED)
            for post in posts:
                look(post.text)
            rate = len(posts) / (time.perf_counter() - began)
            print(f"what they give away: {rate:,.0f} posts a second, of {len(posts):,}")
            what = "what posts give away, language told"
            measured.told("exports_import/reveals", what, rate, "posts a second")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
