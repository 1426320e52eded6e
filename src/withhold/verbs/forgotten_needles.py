"""What must be gone after forgetting: texts, names, addresses and digests, collected before.

Which rows are meant is told by what was asked, not by what was deleted: a row that stays by mistake
is found all the same. Of very many the needles are chosen evenly, so that memory stays bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from withhold.keep import Store
from withhold.keep.evidence import cited
from withhold.keep.texts import Said, texts
from withhold.keep.wiping import has_second_name
from withhold.verbs.forgotten_files import File, Unread, files, is_sealed, streams
from withhold.verbs.forgotten_forms import LONGEST, spans

AT_MOST = 10_000
"""Needles that are sought."""
SPANS_OF_A_POST = 5
What = Literal["account", "observation", "case", "site", "responses", "windows", "everything"]
Needle = tuple[str | bytes, str]
"""The text or octets, and what it is: the table of its row, or the part of the home."""
_STAY = ("observation", "tombstone", "sqlite_sequence", "sqlite_schema", "_sqlite_migrations")
"""Tables of which nothing is ever forgotten: they hold digests, numbers and days."""
_SAY_NOTHING = frozenset(
    {
        "platform", "kind", "audience", "audience_by", "authored", "state", "day", "precision",
        "zone", "part", "at", "layout", "reader", "place_by", "taken", "lang", "plan", "since",
        "until", "on", "url_by", "read_at", "exported", "documents", "begun", "ended",
        "last_modified",
    }
)  # fmt: skip
"""Columns of words that are the same for everybody."""
_SLUG = re.compile(r"[a-z]+([-/][a-z]+)*|[0-9T:.+-]+")
"""In records: names of things, dates and moments, which say nothing of anybody."""


class Scope(Struct, frozen=True):
    """What is forgotten; ``ref``: the account, observation (``obs-7``), case or address."""

    what: What
    ref: str = ""

    def names(self, said: Said) -> bool:
        """Whether a row is to go, as far as it says so itself."""
        if self.what == "everything":
            return said.table not in _STAY
        if self.what == "responses":
            return said.table in ("response", "warc")
        if said.table in _STAY:
            return False
        if said.table == "payload":
            return self._names_body(said)
        if self.what == "account":
            return said.of in (self.ref, f"watched/{self.ref}")
        if self.what == "site":
            named = (self.ref, f"watched/{self.ref}", f"watched/{self.ref} (served)")
            return said.table in ("site", "setting") and said.of in named
        return False

    def _names_body(self, said: Said) -> bool:
        if self.what == "observation":
            return f"obs-{said.of}" == self.ref
        body = said.value if isinstance(said.value, str) else ""
        named = f'"{self.what}":{msgspec.json.encode(self.ref).decode()}'  # as the store writes it
        return self.what in ("case", "account") and named in body

    def goes(self, file: File) -> bool:
        """Whether a file is to go, as far as its place says so."""
        if self.what == "everything":
            return file.part in ("responses", "window", "runs", "evidence")
        return (self.what, file.part) in (("responses", "responses"), ("windows", "window"))


class Chosen:
    """At most so many needles of all that are offered, evenly: each, every second, every fourth."""

    def __init__(self, at_most: int = AT_MOST) -> None:
        self.kept: dict[str | bytes, str] = {}
        self.offered = 0
        self._every, self._at_most = 1, at_most

    def offer(self, what: str, value: str | bytes) -> None:
        """One more; the same twice is one, as far as it is still known."""
        if not value or value in self.kept:
            return
        self.offered += 1
        if (self.offered - 1) % self._every:
            return
        self.kept[value] = what
        if len(self.kept) >= self._at_most:
            self.kept = dict(list(self.kept.items())[::2])
            self._every *= 2


class Before(Struct):
    """What was there. ``maybe``: needles of records and evidence, by link or digest: whether they
    are to go shows only afterwards; ``cites``: which evidence each record names; ``linked``: files
    that have a second name (a hard link), somewhere."""

    scope: Scope
    sure: Chosen
    maybe: dict[str, list[Needle]]
    cites: dict[str, set[str]]
    linked: list[Path]


def collect(home: Path, scope: Scope, told: Callable[[], None] = lambda: None) -> Before:
    """Everything that is to be gone. Changes nothing. ``told`` is called now and then."""
    found = Before(scope, Chosen(), {}, {}, [])
    if scope.ref and scope.what != "observation":
        found.sure.offer(scope.what, scope.ref)
        if ":" in scope.ref and scope.what == "account":
            found.sure.offer("account", scope.ref.partition(":")[2])
    if Store.exists(home):
        for n, said in enumerate(texts(home, _every(home, scope))):
            if not n % 4096:
                told()
            _take(found, said)
    sealed = is_sealed(home)
    for file in files(home):
        if has_second_name(file.path):
            found.linked.append(file.path)
        if scope.goes(file):
            for one in _of_file(file):
                found.sure.offer(file.part, one)
        elif file.part == "evidence" and not sealed:  # else names and octets are of no record
            kept = found.maybe.setdefault(f"evidence/{file.path.name}", [])
            kept.append((file.path.name, "evidence"))
            kept += [(one, "evidence") for one in _of_file(file)]
    return found


def _every(home: Path, scope: Scope) -> int:
    """Of so many posts each is looked at that there may be a few spans of each one chosen."""
    with Store.read(home) as store:
        counts = store.posts.counts()
    posts = counts.get(scope.ref, 0) if scope.what == "account" else sum(counts.values())
    return max(1, posts * SPANS_OF_A_POST // AT_MOST)


def _take(found: Before, said: Said) -> None:
    """The needles of one value; a record's are kept with its link until it is known if it goes."""
    of = f"{said.table}/{said.of}"
    named = found.scope.names(said)
    if said.table == "payload" and isinstance(said.value, str):
        found.cites[of] = cited(said.value)
    if named:
        for one in _values(said):
            found.sure.offer(said.table, one)
    elif said.table == "evidence" or (said.table == "payload" and not _is_look(said)):
        kept = found.maybe.setdefault(of, [])
        kept += [(one, said.table) for one in _values(said)]


