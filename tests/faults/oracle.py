"""What lies on the disk, read with the standard library alone: none of the code under test.

The chain is recomputed from its documented format (docs/reference and the text in a bundle): ::

    salted = SHA-256(salt | body)
    digest = SHA-256("withhold-chain-1\\n" prev "\\n" seq "\\n" recorded_at "\\n" salted "\\n")
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
import stat
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

DATABASE = "withhold.db"
Rows = Counter[str]
"""Each row of each table, without what differs from run to run; and each file of evidence."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")
_RUN = re.compile(r"\b\d{8}-\d{6}(-\d+)?\b")
_CASE = re.compile(r"WH-[0-9A-Z]{6}")
_PORT = re.compile(r"127\.0\.0\.1:\d+")
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_MESSAGE = re.compile(r"<[^<>@]*@[^<>]*>")
_DOCUMENT = re.compile(r'"name": "acme/d\d+"')
_ROW = re.compile(r"\bobs-\d+\b")
_TRIES = re.compile(r',\\"tries\\":\d+')
"""How often a server was asked: the net's matter, and no other row."""
_VOLATILE = {
    "observation": ("seq", "recorded_at", "prev", "salted", "digest"),
    "payload": ("seq", "salt"),
    "tombstone": ("seq", "on"),
    "case_record": ("seq",),
    "policy_record": ("seq", "round"),
    "policy_round": ("id", "begun", "ended"),
    "archive": ("id", "read_at"),
    "post": ("id", "archive"),
    "media": ("post",),
    "reveal": ("post",),
    "warc": ("name", "digest", "size"),
    "response": ("warc", "offset", "size", "digest"),
}
_LEFT_OUT = ("sqlite_", "post_text", "searched", "_sqlite", "unfinished", "case_record", "warc")
"""Tables of SQLite's and of the search; marks; files that a run that was killed has one more of."""
_NONE_OF_THEM = (".finished", ".well-known")


class Broken(Exception):
    """What is there cannot be read as a store."""


def rows_of(home: Path) -> Rows:
    """The rows of a store and its evidence; none where there is no store. Raises Broken."""
    found: Rows = Counter()
    with opened(home) as db:
        if db is None:
            return found
        for (table,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
        ).fetchall():
            if table.startswith(_LEFT_OUT):
                continue
            cursor = db.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            names = [one[0] for one in cursor.description]
            for row in cursor:
                kept = {
                    name: "" if isinstance(value, bytes) else value
                    for name, value in zip(names, row, strict=True)
                    if name not in _VOLATILE.get(table, ())
                }
                if str(kept.get("name", "")).startswith("watched/"):
                    del kept["value"]  # what it is told against differs from look to look
                found[f"{table} {_row(json.dumps(kept, sort_keys=True))}"] += 1
    return found


def by_table(rows: Rows) -> Rows:
    """How many rows each table has: what is compared where the day stands in them."""
    found: Rows = Counter()
    for row, times in rows.items():
        found[row.partition(" ")[0]] += times
    return found


def _row(text: str) -> str:
    """A letter bears its case's reference, so its digest says no more than that it is there; the
    same page under two addresses is kept once, under the name of who came first."""
    text = _TRIES.sub("", plain(text))
    if "CASE" in text:
        text = _MESSAGE.sub("MESSAGE", _DIGEST.sub("DIGEST", text))
    return _DOCUMENT.sub('"name": "acme/d"', text)


def plain(text: str) -> str:
    """A text without moments, numbers of links, references of cases and ports."""
    for pattern, instead in (
        (_MOMENT, "MOMENT"), (_RUN, "RUN"), (_CASE, "CASE"), (_PORT, "HOST"), (_ROW, "OBS"),
    ):  # fmt: skip
        text = pattern.sub(instead, text)
    return text


@contextmanager
def opened(home: Path) -> Iterator[sqlite3.Connection | None]:
    """A copy of the database with its log, so that the crashed one stays as it is; or None."""
    path = home / DATABASE
    if not path.exists() or not path.stat().st_size:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        for name in (DATABASE, f"{DATABASE}-wal"):
            if (home / name).exists():
                shutil.copyfile(home / name, Path(folder, name))
        with closing(sqlite3.connect(Path(folder, DATABASE))) as db:
            try:
                ((said,),) = db.execute("PRAGMA integrity_check(1)").fetchall()
            except sqlite3.Error as why:
                raise Broken(str(why)) from why
            if said != "ok":
                raise Broken(said)
            yield db


def chain_faults(home: Path) -> list[str]:
    """What is wrong with the chain: recomputed from the first link to the last."""
    with opened(home) as db:
        if db is None:
            return []
        if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'observation'").fetchall():
            return []
        links = db.execute(
            "SELECT seq, recorded_at, prev, salted, digest FROM observation ORDER BY seq"
        ).fetchall()
        texts = {seq: (salt, body) for seq, salt, body in db.execute("SELECT * FROM payload")}
        gone = {seq for (seq,) in db.execute("SELECT seq FROM tombstone")}
        counted = db.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = 'observation'"
        ).fetchall()
    return list(_broken(links, texts, gone, counted[0][0] if counted else 0))


