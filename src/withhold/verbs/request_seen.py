"""What the cases say of practices: sent, granted, refused. Read from them each time it is asked.

Nothing of it is stored a second time: who corrects what a reply says, or forgets a case, has
corrected the answer too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from withhold.by_letter import RIGHT
from withhold.keep import Filed
from withhold.law_facts import ActKind
from withhold.rights.case import Case, Event
from withhold.rights_facts import Outcome
from withhold.words import Account, Observation, Site

SAYS_NO: tuple[ActKind, ...] = (
    "object-training",
    "withdraw-consent",
    "opt-out-of-sale",
    "voluntary-form",
    "reserve",
    "opt-out-registry",
)
"""Acts that refuse a practice. Who asks for access, erasure or the recipients refuses nothing, and
who asks for a restriction only until something else is decided."""
OF_SITES: tuple[ActKind, ...] = ("reserve", "opt-out-registry")
"""Acts about works: they say nothing of the posts on an account."""
GRANTS: tuple[Outcome, ...] = ("granted", "granted-future-only")
REFUSES: tuple[Outcome, ...] = (
    "refuses-compelling-grounds",
    "refuses-not-your-data",
    "refuses-no-such-law",
    "refuses-other",
)
_LOST: tuple[Outcome, ...] = ("bounce", "wrong-address")


def seen_of(
    filed: Iterable[Filed], accounts: Iterable[Account] = (), sites: Iterable[Site] = ()
) -> tuple[Observation, ...]:
    """The observations that all cases give, oldest case first."""
    own_accounts, own_sites = tuple(accounts), tuple(sites)
    return tuple(
        one
        for each in filed
        for said in _said(each.case)
        for one in _about(each, said, own_accounts, own_sites)
    )


def _said(case: Case) -> Iterator[tuple[str, Event]]:
    """The states, each with the event that it rests on."""
    if case.act not in SAYS_NO or not case.practices:
        return
    for at, event in enumerate(case.events):
        if event.kind == "sent" and not _came_back(case.events[at + 1 :]):
            yield "sent", event
        elif event.kind == "reply" and event.outcome in GRANTS:
            yield "confirmed", event
        elif event.kind == "reply" and event.outcome in REFUSES:
            yield "refused", event


def _came_back(later: tuple[Event, ...]) -> bool:
    """Whether the letter did not reach them: it says no to nobody."""
    for one in later:
        if one.kind == "received":
            return False
        if one.kind == "sent":
            return True  # sent once more: that one counts
        if one.kind == "reply" and one.outcome in _LOST:
            return True
        if one.kind == "reply" and one.outcome and one.outcome != "automatic":
            return False
    return False


def _about(
    filed: Filed, said: tuple[str, Event], accounts: tuple[Account, ...], sites: tuple[Site, ...]
) -> Iterator[Observation]:
    value, event = said
    case = filed.case
    for named in _named(filed, accounts, sites):
        yield Observation(
            control=f"{case.subject}/{RIGHT}{case.act}",
            value=value,
            on=event.on,
            how="shown" if event.kind == "reply" and event.evidence else "told",
            account=named,
            id=case.id,
            evidence=event.evidence,
            practices=case.practices,
        )


def _named(filed: Filed, accounts: tuple[Account, ...], sites: tuple[Site, ...]) -> tuple[str, ...]:
    """The account or the sites that a letter is about; empty text = all accounts there."""
    case, about = filed.case, filed.about
    if case.act in OF_SITES:
        # of a page or a folder of it nothing is said of the whole site
        named = {work.strip().rstrip("/") for work in (*about.works, *about.urls)}
        return tuple(one.url for one in sites if one.url.rstrip("/") in named)
    key = f"{case.subject}:{case.account}" if case.account else case.subject
    own = [one for one in accounts if one.platform == case.subject]
    if any(one.key == key for one in own):
        return (key,)
    if case.account and own and all(one.name for one in own):
        return (key,)  # of an account that is not among these, or spelt otherwise: of none of them
    return ("",)
