"""Forgetting, with what lies beside the store: windows, runs that could be undone, responses.

``there_is`` counts what would go and changes nothing; the others do it and count what went. Of
each observation its link in the chain stays, and a tombstone with two days. It cannot be undone.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from withhold.keep import Forgotten, Store
from withhold.reach import dropped, undo, warc_files
from withhold.reach.profiles import forget_profiles, profiles_in


class Gone(Struct, frozen=True, kw_only=True):
    """How much went: of the store, and of what lies beside it."""

    stored: Forgotten = Forgotten()
    runs: int = 0
    windows: int = 0
    responses: int = 0
    """Files in which responses of sites were kept."""

    @property
    def counted(self) -> dict[str, int]:
        """By name; what nothing was there of is left out."""
        stored = self.stored
        found = {
            "account": stored.accounts,
            "site": stored.sites,
            "case": stored.cases,
            "post": stored.posts,
            "observation": stored.observations,
            "evidence": stored.evidence,
            "run": self.runs,
            "window": self.windows,
            "response": self.responses,
        }
        return {name: n for name, n in found.items() if n}


def there_is(home: Path) -> Gone:
    """All that ``everything`` would delete."""
    beside = there_is_beside(home)
    if not Store.exists(home):
        return beside
    with Store.read(home) as store:
        return replace(beside, stored=store.forget.of_everything())


def there_is_beside(home: Path) -> Gone:
    """What of it lies beside the store."""
    return Gone(
        runs=_runs(home),
        windows=len(profiles_in(home)),
        responses=len(warc_files.files(home)),
    )


def _runs(home: Path) -> int:
    """Damaged ones too."""
    folder = home / undo.FOLDER
    return sum(one.is_dir() for one in folder.iterdir()) if folder.is_dir() else 0


def everything(home: Path, now: datetime, *, puts_off: bool = False) -> Gone:
    """All that was ever written down. ProfileInUse while a window is open; then nothing goes.

    ``puts_off``: as of ``Store.open``.
    """
    windows = forget_profiles(home)
    dropped.sweep(home)
    with Store.open(home, puts_off=puts_off) as store:
        stored = store.forget.everything(now)
        return Gone(
            stored=stored,
            windows=windows,
            runs=undo.forget_all(home),
            responses=warc_files.forget_all(home),
        )


def windows(home: Path) -> Gone:
    """The profiles of the tool's own windows."""
    return Gone(windows=forget_profiles(home))


def responses(home: Path, *, puts_off: bool = False) -> Gone:
    """What sites answered, kept as evidence, and what is noted of it. ``puts_off``: as above."""
    with Store.open(home, puts_off=puts_off) as store:
        gone = warc_files.forget_all(home)
        store.forget.responses()
    return Gone(responses=gone)
