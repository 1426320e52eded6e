"""Did forgetting forget? Every octet of the home is searched for what was there before.

::

    before = forgotten.collect(home, Scope("account", "x:ada"))
    ...                                     # forget, and wipe the file
    proof = forgotten.prove(home, before)   # proof.ok, proof.left, proof.held

Found is not yet left: what another account says as well, what a site answered, what a run could put
back stays by right and is told with its place. What stands in no row that remains is left over.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from withhold.errors import WithholdError
from withhold.keep import Store
from withhold.keep.texts import Said, texts
from withhold.reach import undo
from withhold.verbs.forgotten_files import DATABASE, File, Unread, files, is_sealed, streams
from withhold.verbs.forgotten_forms import FORMS, of_octets, of_text
from withhold.verbs.forgotten_needles import Before, Needle, Scope, collect
from withhold.verbs.forgotten_search import Sought

__all__ = ["Held", "Left", "Proof", "Scope", "collect", "prove"]
PLACES_AT_MOST = 50
_ROWS = 256 * 1024
"""Characters of rows of one owner that are searched together."""


class Left(Struct, frozen=True, kw_only=True):
    """Something that should be gone: ``what`` it was, in which file (and member), where in it.

    ``form`` is how it was written there; ``row`` the table, where a row still has it.
    """

    what: str
    file: str = ""
    member: str = ""
    offset: int = 0
    form: str = ""
    row: str = ""


class Held(Struct, frozen=True, kw_only=True):
    """``n`` texts that also stand in what was not to be forgotten: a row's owner, or a part."""

    where: str
    n: int


