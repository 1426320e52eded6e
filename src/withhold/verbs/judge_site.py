"""What a site says, whoever asked: read from its folder or from what was fetched, and judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from withhold.reach.fetched import Fetched
from withhold.signals.robots import Mode
from withhold.verbs.check import Asking
from withhold.verbs.conflict import Conflict
from withhold.verbs.conflicts import conflicts
from withhold.verbs.fetch_site import SiteFetched, licences_named
from withhold.verbs.seen import Part, SiteSeen, head_of
from withhold.verbs.sites import (
    check_site,
    of_fetched,
    open_site,
    part_of,
    robots_in,
    server_files,
)
from withhold.verdict import Verdict


class Judged(Struct, frozen=True, kw_only=True):
    """What was seen of a site, what it means for whom, and where it contradicts itself."""

    seen: SiteSeen
    verdicts: tuple[Verdict, ...]
    conflicts: tuple[Conflict, ...]


def judge_disk(
    path: Path, site: str, asking: Asking, *, ask: str = "/", mode: Mode = "rfc"
) -> Judged:
    """A folder, a robots.txt, a page or a document on the disk; BadInput where it is not there."""
    seen = open_site(path, site, asking.when, ask=ask, mode=mode)
    rules: Iterable[Part] = server_files(path) if path.is_dir() else ()
    return Judged(
        seen=seen,
        verdicts=tuple(check_site(seen, asking)),
        conflicts=tuple(conflicts(seen, asking.knowledge, server_rules=rules)),
    )


def judge_fetched(
    fetched: SiteFetched,
    asking: Asking,
    on: date,
    *,
    site: str = "",
    path: str = "/",
    mode: Mode = "rfc",
    folder: str = "",
) -> Judged:
    """What was fetched on a day; beside the ``folder`` of its files, where there is one."""
    seen = of_fetched(fetched, on, site=site, path=path, mode=mode)
    here = Path(folder) if folder and Path(folder).is_dir() else None
    found = conflicts(
        seen,
        asking.knowledge,
        folder=robots_in(here) if here else None,
        elsewhere=[part_of(one, rules=True) for one in fetched.elsewhere],
        server_rules=server_files(here) if here else (),
    )
    return Judged(seen=seen, verdicts=tuple(check_site(seen, asking)), conflicts=tuple(found))


def licences_named_or_linked(robots_txt: Fetched, page: Fetched) -> Iterator[str]:
    """What robots.txt and headers name, and links of the page that say they are RSL."""
    yield from licences_named(robots_txt, page)
    for one in head_of(part_of(page)).licences:
        if "rsl" in one.type:
            yield one.href
