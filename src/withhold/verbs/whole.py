"""report: everything of the owner on one day, gathered. Nothing is fetched, nothing is written.

What ``check``, ``plan``, ``watch`` and the cases answer one by one, asked together and once. A site
is what its folder says now and what its server said when ``watch --sites`` last looked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from withhold.errors import BadInput
from withhold.verbs.check import Asking, check_account
from withhold.verbs.owner import Owner, has_store
from withhold.verbs.plan import Plan, plan
from withhold.verbs.watch import SERVED, Looked, Round, SiteLook, look_again, read_last
from withhold.verbs.watch_sites import NO_FOLDER, NOT_FETCHED
from withhold.verdict import Verdict
from withhold.words import Account, Observation, Site

if TYPE_CHECKING:  # what a home may hold is imported where there is one
    from withhold.keep import Store
    from withhold.keep.evidence import Kept
    from withhold.keep.responses import WarcFile
    from withhold.verbs.check_posts import Exposure
    from withhold.verbs.conflict import Conflict
    from withhold.verbs.policy_history import PolicyHistory
    from withhold.verbs.request_standing import Standing


class OfAccount(Struct, frozen=True, kw_only=True):
    """An account and what is so of it."""

    account: Account
    verdicts: tuple[Verdict, ...]


class OfSite(Struct, frozen=True, kw_only=True):
    """A site: what its folder says, or ``why`` that is not known; what its server said last.

    ``files`` are those that were read of the folder, the one first that could say no.
    """

    site: Site
    verdicts: tuple[Verdict, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    files: tuple[str, ...] = ()
    why: str = ""
    served: Looked | None = None


class Whole(Struct, frozen=True, kw_only=True):
    """Everything. ``posts`` is None where none are stored, or where they were not asked for.

    ``round`` is this day held against the last look of ``watch``; its ``since`` is None where there
    is none. ``seen`` is what was recorded up to the day, ``left`` how many posts were never looked
    through.
    """

    owner: Owner
    asking: Asking
    accounts: tuple[OfAccount, ...]
    sites: tuple[OfSite, ...]
    plan: Plan
    round: Round
    posts: Exposure | None = None
    left: int = 0
    standings: tuple[Standing, ...] = ()
    policies: PolicyHistory | None = None
    evidence: tuple[Kept, ...] = ()
    responses: tuple[WarcFile, ...] = ()
    seen: tuple[Observation, ...] = ()

    @property
    def verdicts(self) -> list[Verdict]:
        """All that is said of accounts, and of sites by their folders."""
        of_accounts = (one for part in self.accounts for one in part.verdicts)
        return [*of_accounts, *(one for part in self.sites for one in part.verdicts)]

    @property
    def is_empty(self) -> bool:
        """Whether the owner has nothing that could be reported."""
        return not (self.accounts or self.sites or self.standings or self.posts)


def gather(
    owner: Owner, asking: Asking, root: Path, home: Path | None = None, *, posts: bool = True
) -> Whole:
    """Everything of an owner. ``home``: where the store may be; None for the owner of a file.

    ``asking.knowledge`` is all that is known: cases may be toward anybody.
    """
    there = home if home is not None and has_store(home) else None
    last = {
        name: one
        for name, one in (read_last(there) if there else {}).items()
        if one.on <= asking.when  # a later look says nothing of this day
    }
    accounts = tuple(_account(one, owner, asking, root, there) for one in owner.accounts)
    sites = tuple(_site(one, asking, last) for one in owner.sites)
    standings = _standings(there, asking, root) if there else ()
    looks = [
        SiteLook(site=one.site.url, verdicts=one.verdicts, why=one.why)
        for one in sites
        if one.why != NOT_FETCHED
    ]
    whole = Whole(
        owner=owner,
        asking=asking,
        accounts=accounts,
        sites=sites,
        plan=plan(owner, asking),
        round=look_again(owner, asking, last, sites=looks, letters=standings),
        standings=standings,
        seen=tuple(one for one in owner.seen if one.on <= asking.when),
    )
    return _with_kept(whole, there, posts=posts) if there else whole


def _account(
    account: Account, owner: Owner, asking: Asking, root: Path, home: Path | None
) -> OfAccount:
    found = check_account(account, asking, owner.public_until.get(account.key))
    if home is not None:
        from withhold.verbs.stale import mark

        found = mark(found, home, root, asking.knowledge)
    return OfAccount(account=account, verdicts=tuple(found))


# Sites ------------------------------------------------------------------------------------------


def _site(site: Site, asking: Asking, last: dict[str, Looked]) -> OfSite:
    """From the folder; and what is kept of the last look at the server, for the same place."""
    kept = last.get(site.url + SERVED)
    served = kept if kept and kept.where == asking.place and kept.verdicts else None
    folder = Path(site.folder) if site.folder else None
    if folder is None:
        return OfSite(site=site, why=NOT_FETCHED, served=served)
    if not folder.is_dir():
        return OfSite(site=site, why=NO_FOLDER, served=served)
    from withhold.verbs.conflicts import conflicts
    from withhold.verbs.sites import check_site, open_site, server_files

    try:
        seen = open_site(folder, site.url, asking.when)
        rules = tuple(server_files(folder))
    except BadInput as why:
        return OfSite(site=site, why=why.message, served=served)
    parts = (seen.robots, seen.page, seen.tdmrep, seen.ai_txt)
    read = tuple(dict.fromkeys(one.place for one in parts if one.read and one.place))
    return OfSite(
        site=site,
        verdicts=tuple(check_site(seen, asking)),
        conflicts=tuple(conflicts(seen, asking.knowledge, server_rules=rules)),
        files=read or (seen.robots.place,),
        served=served,
    )


# What a home keeps ------------------------------------------------------------------------------


def _with_kept(whole: Whole, home: Path, *, posts: bool) -> Whole:
    from withhold.keep import Store
    from withhold.verbs.whole_policies import seen_policies

    with Store.read(home) as store:
        stored = sorted(store.posts.counts()) if posts else []
        exposure, left = _posts(store, stored, whole) if stored else (None, 0)
        return replace(
            whole,
            posts=exposure,
            left=left,
            policies=seen_policies(
                store, [one.platform for one in whole.owner.accounts], whole.asking.when
            ),
            evidence=tuple(store.evidence.all()),
            responses=tuple(store.responses.files()),
        )


def _posts(store: Store, stored: list[str], whole: Whole) -> tuple[Exposure, int]:
    from withhold.verbs.check_posts import check_posts
    from withhold.verbs.search_posts import left_to_search

    owner = whole.owner
    exposure = check_posts(
        store,
        stored,
        {one.key: one for one in owner.accounts},
        owner.public_until,
        whole.asking,
    )
    return exposure, left_to_search(store) if exposure.stands else 0


def _standings(home: Path, asking: Asking, root: Path) -> tuple[Standing, ...]:
    from withhold.keep import Store

    with Store.read(home) as store:
        cases = store.cases.all()
    if not cases:
        return ()
    from withhold.catalog.rights import load_rights
    from withhold.catalog.rights_words import next_steps
    from withhold.verbs.request_standing import standings

    found = standings(cases, asking.when, asking.knowledge, load_rights(root), next_steps(root))
    return tuple(found)


def accounts_named(whole: Whole) -> Iterator[str]:
    """The keys of all accounts of which anything is told: owned, posted on, written about."""
    found: Iterable[str] = (
        *(one.account.key for one in whole.accounts),
        *(one.posts.account for one in (whole.posts.stands if whole.posts else ())),
        *(f"{one.case.subject}:{one.case.account}" for one in whole.standings if one.case.account),
    )
    yield from dict.fromkeys(found)
