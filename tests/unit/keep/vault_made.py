"""A store whose every sentence is known, and the search for them in all octets of a home."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from withhold.keep import Store
from withhold.words import Account, Observation

NOW = datetime(2026, 8, 22, 10, 0, tzinfo=UTC)
LETTER = b"I object, on grounds of my asthma, to training on my posts. " * 40
LARGE = b"A picture of the kitchen table. " * 40_000
"""More than one piece of a sealed file."""
SENTENCES = ("on grounds of my asthma", "the kitchen table", "Ada Lovelace", "ada-who-paints")
NAMES = tuple(hashlib.sha256(one).hexdigest() for one in (LETTER, LARGE))


def quiet(_: str) -> None:
    """Nobody looks at the steps of a change."""


def fill(home: Path) -> None:
    """A store with an owner, a site, two observations and two files of evidence."""
    with Store.open(home) as store:
        store.own.set("name", "Ada Lovelace")
        store.own.add_account(
            Account(
                platform="reddit",
                name="ada-who-paints",
                kind="personal",
                audience="public",
                plan="",
                lang="",
                since=None,
                adult=True,
            ),
            NOW,
        )
        for value, data in (("off", LETTER), ("on", LARGE)):
            digest = store.evidence.keep(data, f"the kitchen table {value}.txt")
            store.observations.record(
                Observation(
                    control="reddit/none",
                    value=value,
                    on=date(2026, 8, 22),
                    how="told",
                    account="reddit:ada-who-paints",
                    evidence=digest,
                ),
                NOW,
            )


def is_whole(home: Path) -> None:
    """All that ``fill`` wrote is there and holds, and one more observation can be written."""
    with Store.open(home) as store:
        assert store.faults() == []
        assert [one.name for one in store.own.accounts()] == ["ada-who-paints"]
        seen = [(one.value, one.evidence) for one in store.observations.all()]
        assert seen[:2] == list(zip(("off", "on"), NAMES, strict=True))
        assert [store.evidence.read(one) for one in NAMES] == [LETTER, LARGE]
        store.observations.record(
            Observation(control="reddit/none", value="off", on=date(2026, 8, 23), how="told"), NOW
        )
    with Store.read(home) as store:
        assert len(store.observations.all()) == len(seen) + 1


def seen_in(home: Path) -> list[str]:
    """Which files show one of the sentences, or a digest: as text, wide, packed as base64 is."""
    found = []
    for file in sorted(one for one in home.rglob("*") if one.is_file()):
        data = file.read_bytes()
        if any(one in data or one in file.name.encode() for one in _forms()):
            found.append(str(file.relative_to(home)))
    return found


def _forms() -> list[bytes]:
    forms = []
    for one in (*SENTENCES, *NAMES):
        text = one.encode()
        forms += [text, one.encode("utf-16-le"), one.encode("utf-16-be"), text.hex().encode()]
        # base64 at each of the three places where it may begin, without the signs that vary
        forms += [base64.b64encode(b"\0" * n + text)[4:-4] for n in range(3)]
    return forms


def is_plain(home: Path) -> bool:
    """Whether the library of everybody opens the database, and what the folder is like then."""
    try:
        with closing(sqlite3.connect(home / "withhold.db")) as raw:
            raw.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except sqlite3.DatabaseError as why:
        if str(why) != "file is not a database":
            raise
        return False
    return True


def is_tidy(home: Path) -> None:
    """Nothing of another kind than the database's is left, and the card says the same."""
    names = {one.name for one in home.iterdir()}
    left = {one for one in names if one.startswith("withhold.db")} - {"withhold.db"}
    assert left == set(), left
    evidence = [one.name for one in (home / "evidence").iterdir()]
    assert len(evidence) == 2
    if is_plain(home):
        assert "vault.json" not in names
        assert sorted(evidence) == sorted(NAMES)
    else:
        assert '"going": ""' in (home / "vault.json").read_text()
        assert all(one.endswith(".sealed") for one in evidence)
        assert seen_in(home) == []
