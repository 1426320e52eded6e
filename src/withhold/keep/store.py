"""The store of one owner: a home folder with one SQLite file and a folder of evidence.

::

    with Store.open(home) as store:
        store.own.add_account(account, now)
        seen = store.observations.record(observation, now)

    if Store.exists(home):
        with Store.read(home) as store: ...
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from withhold.errors import StoreTrouble
from withhold.keep import private
from withhold.keep.cases import Cases
from withhold.keep.confirmations import Confirmations
from withhold.keep.evidence import Evidence
from withhold.keep.forget import Forget
from withhold.keep.observations import Observations
from withhold.keep.opened import SCHEMA, Opened
from withhold.keep.own import Own
from withhold.keep.policies import Policies
from withhold.keep.posts import Posts
from withhold.keep.responses import Responses
from withhold.keep.trouble import troubles
from withhold.keep.vault_card import card_of
from withhold.keep.watched import Watched


class Store:
    """An open store. Use it in a ``with``: the file is closed at its end.

    One store belongs to one thread; several threads or processes open it several times.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self.own = Own(opened)
        self.evidence = Evidence(opened)
        self.observations = Observations(opened, self.evidence)
        self.cases = Cases(opened, self.observations, self.evidence)
        self.confirmations = Confirmations(opened)
        self.responses = Responses(opened)
        self.posts = Posts(opened)
        self.policies = Policies(opened, self.observations, self.evidence)
        self.watched = Watched(opened)
        self.forget = Forget(
            opened, self.own, self.observations, self.evidence, self.cases, self.posts
        )

    @staticmethod
    def exists(home: Path) -> bool:
        """Whether a store, or something in its place, is there. Opens nothing, makes nothing."""
        path = home / private.FILE
        with troubles(path):
            try:
                path.lstat()
            except (FileNotFoundError, NotADirectoryError):
                return False
            return True

    @staticmethod
    def stamp(home: Path) -> tuple[int, ...]:
        """Differs after every write, whoever wrote; may also differ without one. Opens nothing."""
        found: list[int] = []
        for name in (private.FILE, f"{private.FILE}-wal"):
            try:
                known = (home / name).stat()
            except (FileNotFoundError, NotADirectoryError):
                continue
            if known.st_size:  # an empty log says nothing: readers make one
                found += (known.st_mtime_ns, known.st_size)
        return tuple(found)

    @classmethod
    def open(cls, home: Path, *, puts_off: bool = False) -> Store:
        """The store, for reading and writing; made or brought up to date where needed.

        ``puts_off``: of a large file what is forgotten is not wiped at once; the caller sees to it
        that it is (``wipe_is_due``, ``wipe``), and so does whoever opens it without. What an
        interrupted change of its vault left is finished or undone. Raises
        StoreTrouble: locked, damaged, from a newer version, or not to be written.
        """
        path = home / private.FILE
        with troubles(path):
            private.make_home(home)
            private.make_database(path)
        card = card_of(home)
        if card is not None and card.going:
            from withhold.keep.vault_settle import settle

            settle(home)
        return cls(Opened(home, writable=True, puts_off=puts_off))

    @classmethod
    def read(cls, home: Path) -> Store:
        """The store that exists, for reading only: fast, and it changes nothing.

        Works in a folder that may not be written. Raises StoreTrouble, also if there is none.
        """
        if not cls.exists(home):
            raise StoreTrouble(
                f"there is no store in {home} yet", "withhold start makes one; nothing was lost"
            )
        opened = Opened(home, writable=False)
        if opened.schema < SCHEMA:  # of an older version, or empty: to be brought up to date
            opened.close()
            return cls.open(home)
        return cls(opened)

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is written inside is written, or none of it."""
        with self._opened.writing():
            yield

    @property
    def path(self) -> Path:
        """The database file."""
        return self._opened.path

    @property
    def wipe_is_due(self) -> bool:
        """Whether something was forgotten that is not wiped from the file yet."""
        return self._opened.wipe_is_due

    def wipe(self, patience: float = 0) -> None:
        """Wipes what was forgotten, waiting so many seconds more for readers. StoreTrouble."""
        self._opened.wipe(patience)

    def faults(self) -> list[str]:
        """One line for each thing that is wrong with the file, the chain, the evidence."""
        found = [
            f"{self.path}: {line}"
            for (line,) in self._opened.rows("PRAGMA integrity_check")
            if line != "ok"
        ]
        for table, row, parent, _ in self._opened.rows("PRAGMA foreign_key_check"):
            found.append(f"{self.path}: row {row} of {table} names no {parent}")
        chain = self.observations.verify()
        if not chain.ok:
            found.append(f"the chain breaks at obs-{chain.broken_at}: {chain.why}")
        return found + self.evidence.faults() + self.responses.faults()

    def close(self) -> None:
        """Ends it. A second time does nothing."""
        self._opened.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
