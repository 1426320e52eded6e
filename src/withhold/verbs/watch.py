"""watch: does it stay no? All that the owner has is asked again, and told against the last look.

::

    last = read_last(home)
    found = look_again(owner, asking, last, sites=..., letters=...)
    ...                       # told: printed, sent, written into a feed
    save(home, found)         # only now is it the last look

Whoever is stopped between telling and saving is told again, never nothing: telling is at least
once. What could not be looked at keeps what was known of it; a failed look is no change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from withhold.verbs.change import Change, concerns
from withhold.verbs.check import Asking, check_account
from withhold.verbs.owner import Owner
from withhold.verbs.request_standing import Standing
from withhold.verbs.watch_changes import Difference, differences, slim
from withhold.verbs.watch_due import DueNow, concerning, due_now
from withhold.verdict import Verdict

if TYPE_CHECKING:  # policies are read only where they were asked for
    from withhold.verbs.watch_documents import Documents

REST = ""
"""The subject of what belongs to no single account or site: laws, cases, the open web."""

SERVED = " (served)"
"""Ends the subject of a site as its server answers; its files on the disk are another subject."""


class Looked(Struct, frozen=True, kw_only=True):
    """What a look found of one account or site: what is kept until the next.

    ``known`` are digests of the changes and due things that were told, so that none is news twice
    and nothing can be read from them.
    """

    on: date
    where: str
    verdicts: tuple[Verdict, ...] = ()
    known: tuple[str, ...] = ()


class SiteLook(Struct, frozen=True, kw_only=True):
    """A site as it is now, or ``why`` it could not be looked at."""

    site: str
    verdicts: tuple[Verdict, ...] = ()
    why: str = ""


class Round(Struct, frozen=True, kw_only=True):
    """What one look has to tell.

    ``since`` the day of the last look, None on the first. ``first``: what was never looked at
    before, or not for this place. ``differences``: answers that are others now. ``news``: changes
    that concern this place beside them; ``elsewhere``: those that do not. ``ahead``: known to
    come. ``due``: what waits. ``new`` has the keys of what of ``ahead`` and ``due`` was not told
    before. ``not_seen``: what could not be looked at.
    """

    when: date
    where: str
    accounts: int
    sites: int
    since: date | None = None
    first: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    news: tuple[Change, ...] = ()
    elsewhere: tuple[Change, ...] = ()
    ahead: tuple[Change, ...] = ()
    due: tuple[DueNow, ...] = ()
    new: frozenset[str] = frozenset()
    not_seen: tuple[SiteLook, ...] = ()
    base: str = ""
    """Which look it is told against: with it the same telling has the same name."""
    keeps: dict[str, Looked] = {}

    @property
    def changed(self) -> bool:
        """Whether anything of the owner's changed since the last look."""
        return bool(self.differences or self.news)

    @property
    def worse(self) -> bool:
        """Whether a change is one for the worse: exit code 12."""
        effects = {one.effect for one in self.differences}
        return "worse" in effects | {one.effect for one in self.news}

    @property
    def is_news(self) -> bool:
        """Whether there is anything to send: a change here, something announced, something due."""
        if self.since is None:
            return False
        waits = [one for one in self.due if one.kind != "knowledge"]
        return self.changed or any(
            one in self.new for one in (*map(ahead_key, self.ahead), *(each.key for each in waits))
        )


def change_key(change: Change) -> str:
    """The same for the same change as long as its days stay the same."""
    named = (change.code, change.platform, change.actor, change.thing, change.day, change.day_named)
    return " ".join(named)


def ahead_key(change: Change) -> str:
    """Of what is still to come: on its day it is told once more."""
    return f"ahead {change_key(change)}"


