"""watch --policies: what became of the documents of platforms since it was last told.

From the web, where each look is an observation and one that fails changes nothing; or from a clone
of an Open Terms Archive repository, where the versions since the last look are read. What was told
is noted by name, so that a look that was recorded and not told is told by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from withhold.catalog.places import Places
from withhold.keep import Store
from withhold.policies.replay import Dated
from withhold.policies.versions import Change
from withhold.policy_facts import PolicyDocument
from withhold.verbs.policy_history import of_clone, slug
from withhold.verbs.policy_rounds import Looked as DocumentLooked
from withhold.verbs.watch import Looked
from withhold.verbs.watch_policies import last_changes, watch_policies

Listed = Sequence[tuple[str, PolicyDocument]]
WEB, CLONE = "policies", "policies-ota"
"""The subjects under which it is kept what was told."""
_KINDS = {"better", "worse"}


class DocumentChange(Struct, frozen=True, kw_only=True):
    """A document that says something else now. ``key`` is the same whenever it is told.

    ``here``: whether it is for the place that is asked for; where it names none, it is.
    """

    key: str
    document: str
    title: str
    url: str = ""
    change: Change
    here: bool = True

    @property
    def effect(self) -> str:
        """``worse``, ``better`` or ``unclear``; another document in its place is unclear."""
        return self.change.grade if self.change.grade in _KINDS else "unclear"


class Unseen(Struct, frozen=True, kw_only=True):
    """A document that could not be seen, and the reason; it changed nothing."""

    document: str
    url: str
    reason: str
    detail: str = ""
    title: str = ""
    next_try: datetime | None = None


class Documents(Struct, frozen=True, kw_only=True):
    """What a look at documents has to tell; ``first``: how many were never seen before.

    ``seen``: how many could be seen. ``names``: what platforms and companies are called, by id.
    """

    looked: int
    first: int = 0
    changes: tuple[DocumentChange, ...] = ()
    unseen: tuple[Unseen, ...] = ()
    keeps: dict[str, Looked]
    seen: int = 0
    names: Mapping[str, str] = {}

    @property
    def here(self) -> tuple[DocumentChange, ...]:
        """The changes that concern the place."""
        return tuple(one for one in self.changes if one.here)

    @property
    def worse(self) -> bool:
        """Whether one that concerns the place is for the worse."""
        return any(one.effect == "worse" for one in self.here)


def _to_nobody(_: DocumentLooked) -> None:
    pass


def from_web(
    home: Path,
    documents: Listed,
    contact: str,
    clock: Callable[[], datetime],
    last: Mapping[str, Looked],
    where: str,
    places: Places,
    *,
    allow_private: bool = False,
    heard: Callable[[DocumentLooked], None] = _to_nobody,
) -> Documents:
    """One polite round; raises StoreTrouble, BadInput for a contact, MissingExtra.

    ``heard`` hears of each document as it is done.
    """
    today = clock().date()
    round_ = watch_policies(
        home, documents, contact, clock, told=heard, allow_private=allow_private
    )
    told = last.get(WEB)
    since = told.on if told else min((one.seen.on for one in round_.looked), default=today)
    with Store.read(home) as store:
        changed = [one for one in last_changes(store, since) if one.seen.change is not None]
    known = {f"{of}/{one.id}": one for of, one in documents}
    wanted = [one for one in changed if not told or _key(one.seen.id) not in told.known]
    found = [
        DocumentChange(
            key=_key(one.seen.id),
            document=one.document,
            title=one.title,
            url=one.url,
            change=one.seen.change,
            here=_here(known.get(one.document), where, places),
        )
        for one in wanted
        if one.seen.change is not None
    ]
    kept = Looked(on=today, where=where, known=tuple(_key(one.seen.id) for one in changed))
    return Documents(
        looked=len(round_.looked),
        seen=len(round_.looked) - len(round_.failures),
        first=round_.counts.get("first", 0),
        changes=tuple(found),
        unseen=tuple(
            Unseen(
                document=one.document,
                url=one.url,
                reason=one.seen.reason,
                detail=one.seen.detail,
                title=one.title,
                next_try=one.next_try,
            )
            for one in round_.failures
        ),
        keeps={WEB: kept},
    )


def _key(observation: str) -> str:
    return f"policy {observation}"


def from_clone(
    folder: Path,
    documents: Listed,
    last: Mapping[str, Looked],
    today: date,
    where: str,
    places: Places,
    *,
    only: bool = False,
    target: str = "",
) -> Documents:
    """The versions of a clone since the last look; of a document seen first, nothing is told.

    Read are those of the clone that are listed with its path; where none is, all, or with
    ``target`` those of the service of that name. ``only``: never another than these. Raises
    BadInput for what is no clone.
    """
    tracked = {each.path: (of, one) for of, one in documents for each in one.tracked}
    pasts = of_clone(folder, target, every=not target, paths=tracked)
    told = last.get(CLONE)
    before = {one[0]: one[1:] for one in map(str.split, told.known)} if told else {}
    by_name = {_name(path): found for path, found in tracked.items()}
    changes: list[DocumentChange] = []
    first = 0
    read = {f"{one.service}/{one.doc}": one for one in pasts.documents}
    if only and not target:
        read = {name: one for name, one in read.items() if name in by_name}
    for name, past in read.items():
        of = by_name.get(name)
        if name not in before:
            first += 1
            continue
        for step in past.noticed:
            if step.change is not None and _is_later(step.version, before[name]):
                again = step.version.day.isoformat() == before[name][0]
                at = f" {step.version.where}" if again else ""
                changes.append(
                    DocumentChange(
                        key=f"policy {name} {step.version.day}{at}",
                        document=f"{of[0]}/{of[1].id}" if of else name,
                        title=of[1].title if of else past.doc,
                        url=of[1].url if of else "",
                        change=step.change,
                        here=_here(of[1] if of else None, where, places),
                    )
                )
    now = {name: [str(one.last), one.steps[-1].version.where] for name, one in read.items()}
    kept = tuple(" ".join((name, *last)) for name, last in (before | now).items())
    return Documents(
        looked=len(read),
        seen=len(read),
        first=first,
        changes=tuple(changes),
        unseen=tuple(Unseen(document=one.of, url="", reason=one.why) for one in pasts.gaps),
        keeps={CLONE: Looked(on=today, where=where, known=kept)},
    )


def _is_later(version: Dated, last: list[str]) -> bool:
    """Whether a version came after the last one that was looked at: its day, and which it was.

    A day may bring several, and only its latest is read. What an earlier release kept has no more
    than the day.
    """
    day = version.day.isoformat()
    return day > last[0] or (day == last[0] and last[1:] not in ([], [version.where]))


def _name(path: str) -> str:
    """What ``of_clone`` calls the document at a path."""
    service, _, doc = path.removesuffix(".md").rpartition("/")
    return f"{slug(service)}/{slug(doc)}"


def _here(document: PolicyDocument | None, where: str, places: Places) -> bool:
    return not where or document is None or places.applies(where, document.places)
