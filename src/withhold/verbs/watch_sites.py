"""watch: the owner's own sites as they are now, from their folders and, if asked, by HTTP.

What could not be read is told with its reason and compared with nothing: a server that is down
today took no signal back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from withhold.errors import BadInput
from withhold.verbs.check import Asking
from withhold.verbs.watch import SERVED, SiteLook
from withhold.words import Site

if TYPE_CHECKING:  # what fetches is imported when something is to be fetched
    from withhold.reach.http import Fetcher
    from withhold.verbs.kept import Keeping
    from withhold.verbs.seen import SiteSeen

NO_FOLDER = "no-folder"
NOT_FETCHED = "not-fetched"


def _to_nobody(_: str) -> None:
    pass


def as_they_are(
    sites: Sequence[Site],
    asking: Asking,
    home: Path,
    clock: Callable[[], datetime],
    contact: str,
    *,
    fetch: bool,
    keep: bool = True,
    allow_private: bool = False,
    told: Callable[[str], None] = _to_nobody,
) -> list[SiteLook]:
    """All of them: from their folders and, with ``fetch``, as their servers answer.

    What is fetched is kept as evidence in the home unless ``keep`` is False. ``told`` hears of
    each site before it is fetched.
    """
    found = list(in_folders(sites, asking))
    if not fetch or not sites:
        return found
    from withhold.reach.http import Fetcher, agent_of
    from withhold.verbs.kept import Keeping

    keeping = Keeping(home, clock, agent_of(contact)) if keep else None
    try:
        with Fetcher(
            contact, clock, allow_private=allow_private, keep=keeping.add if keeping else None
        ) as fetcher:
            web = list(served(_told_of(sites, told), asking, fetcher, keeping))
    finally:
        if keeping:
            keeping.close()
    return [*(one for one in found if one.why != NOT_FETCHED), *web]


def _told_of(sites: Iterable[Site], told: Callable[[str], None]) -> Iterator[Site]:
    for one in sites:
        told(one.url)
        yield one


def in_folders(sites: Iterable[Site], asking: Asking) -> Iterator[SiteLook]:
    """Each site that lies on this disk; of those that do not, that they are not fetched."""
    from withhold.verbs.sites import check_site, open_site

    for one in sites:
        if not one.folder:
            yield SiteLook(site=one.url, why=NOT_FETCHED)
        elif not Path(one.folder).is_dir():
            yield SiteLook(site=one.url, why=NO_FOLDER)
        else:
            try:
                seen = open_site(Path(one.folder), one.url, asking.when)
            except BadInput as why:
                yield SiteLook(site=one.url, why=why.message)
                continue
            yield SiteLook(site=one.url, verdicts=tuple(check_site(seen, asking)))


def served(
    sites: Iterable[Site], asking: Asking, fetcher: Fetcher, keeping: Keeping | None = None
) -> Iterator[SiteLook]:
    """Each site as its server answers today; one request after the other."""
    from withhold.reach.addresses import BadUrl, origin_of
    from withhold.verbs.fetch_site import fetch_site, nothing_before
    from withhold.verbs.judge_site import licences_named_or_linked
    from withhold.verbs.sites import check_site, of_fetched

    for one in sites:
        name = one.url + SERVED
        try:
            origin = origin_of(one.url)
        except BadUrl as why:
            yield SiteLook(site=name, why=str(why))
            continue
        before = keeping.before(origin) if keeping else nothing_before
        fetched = fetch_site(
            origin, fetcher, own=True, find_licences=licences_named_or_linked, before=before
        )
        if keeping:
            keeping.note(fetched)
        seen = of_fetched(fetched, asking.when, site=one.url)
        why_not = _unreached(seen)
        if why_not:
            yield SiteLook(site=name, why=why_not)
        else:
            yield SiteLook(site=name, verdicts=tuple(check_site(seen, asking)))


def _unreached(seen: SiteSeen) -> str:
    """Why a part could not be had; with one part missing the answers say nothing of a change."""
    for one in (seen.robots, seen.page, seen.tdmrep, seen.ai_txt, *seen.licences):
        if one.missing in ("unreachable", "unreachable-429"):
            return f"{one.place}: {one.detail}"
    return ""