def look_again(
    owner: Owner,
    asking: Asking,
    last: Mapping[str, Looked],
    *,
    sites: Sequence[SiteLook] = (),
    letters: Iterable[Standing] = (),
) -> Round:
    """Everything the owner has, asked on one day for one place, against what was kept of it."""
    when, place = asking.when, asking.place
    behind, ahead = concerning(owner, asking.knowledge, when)
    due = due_now(owner, asking.knowledge, when, letters)
    here = [one for one in ahead if concerns(one, place, asking.knowledge.places)]
    now = {
        one.key: tuple(
            slim(each) for each in check_account(one, asking, owner.public_until.get(one.key))
        )
        for one in owner.accounts
    }
    now |= {one.site: tuple(map(slim, one.verdicts)) for one in sites if not one.why}
    comparable = {name for name, one in last.items() if one.where == place}
    found: list[Difference] = []
    for subject, verdicts in now.items():
        if subject in comparable:
            found += differences(subject, last[subject].verdicts, verdicts)
    known = {name for one in last.values() if one.where == place for name in one.known}
    fresh = [one for one in behind if digest(change_key(one)) not in known]
    found = [_with_reasons(one, fresh) for one in found]
    told = {change_key(one) for each in found for one in each.because}
    news = [
        one
        for one in fresh
        if _compared(one, now, comparable)
        and change_key(one) not in told
        and concerns(one, place, asking.knowledge.places)
    ]
    others = [one for one in fresh if _compared(one, now, comparable) and one not in news]
    far = [one for one in ahead if one not in here]
    others += [
        one
        for one in far
        if _compared(one, now, comparable) and digest(ahead_key(one)) not in known
    ]
    elsewhere = [one for one in others if change_key(one) not in told]
    keys = [*map(ahead_key, here), *(one.key for one in due)]
    kept = {
        subject: Looked(
            on=when,
            where=place,
            verdicts=verdicts,
            known=tuple(digest(change_key(one)) for one in behind if _is_of(one, subject)),
        )
        for subject, verdicts in now.items()
    }
    own = {one.url for one in owner.sites}
    kept |= {
        name: one
        for name, one in last.items()
        if name not in now and (name.removesuffix(SERVED) in own or name.startswith("policies"))
    }
    rest = [digest(change_key(one)) for one in behind if _is_of(one, REST)]
    kept[REST] = Looked(
        on=when,
        where=place,
        known=(*rest, *map(digest, keys), *(digest(ahead_key(one)) for one in far)),
    )
    return Round(
        when=when,
        where=place,
        accounts=len(owner.accounts),
        sites=len(owner.sites),
        since=last[REST].on if REST in comparable else None,
        first=tuple(one for one in now if one not in comparable),
        differences=tuple(found),
        news=tuple(news),
        elsewhere=tuple(elsewhere),
        ahead=tuple(here),
        due=tuple(due),
        new=frozenset(one for one in keys if digest(one) not in known),
        not_seen=tuple(one for one in sites if one.why),
        base=digest(msgspec.json.encode(last, order="sorted").decode()),
        keeps=kept,
    )


def _compared(change: Change, now: Iterable[str], comparable: Iterable[str]) -> bool:
    """Whether an account that it is about, or what belongs to none, was looked at before."""
    return any(one in comparable for one in (*now, REST) if _is_of(change, one))


def _with_reasons(found: Difference, fresh: Iterable[Change]) -> Difference:
    """With what became known, or began, since the last look of the practices that moved."""
    verdict = found.shown
    because = tuple(
        one
        for one in fresh
        if one.thing in found.practices
        and (one.platform == verdict.platform if verdict.platform else one.actor == verdict.actor)
    )
    return replace(found, because=because)


def _is_of(change: Change, subject: str) -> bool:
    """Whether a change is kept with this account or site; of a law it is kept with the rest."""
    head = subject.partition(":")[0]
    if change.platform:
        return head == change.platform
    if change.actor:  # the open web: what a company does with sites
        return "." in head or head in ("https", "http")
    return subject == REST


def digest(key: str) -> str:
    """16 hex digits that stand for a key."""
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:16]


# The store ------------------------------------------------------------------------------------


def read_last(home: Path) -> dict[str, Looked]:
    """What the last look kept. A row of another version that cannot be read counts as none."""
    from withhold.keep import Store

    found: dict[str, Looked] = {}
    with Store.read(home) as store:
        for subject, body in store.watched.all().items():
            try:
                found[subject] = msgspec.json.decode(body, type=Looked)
            except msgspec.DecodeError:
                continue
    return found


def save(
    home: Path,
    found: Round,
    at: datetime | None = None,
    documents: Documents | None = None,
    *,
    fetched: bool = False,
) -> None:
    """From now on this is the last look; with ``at`` what it told is kept, too (``watch_told``).

    ``fetched``: servers were asked.
    """
    from withhold.keep import Store

    told = {
        "at": at,
        "round": replace(found, keeps={}),
        "documents": replace(documents, keeps={}) if documents else None,
        "fetched": fetched,
    }
    bodies = {name: msgspec.json.encode(one).decode() for name, one in found.keeps.items()}
    with Store.open(home) as store:
        store.watched.replace(bodies, msgspec.json.encode(told).decode() if at else "")
