"""Everything that a site says about itself in machine-readable form, as it is served today.

Fetched only; what it means is read elsewhere. Robots first: it says whether we may fetch the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from msgspec import Struct

from withhold.reach.addresses import Address, BadUrl, follow, origin_of, read
from withhold.reach.fetched import Fetched, Known, Wanted
from withhold.reach.http import Fetcher
from withhold.reach.polite import at_once, fetch_all, host_of
from withhold.signals import headers, robots

_LICENCES = 5
"""Licence files fetched of one site; a list without end is nobody's licence."""

Finder = Callable[[Fetched, Fetched], Iterable[str]]
"""From a robots.txt and a page the addresses of licence files, absolute or relative."""
Before = Callable[[str], Known | None]
"""By the address that is asked the response of before, where it is kept and its server named a
mark of it; it may be called by any thread."""


def nothing_before(url: str) -> None:
    """What is known of before where nothing is kept."""


class SiteFetched(Struct, frozen=True, kw_only=True):
    """What one site serves.

    ``elsewhere`` has the robots.txt of its other origins: the same host by http or https, with or
    without ``www.``, and the subdomains that were given.
    """

    origin: str
    own: bool
    robots: Fetched
    page: Fetched
    tdmrep: Fetched
    ai_txt: Fetched
    licences: tuple[Fetched, ...] = ()
    elsewhere: tuple[Fetched, ...] = ()

    @property
    def all(self) -> tuple[Fetched, ...]:
        """Everything that was fetched of it."""
        return (self.robots, self.page, *self.files[1:])

    @property
    def files(self) -> tuple[Fetched, ...]:
        """All but the page, the robots.txt first: of these only the body counts."""
        return (self.robots, self.tdmrep, self.ai_txt, *self.licences, *self.elsewhere)

    @property
    def differing(self) -> tuple[Fetched, ...]:
        """The other origins that answer with another status or other bytes for robots.txt.

        Where nothing answers, nothing differs: an origin that is not served says nothing.
        """
        said = (self.robots.status, self.robots.body)
        return tuple(one for one in self.elsewhere if one.status and (one.status, one.body) != said)


def licences_named(robots_txt: Fetched, page: Fetched) -> Iterator[str]:
    """RSL 1.0: ``License:`` lines of robots.txt, and ``Link: <...>; rel="license"`` headers."""
    if robots_txt.status == 200 and b"license" in robots_txt.body.lower():  # few have one
        for line in robots.read(robots_txt.body).others:
            if line.key.lower() == "license" and line.value:
                yield line.value
    for one in headers.read(page.headers).licences:
        yield one.href


def other_origins(origin: str, subdomains: Iterable[str] = ()) -> tuple[str, ...]:
    """The origins to compare with; a site on a port of its own, or without a name, has no twins.

    Subdomains are given as labels (``blog``) or as whole hosts; BadUrl where one is no host.
    """
    here = read(origin)
    found: dict[str, None] = {}
    if here.authority == here.host and not _is_number(here):
        bare = _bare(here.host)
        for host in (bare, f"www.{bare}"):
            found |= {f"https://{host}": None, f"http://{host}": None}
    for one in subdomains:
        whole = "." in one or ":" in one
        found[origin_of(one if whole else f"{here.scheme}://{one}.{_bare(here.host)}")] = None
    found.pop(here.origin, None)
    return tuple(found)


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def _is_number(here: Address) -> bool:
    return ":" in here.host or here.host.rpartition(".")[2].isdigit()


def fetch_site(
    site: str,
    fetcher: Fetcher,
    *,
    path: str = "/",
    own: bool = False,
    subdomains: Iterable[str] = (),
    find_licences: Finder = licences_named,
    in_all: int = 4,
    before: Before = nothing_before,
) -> SiteFetched:
    """What a site serves, given as its URL or host; raises BadUrl where that is none.

    ``own``: the owner named it, so its robots.txt does not keep us from its pages; the caller
    says so. Other origins are asked several at a time (``in_all``). What is kept from ``before``
    is asked for only if it changed; not so the page, whose headers speak too: a 304 need not
    repeat them, so a header that is new or gone would go unseen.
    """
    origin = origin_of(site)

    def one(url: str, known: Known | None = None) -> Fetched:
        mine = own and _bare(host_of(url)) == _bare(host_of(origin))  # a licence may lie anywhere
        return fetcher.fetch(Wanted(url=url, own=mine, known=known))

    def file(url: str) -> Fetched:
        return one(url, before(url))

    robots_txt = file(f"{origin}/robots.txt")
    at = origin + (path if path.startswith("/") else f"/{path}")
    page = fetcher.fetch(Wanted(url=at, own=own, document=path != "/"))
    tdmrep = file(f"{origin}/.well-known/tdmrep.json")
    ai_txt = file(f"{origin}/ai.txt")
    named = _absolute(page, find_licences(robots_txt, page))
    others = [f"{other}/robots.txt" for other in other_origins(origin, subdomains)]
    twins = [Wanted(url=url, own=own, known=before(url)) for url in others]
    order = {wanted.url: number for number, wanted in enumerate(twins)}
    return SiteFetched(
        origin=origin,
        own=own,
        robots=robots_txt,
        page=page,
        tdmrep=tdmrep,
        ai_txt=ai_txt,
        licences=tuple(file(url) for url in islice(named, _LICENCES)),
        elsewhere=tuple(
            sorted(fetch_all(fetcher, twins, in_all=in_all), key=lambda found: order[found.url])
        ),
    )


def _absolute(page: Fetched, named: Iterable[str]) -> Iterator[str]:
    """Each address once, joined with the page's; what is none is left out."""
    seen: set[str] = set()
    for one in named:
        try:
            url = follow(read(page.final_url), one).url
        except BadUrl:
            continue
        if url not in seen:
            seen.add(url)
            yield url


def fetch_sites(
    sites: Iterable[str],
    fetcher: Fetcher,
    *,
    path: str = "/",
    own: Iterable[str] = (),
    find_licences: Finder = licences_named,
    in_all: int = 16,
    before: Callable[[str], Before] = lambda _: nothing_before,
) -> Iterator[SiteFetched]:
    """What many sites serve, as each is done; of one site one thing at a time.

    ``path`` is asked of each. ``own`` names those of the owner, as they stand in ``sites``.
    ``before`` answers for a site what is kept of it; it is asked by this thread. Raises BadUrl
    for a site that is none: look before (``origin_of``).
    """
    mine = frozenset(own)

    def fetch(given: tuple[str, Before]) -> SiteFetched:
        site, kept = given
        return fetch_site(
            site,
            fetcher,
            path=path,
            own=site in mine,
            find_licences=find_licences,
            in_all=1,
            before=kept,
        )

    return at_once(
        fetch,
        ((site, before(site)) for site in sites),
        lambda given: _bare(host_of(origin_of(given[0]))),
        1,
        in_all,
    )