class Proof(Struct, frozen=True, kw_only=True):
    """What was searched for what. ``texts`` were sought, chosen evenly out of ``of``; ``short``
    are not among them: they are found anywhere. ``sealed``: the database is encrypted, so that its
    rows were searched and its octets say nothing. ``outside``: files of the owner's that runs of
    the tool wrote. ``linked``: files that went and had a second name, where they can still be read.
    """

    schema: str = "withhold/forgotten/1"
    scope: str = ""
    files: int = 0
    octets: int = 0
    forms: tuple[str, ...] = FORMS
    texts: int = 0
    of: int = 0
    short: int = 0
    left: tuple[Left, ...] = ()
    left_in_all: int = 0
    held: tuple[Held, ...] = ()
    unread: tuple[str, ...] = ()
    sealed: bool = False
    outside: tuple[str, ...] = ()
    linked: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing is left, and everything could be read."""
        return not self.left_in_all and not self.unread


class _Search:
    """One search over one home."""

    def __init__(self, needles: Sequence[Needle]) -> None:
        self.needles = needles
        made = [
            (n, form, octets)
            for n, (value, _) in enumerate(needles)
            for form, octets in (of_text(value) if isinstance(value, str) else of_octets(value))
        ]
        self.of = [n for n, _, _ in made]
        self.form = [form for _, form, _ in made]
        self.sought = Sought(octets for _, _, octets in made)
        self.usable = {
            n
            for k, (n, form, _) in enumerate(made)
            if form in ("utf-8", "octets") and k not in self.sought.refused
        }

    def find(self, pieces: Iterable[bytes]) -> Iterator[tuple[int, str, int]]:
        """Needle, form, offset."""
        for hit in self.sought.find(pieces):
            if self.of[hit.n] in self.usable:
                yield self.of[hit.n], self.form[hit.n], hit.offset


def prove(home: Path, before: Before, told: Callable[[int], None] = lambda _: None) -> Proof:
    """Searches the home. ``told`` hears how many octets were searched. Changes nothing."""
    kept = _kept(home)
    search = _Search(_needles(before, kept))
    held: dict[str, set[int]] = {}
    left: list[Left] = []
    found: dict[str, list[tuple[int, str, int, str]]] = {}
    n_files = octets = 0
    unread: list[str] = []
    for file in files(home):
        n_files += 1
        octets += file.size
        _in_file(file, before.scope, search, kept, held, found, unread)
        told(octets)
    sealed = is_sealed(home)
    in_rows: set[int] = set()
    if sealed or any(_is_store(name) for name in found):  # else no row has anything of it either
        in_rows = _rows(home, before.scope, search, held, left)
    folded = _folded(home, before, search, found, in_rows)
    for name, hits in found.items():
        once = {n: (form, at, member) for n, form, at, member in reversed(hits)}
        left += [
            Left(what=search.needles[n][1], file=name, member=member, offset=at, form=form)
            for n, (form, at, member) in sorted(once.items())
            if not (_is_store(name) and (n in in_rows or n in folded))
        ]
    return Proof(
        scope=" ".join(filter(None, (before.scope.what, before.scope.ref))),
        files=n_files,
        octets=octets,
        texts=len(search.usable),
        of=before.sure.offered + len(search.needles) - len(before.sure.kept),
        short=len(search.needles) - len(search.usable),
        left=tuple(left[:PLACES_AT_MOST]),
        left_in_all=len(left),
        held=tuple(Held(where=where, n=len(these)) for where, these in sorted(held.items())),
        unread=tuple(unread),
        sealed=sealed,
        outside=tuple(_outside(home)) if before.scope.what != "everything" else (),
        linked=sum(not one.exists() for one in before.linked),
    )


def _kept(home: Path) -> dict[str, set[str]]:
    """The records (``payload/7``) and evidence (``evidence/DIGEST``) that stay; what each names."""
    if not Store.exists(home):
        return {}
    with Store.read(home) as store:
        from withhold.keep.evidence import cited

        kept = {f"payload/{n}": cited(body) for n, body in store.observations.bodies().items()}
        return kept | {f"evidence/{one.digest}": set() for one in store.evidence.all()}


def _needles(before: Before, kept: dict[str, set[str]]) -> list[Needle]:
    """Those that are sure, and those of records that went and of evidence that only they named."""
    gone = {one for one in before.cites if one not in kept}
    named = {f"evidence/{one}" for link in gone for one in before.cites[link]}
    named -= {f"evidence/{one}" for these in kept.values() for one in these}
    went = {one for one in before.maybe if one not in kept} | named
    sure = dict(before.sure.kept)
    for one in sorted(went & before.maybe.keys()):
        sure = dict(before.maybe[one]) | sure
    return list(sure.items())


def _is_store(name: str) -> bool:
    return name in DATABASE


def _rows(
    home: Path, scope: Scope, search: _Search, held: dict[str, set[int]], left: list[Left]
) -> set[int]:
    """What rows that remain say by right, of which needles; a row that was to go is left over."""
    by_right: set[int] = set()
    for where, is_left, text in _together(home, scope):
        for n, form, _ in search.find([text]):
            if is_left:
                left.append(Left(what=search.needles[n][1], row=where, form=form))
            else:
                held.setdefault(where, set()).add(n)
                by_right.add(n)
    return by_right


def _together(home: Path, scope: Scope) -> Iterator[tuple[str, bool, bytes]]:
    """The rows of one owner and kind at a time: where they are, whether they were to go, octets."""
    if not Store.exists(home):
        return
    waiting: list[bytes] = []
    size, last = 0, ("", False)
    for said in texts(home):
        key = (_where(said), scope.names(said))
        if waiting and (key != last or size > _ROWS):
            yield *last, b"\0".join(waiting)
            waiting, size = [], 0
        last = key
        octets = said.value if isinstance(said.value, bytes) else said.value.encode()
        waiting.append(octets)
        size += len(octets)
    if waiting:
        yield *last, b"\0".join(waiting)


def _where(said: Said) -> str:
    """Whose a row is, as the owner knows it."""
    if said.table == "payload":
        return f"obs-{said.of}"
    if said.table in ("post", "media", "archive", "account"):
        return f"{said.table} {said.of}"
    return said.table


def _in_file(
    file: File,
    scope: Scope,
    search: _Search,
    kept: dict[str, set[str]],
    held: dict[str, set[int]],
    found: dict[str, list[tuple[int, str, int, str]]],
    unread: list[str],
) -> None:
    """What a file has of it: held where the file stays by right, else found."""
    stays = _stays(file, scope, kept)

    def look(member: str, pieces: Iterable[bytes]) -> None:
        for n, form, at in search.find(pieces):
            if stays:
                held.setdefault(stays, set()).add(n)
            else:
                found.setdefault(file.name, []).append((n, form, at, member))

    look("its name", [file.name.encode("utf-8", "surrogateescape")])
    try:
        for member, pieces in streams(file):
            look(member, pieces)
    except (OSError, Unread) as why:
        unread.append(f"{file.name}: {why}")


def _stays(file: File, scope: Scope, kept: dict[str, set[str]]) -> str:
    """As what a file stays; empty: whatever it has of it is left over."""
    if scope.goes(file):
        return ""
    if file.part == "evidence":
        return file.name if file.name in kept else ""
    return file.part if file.part in ("responses", "runs", "window", "serving") else ""


def _folded(
    home: Path,
    before: Before,
    search: _Search,
    found: dict[str, list[tuple[int, str, int, str]]],
    in_rows: set[int],
) -> set[int]:
    """Needles that the search index has of words that remain: it writes them small and plain."""
    doubtful = {n for hits in found.values() for n, _, _, _ in hits} - in_rows
    if not doubtful:
        return set()
    words: set[int] = set()
    for _, is_left, octets in _together(home, before.scope):
        if not is_left:
            words |= {n for n, _, _ in search.find([_small(octets)])} & doubtful
    return words


def _small(octets: bytes) -> bytes:
    apart = unicodedata.normalize("NFD", octets.decode("utf-8", "replace").lower())
    return "".join(one for one in apart if not unicodedata.combining(one)).encode()


def _outside(home: Path) -> Iterator[str]:
    """Files outside the home that runs wrote: what the store knows of, and nobody deleted."""
    try:
        known = undo.runs(home)
    except WithholdError:
        return
    paths = dict.fromkeys(kept.path for run in known for kept in run.files if kept.after)
    yield from (one for one in sorted(paths) if Path(one).is_file())