def _broken(
    links: list[tuple[int, str, str, str, str]],
    texts: dict[int, tuple[bytes, str]],
    gone: set[int],
    counted: int,
) -> Iterator[str]:
    before = "0" * 64
    for number, (seq, at, prev, salted, digest) in enumerate(links, 1):
        said = f"withhold-chain-1\n{prev}\n{seq}\n{at}\n{salted}\n".encode()
        if seq != number or prev != before or hashlib.sha256(said).hexdigest() != digest:
            yield f"link {number} does not hold"
        before = digest
        if (seq in texts) == (seq in gone):
            yield f"link {number} has neither a text nor a tombstone, or both"
        elif seq in texts:
            salt, body = texts[seq]
            if hashlib.sha256(salt + body.encode()).hexdigest() != salted:
                yield f"the text of link {number} is another"
    if counted != len(links) or set(texts) | gone != {one[0] for one in links}:
        yield "links are missing"


def evidence_faults(home: Path) -> list[str]:
    """Evidence that is listed and not there, or not what its name says."""
    with opened(home) as db:
        if db is None:
            return []
        listed = [row[0] for row in db.execute("SELECT digest FROM evidence")]
    found = []
    for digest in listed:
        file = home / "evidence" / digest
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            found.append(f"evidence {digest[:8]} is gone or changed")
    return found


def search_faults(home: Path) -> list[str]:
    """Whether every word of every post is found, and of no other (FTS5's own check, on a copy)."""
    with opened(home) as db:
        if db is None:
            return []
        try:
            db.execute("INSERT INTO post_text (post_text) VALUES ('integrity-check')")
        except sqlite3.DatabaseError as why:
            return [f"the search does not fit the posts ({why})"]
    return []


def unlisted(home: Path) -> list[str]:
    """Files of evidence and responses that no row names."""
    with opened(home) as db:
        if db is None:
            return []
        known = {row[0] for row in db.execute("SELECT digest FROM evidence")}
        known |= {row[0] for row in db.execute("SELECT name FROM warc")}
    return sorted(
        str(one.relative_to(home))
        for folder in ("evidence", "responses")
        for one in (home / folder).glob("*")
        if one.name not in known and not one.name.startswith(".")
    )


def temporary(*folders: Path) -> list[str]:
    """Files that are not whole, or nobody's: hidden ones, but for the notes of a job."""
    return sorted(
        str(one.relative_to(folder))
        for folder in folders
        for one in folder.rglob("*")
        if (one.name.startswith(".") and one.name not in _NONE_OF_THEM) or one.name.endswith(".new")
    )


def too_open(home: Path) -> list[str]:
    """What of a home others can read."""
    return sorted(
        f"{one.relative_to(home.parent)} {stat.S_IMODE(one.stat().st_mode):o}"
        for one in (home, *home.rglob("*"))
        if stat.S_IMODE(one.lstat().st_mode) & 0o077
    )


def marks(home: Path) -> list[str]:
    """What the store notes as begun and not ended."""
    with opened(home) as db:
        if db is None:
            return []
        return [row[0] for row in db.execute("SELECT what FROM unfinished")]


def open_rounds(home: Path) -> list[str]:
    """The rounds of looks at policies that were begun and not ended: the next one goes on with it.

    Its rows alone do not tell: the last look is there before the round is ended.
    """
    with opened(home) as db:
        if db is None:
            return []
        found = db.execute("SELECT id FROM policy_round WHERE ended = ''").fetchall()
        return [f"round {number}" for (number,) in found]


def failed_looks(home: Path) -> list[str]:
    """The policies that could not be seen in the latest round, by name: each has to be told."""
    with opened(home) as db:
        if db is None:
            return []
        bodies = db.execute(
            "SELECT body FROM payload JOIN policy_record USING (seq) "
            "WHERE round = (SELECT max(id) FROM policy_round)"
        )
        looks = [json.loads(body) for (body,) in bodies]
    return sorted(str(one["document"]) for one in looks if one["outcome"] == "failed")


def runs_of(home: Path) -> list[str]:
    """The states of the runs that can be undone."""
    found = [json.loads(one.read_bytes()) for one in sorted(home.glob("runs/*/manifest.json"))]
    return [str(one["state"]) for one in found]


def half_done(home: Path) -> bool:
    """Whether a run was stopped when some of its files were as before, and some as after."""
    for manifest in home.glob("runs/*/manifest.json"):
        run = json.loads(manifest.read_bytes())
        if run["state"] != "registered":
            continue
        lies = set()
        for one in run["files"]:
            path = Path(one["path"])
            sum_ = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
            lies.add("after" if sum_ == one["after"] else "before")
        if len(lies) > 1:
            return True
    return False


def files_of(*folders: Path) -> dict[str, str]:
    """Each file below, by its path: the SHA-256 of its bytes; temporary ones left out."""
    return {
        f"{folder.name}/{one.relative_to(folder)}": hashlib.sha256(one.read_bytes()).hexdigest()
        for folder in folders
        for one in sorted(folder.rglob("*"))
        if one.is_file() and not any(part.startswith(".") for part in one.parts[-3:])
    }
