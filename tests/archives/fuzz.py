"""The fuzz test of archives: every made archive, with faults, read as a person's would be.

``python -m tests.archives.fuzz 10000`` mutates each fixture so many times, in two processes;
``--only facebook`` takes some of them, ``--seed 123`` one mutation alone, to look at a failure.

Nothing but BadInput may come out, in less than a second of processor time; every path ends in one
of the three lists; every post keeps to the closed lists. Of each tenth mutation the import is
stopped in its middle: not one row of it may stay.
"""

from __future__ import annotations

import argparse
import io
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from importlib import import_module
from multiprocessing import Pool
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.archives.every_layout import fixtures
from tests.archives.mutated import Made, mutated, torn
from tests.archives.sound import sound, valid
from withhold.errors import BadInput
from withhold.exports.notes import Notes
from withhold.exports.opened import Archive, open_archive
from withhold.exports.parts import Files
from withhold.exports.post import Post
from withhold.exports.reader import Options
from withhold.keep import Store, post_taking
from withhold.verbs.archive_owner import Filing
from withhold.verbs.import_archive import Asking, _Import, import_archive

SLOW = 1.0
"""Seconds of processor time that one mutation may take."""
HANGS = 20.0
"""Seconds of processor time after which one is stopped."""
NEW_STORE = 40
"""Imports after which a store has grown enough."""
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


class Hang(BaseException):
    """A mutation that does not end. No reader catches it."""


class Stopped(Exception):
    """What stops an import in its middle."""