def _is_look(said: Said) -> bool:
    """Whether it is a look at a policy: many, long, and never of one account or case."""
    return isinstance(said.value, str) and said.value.startswith('{"document":')


def _values(said: Said) -> Iterator[str | bytes]:
    if isinstance(said.value, bytes):
        yield said.value
    elif said.table in ("payload", "setting") and said.value[:1] in "{[":
        for one in _strings(said.value):
            yield from spans(one)
    elif said.column not in _SAY_NOTHING and (said.table, said.column) != ("setting", "name"):
        yield from spans(said.value)


def _strings(body: str) -> Iterator[str]:
    """All texts of a JSON document that say something; the whole where it is none."""
    try:
        todo: list[Any] = [msgspec.json.decode(body)]
    except (ValueError, RecursionError):
        yield body
        return
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            todo += one.values()
        elif isinstance(one, list):
            todo += one
        elif isinstance(one, str) and not _SLUG.fullmatch(one):
            yield one


def _of_file(file: File) -> Iterator[str | bytes]:
    """A few spans of what a file holds, unpacked where it is packed; none of a file of one octet.

    Of a file of text they are texts, so that they are sought in all forms.
    """
    try:
        for _, pieces in streams(file):
            piece = next(pieces, b"")
            for at in (0, len(piece) // 2, max(0, len(piece) - LONGEST)):
                octets = piece[at : at + LONGEST].strip()
                if len(set(octets)) > 8:
                    yield _as_text(octets)
    except (OSError, Unread):  # it offers nothing more; the search tells of it
        return


def _as_text(octets: bytes) -> str | bytes:
    try:
        return octets.decode("ascii")
    except UnicodeDecodeError:
        return octets
