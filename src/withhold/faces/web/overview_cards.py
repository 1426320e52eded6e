"""What the overview says of each account and each site: one card, with the one next step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, get_args

from msgspec import Struct

from withhold.catalog.sentences import deciding
from withhold.faces.report import rows
from withhold.faces.report.alike import by_group, in_order, read_alike
from withhold.faces.report.rows import Speaker
from withhold.faces.web.account_named import address, answers
from withhold.faces.web.site_look import How, as_served, in_folder
from withhold.faces.web.views import Ask
from withhold.verbs.archive_marks import is_note_of_archive
from withhold.verbs.owner import Owner
from withhold.verbs.plan import NoControl, Plan, PlanStep
from withhold.verdict import Verdict, weakest
from withhold.words import Account, Answer, Site, Span

SHOWN = 2
"""How many answers stand on a card, one of each kind that asks for something."""
NAMED = 6
"""Companies that are named of a group of a site; the others are counted."""


class Line(Struct, frozen=True, kw_only=True):
    """One answer: its fixed sentence, since when it is open, and the reason that decides."""

    verdict: Verdict
    who: str
    content: str
    headline: str
    open: tuple[Span, ...]
    """Only what is open still."""
    why: Mapping[str, Any] | None


class AccountCard(Struct, frozen=True, kw_only=True):
    """An account. Without ``known`` nothing is known here of its platform."""

    account: Account
    name: str
    href: str
    known: bool = True
    lines: Sequence[Line] = ()
    more: int = 0
    step: PlanStep | None = None
    step_href: str = ""
    nothing: NoControl | None = None
    recorded: date | None = None
    """When something of this account was last read back, shown or told."""
    checked: date | None = None
    """When what the answers rest on was checked: the day that lies back furthest."""
    overdue: bool = False


class SiteGroup(Struct, frozen=True, kw_only=True):
    """Companies with one answer: some by name, the others counted; the weakest no is named."""

    name: str
    answer: Answer
    strength: str
    companies: Sequence[str]
    more: int


class SiteCard(Struct, frozen=True, kw_only=True):
    """A site as it was last looked at; nothing is fetched for it. ``looked`` None = not yet.

    ``how``: its files were read, or its server was asked. ``reading``: what was kept is still
    being read. ``why``: why the files cannot be read.
    """

    site: Site
    looked: date | None = None
    how: How = "folder"
    groups: Sequence[SiteGroup] = ()
    conflicts: int = 0
    reading: bool = False
    why: str = ""


def account_cards(
    ask: Ask, owner: Owner, plan: Plan, speaker: Speaker, *, placed: bool
) -> list[AccountCard]:
    """One an account, in the owner's order; without a place nothing is answered."""
    known = ask.desk.knowledge.platforms
    return [
        _account(ask, one, owner, plan, speaker)
        if placed and one.platform in known
        else AccountCard(
            account=one,
            name=speaker.platform(one.platform),
            href=address("/account", one),
            known=one.platform in known,
        )
        for one in owner.accounts
    ]


def _account(ask: Ask, account: Account, owner: Owner, plan: Plan, speaker: Speaker) -> AccountCard:
    found = answers(ask, account)
    groups = in_order(read_alike(found, speaker))
    picked = _picked(groups)
    shown = [line_of(one, speaker) for one in picked]
    step = next((one for one in plan.steps if one.account == account.key), None)
    control = step.id.partition("@")[0].partition("/")[2] if step else ""
    checked = [deciding(one[0]).checked for one in groups if one[0].reasons]
    own = (account.key, account.platform)
    seen = [one.on for one in owner.seen if one.account in own and not is_note_of_archive(one)]
    return AccountCard(
        account=account,
        name=speaker.platform(account.platform),
        href=address("/account", account),
        lines=shown,
        more=len(groups) - len(shown),
        step=step,
        step_href=address("/account/step", account, control=control) if step else "",
        nothing=next((one for one in plan.no_control if one.account == account.key), None),
        recorded=max((day for day in seen if day <= plan.when), default=None),
        checked=min((day for day in checked if day), default=None),
        overdue=any(one.overdue for one in found),
    )


def _picked(groups: Sequence[list[Verdict]]) -> list[list[Verdict]]:
    """The groups that stand on a card: may, and not known; without a may the weakest no."""
    of = {kind: [one for one in groups if one[0].answer == kind] for kind in get_args(Answer)}
    unknown = of["unknown"][:1]
    if not of["allowed"]:
        return of["disallowed"][-1:] + unknown
    return of["allowed"][: SHOWN - len(unknown)] + unknown


def line_of(alike: Sequence[Verdict], speaker: Speaker) -> Line:
    """Verdicts that read the same, as one line."""
    first = alike[0]
    why = deciding(first) if first.reasons else None
    return Line(
        verdict=first,
        who=f"{speaker.name(first.actor)}, {speaker.sentences.use[first.use]}",
        content="; ".join(speaker.content(one) for one in alike),
        headline=speaker.headline(first),
        open=tuple(one for one in first.open if one.until is None),
        why=rows.reason(why, first.when, speaker) if why else None,
    )


def site_cards(ask: Ask, speaker: Speaker, *, placed: bool) -> list[SiteCard]:
    """One a site: what its server answered the last time, else what lies in its folder now."""
    sites = ask.setting.owner.sites
    return [_site(ask, one, speaker) if placed else SiteCard(site=one) for one in sites]


def _site(ask: Ask, site: Site, speaker: Speaker) -> SiteCard:
    look = as_served(ask, site)
    reading = look.reading
    if look.judged is None and site.folder:
        look = in_folder(ask, site)
    if look.judged is None:
        return SiteCard(site=site, reading=reading, why=look.why)
    return SiteCard(
        site=site,
        looked=look.at.astimezone().date() if look.at else ask.setting.when,
        how=look.how,
        groups=_site_groups(look.judged.verdicts, speaker),
        conflicts=len(look.judged.conflicts),
        reading=reading,
    )


def _site_groups(verdicts: Iterable[Verdict], speaker: Speaker) -> list[SiteGroup]:
    return [
        SiteGroup(
            name=name,
            answer=these[0].answer,
            strength=weakest(one.strength for one in these if one.strength)
            if these[0].strength
            else "",
            companies=[speaker.name(one.actor) for one in these[:NAMED]],
            more=len(these[NAMED:]),
        )
        for name, these in by_group(verdicts)
    ]