class Bench:
    """One fixture on its way through many mutations, in a folder of its own."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self._folder = name, folder
        self._made = fixtures()[name]()
        self._platform = {"google": "youtube", "wordpress.com": "wordpress"}.get(
            n := name.split()[0], n
        )
        self._top = folder / "archive"
        self._there: Made = {}
        self._store: Store | None = None
        self._imports = 0
        self.refused = self.posts = self.imported = 0
        self.slowest = 0.0
        with io.BytesIO() as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
                for path, body in self._made.items():
                    packed.writestr(path, body)
            self._packed = out.getvalue()

    def run(self, seed: int) -> None:
        """One mutation. Raises whatever is wrong with it."""
        spent = self._once(seed)
        if spent > SLOW:  # once more: another process may have had the processor's caches
            spent = min(spent, self._once(seed))
        self.slowest = max(self.slowest, spent)
        assert spent <= SLOW, f"{spent:.2f} s"

    def close(self) -> None:
        """Closes the store."""
        if self._store:
            self._store.close()
            self._store = None

    # ----------------------------------------------------------------------------------------------

    def _once(self, seed: int) -> float:
        path = self._laid_out(seed)
        started = time.process_time()
        self._read(path, others=seed % 2 == 1)
        spent = time.process_time() - started
        if seed % 10 == 0:
            self._import(path, seed)
        return spent

    def _laid_out(self, seed: int) -> Path:
        key = f"{self.name} {seed}"
        if seed % 6 == 5:
            name = self._folder / "archive.zip"
            name.write_bytes(torn(self._packed, key))
            return name
        made = mutated(self._made, key)
        if seed % 6 == 4:  # a path may be in a zip twice
            name = self._folder / "archive.zip"
            with zipfile.ZipFile(name, "w") as out:
                for path, body in made.items():
                    out.writestr(path, body)
                again = sorted(self._made)[seed % len(self._made)]
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    out.writestr(zipfile.ZipInfo(again), self._made[again])
            return name
        for path in self._there.keys() - made.keys():
            (self._top / path).unlink()
        for path in self._there.keys() - made.keys():
            self._tidy((self._top / path).parent)
        for path, body in made.items():
            if self._there.get(path) != body:
                file = self._top / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(body)
        self._there = made
        return self._top

    def _tidy(self, folder: Path) -> None:
        while folder != self._top and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def _read(self, path: Path, *, others: bool) -> None:
        try:
            archive = open_archive(path)
        except BadInput:
            self.refused += 1
            self._read_all_the_same(path)
            return
        with archive:
            posts = list(archive.posts(Options(others=others)))
            assert archive.complete
            sound(posts, archive.notes, archive.files)
        self.posts += len(posts)

    def _read_all_the_same(self, path: Path) -> None:
        """What is not recognised any more is still given to the reader of its platform."""
        notes = Notes()
        try:
            files = Files([path], notes)
        except BadInput:
            return
        reader = import_module(f"withhold.exports.{self._platform}").READER
        with files:
            for post in reader.read(files, notes, Options()):
                valid(post)

    def _import(self, path: Path, seed: int) -> None:
        """Stopped in its middle it leaves nothing; then it goes in as a whole, each post once."""
        try:
            archive = open_archive(path)
        except BadInput:
            return
        with archive:
            many = sum(1 for _ in archive.posts())
        store = self._fresh_store()
        before = self._rows()
        late = seed % 20 == 10 and many > 0
        with open_archive(path) as archive, self._stop(archive, -1 if late else seed % (many + 1)):
            try:
                self._take(archive, store)
            except Stopped:
                pass
            else:
                raise AssertionError("the stop was swallowed")
        assert self._rows() == before, "half imported"
        with open_archive(path) as archive:
            taken = self._take(archive, store).taken
        assert taken.new + taken.again + taken.repeated == many, (taken, many)
        with open_archive(path) as archive:
            assert self._take(archive, store).taken.new == 0
        self.imported += 1

    @contextmanager
    def _stop(self, archive: Archive, after: int) -> Iterator[None]:
        """Stops after so many posts, written three at a time; below 0 when all is written."""
        late = patch.object(_Import, "_note", side_effect=Stopped)
        within = patch.object(archive, "posts", _stopping(archive, after))
        with patch.object(post_taking, "CHUNK", 3), late if after < 0 else within:
            yield

    def _take(self, archive: Archive, store: Store) -> Any:
        asking = Asking(
            today=date(2026, 11, 26), reader="withhold", seen=tuple(store.observations.all())
        )
        return import_archive(archive, Filing(store.own.accounts(), ()), asking, store, NOW)

    def _fresh_store(self) -> Store:
        if self._store is None or self._imports % NEW_STORE == 0:
            self.close()
            shutil.rmtree(self._folder / "home", ignore_errors=True)
            self._store = Store.open(self._folder / "home")
        self._imports += 1
        return self._store

    def _rows(self) -> dict[str, int]:
        with closing(sqlite3.connect(self._folder / "home" / "withhold.db")) as raw:
            names = [
                name
                for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            ]
            count = "SELECT count(*) FROM {}"
            return {name: raw.execute(count.format(name)).fetchone()[0] for name in names}


def _stopping(archive: Archive, after: int) -> Callable[[Options | None], Iterator[Post]]:
    whole = archive.posts

    def posts(options: Options | None = None) -> Iterator[Post]:
        for number, post in enumerate(whole(options)):
            if number == after:
                raise Stopped
            yield post
        raise Stopped

    return posts


def run(name: str, seeds: range) -> tuple[str, list[str], str]:
    """Many mutations of one fixture: its name, what went wrong, and what came of the rest."""
    room = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - memory, not disk
    wrong = []
    signal.signal(signal.SIGPROF, _hang)
    with tempfile.TemporaryDirectory(dir=room) as folder:
        bench = Bench(name, Path(folder))
        for seed in seeds:
            signal.setitimer(signal.ITIMER_PROF, HANGS)
            try:
                bench.run(seed)
            except (Exception, Hang) as why:
                said = "".join(traceback.format_exception(why, limit=-6))
                wrong.append(f"{name}, seed {seed}: {said}")
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
        bench.close()
    return (
        name,
        wrong,
        (
            f"{len(seeds)} mutations, {bench.refused} not recognised, {bench.posts} posts, "
            f"{bench.imported} imports stopped and made, slowest {bench.slowest:.2f} s"
        ),
    )


def _hang(*_: object) -> None:
    raise Hang


def _all(asked: tuple[str, range]) -> tuple[str, list[str], str]:
    return run(*asked)


def main(words: list[str]) -> int:
    """The command line; 1 = something was wrong."""
    parser = argparse.ArgumentParser(description="mutates every made archive")
    parser.add_argument("count", nargs="?", type=int, default=10_000, help="per fixture")
    parser.add_argument("--only", default="", help="fixtures whose name holds this")
    parser.add_argument("--seed", type=int, default=-1, help="this mutation alone")
    parser.add_argument("--processes", type=int, default=2)
    said = parser.parse_args(words)
    seeds = range(said.count) if said.seed < 0 else range(said.seed, said.seed + 1)
    names = [(name, seeds) for name in fixtures() if said.only in name]
    failed = 0
    with Pool(said.processes) as pool:
        for name, wrong, told in pool.imap_unordered(_all, names):
            print(f"{name}: {told}, {len(wrong)} wrong", flush=True)
            failed += len(wrong)
            for one in wrong[:5]:
                print(one, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
