"""Who was newly refused or let in, over dated robots.txt: by what a file means, not by its text.

For each site and product token the files are asked in the order of their days whether the token
may fetch a path (RFC 9309, or as Google's parser answers). Where two files that follow each other
answer differently there is a change; when it happened lies between their days. A missing file
says nothing, so it is never a change: the files before and after it are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from withhold.signals import robots
from withhold.signals.patterns import host
from withhold.traces.dated_files import DatedFile, Found, Gap, opened

Now = Literal["refused", "let-in"]
Doubt = Literal[
    "sitemap-elsewhere",  # every Sitemap line names another host: perhaps another site's file
    "empty-file",  # it is there and empty: perhaps a fetch that failed
    "no-rules",  # it is there and has no rule
    "limit-500-kib",  # the rest was not read
]


class Read(Struct, frozen=True, kw_only=True):
    """One file as read: the answer per token, the line that decides, and what makes it doubtful."""

    file: DatedFile
    allowed: tuple[bool, ...]
    lines: tuple[int | None, ...]
    texts: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    sitemaps: tuple[str, ...]


class Change(Struct, frozen=True, kw_only=True):
    """A token's answer that is another than before.

    It changed after ``before.day`` and by ``after.day``. ``line`` and ``text`` are the rule of the
    later file that decides, None and empty where none does. ``lasting``: it is the last change,
    and the site's last answer is another than its first.
    """

    site: str
    token: str
    now: Now
    before: DatedFile
    after: DatedFile
    line: int | None
    text: str
    doubts: tuple[Doubt, ...]
    lasting: bool


class SiteHistory(Struct, frozen=True, kw_only=True):
    """What the files of one site say over time; ``files`` counts those that could be compared."""

    site: str
    files: int
    first: str
    last: str
    refused_first: tuple[str, ...]
    """The tokens that the first file refuses."""
    refused_last: tuple[str, ...]
    changes: tuple[Change, ...]
    doubtful: tuple[tuple[DatedFile, tuple[Doubt, ...], tuple[str, ...]], ...]
    """Files that were used and may not be what they are said to be; hosts of their sitemaps."""
    gaps: tuple[Gap, ...]


class Tally(Struct, frozen=True, kw_only=True):
    """One token over all sites that have a first and a last file.

    ``refused_last == refused_first + refused - let_in``; ``changes`` counts also what was taken
    back; ``doubtful`` how many of ``refused`` and ``let_in`` rest on a doubtful file.
    """

    token: str
    sites: int
    refused_first: int
    refused_last: int
    refused: int
    let_in: int
    changes: int
    doubtful: int


class History(Struct, frozen=True, kw_only=True):
    """The answer: per site and in sum, with what is not known."""

    tokens: tuple[str, ...]
    sites: tuple[SiteHistory, ...]
    sums: tuple[Tally, ...]
    rounds: tuple[str, ...]
    """Days on which the collection was made: at least half as many sites as on the fullest day."""
    gaps: tuple[Gap, ...]
    """Of no single site: rows and names that say nothing."""


def history(
    found: Found,
    tokens: Sequence[str],
    path: str,
    mode: robots.Mode = "rfc",
    since: date | None = None,
) -> History:
    """Who was newly refused or let in at a path; ``since`` a day: against the last file by then."""
    rounds = _rounds(found.files)
    known: dict[str, list[Gap]] = defaultdict(list)
    for gap in found.gaps:
        known[gap.site].append(gap)
    sites = []
    for site, files in groupby(found.files, key=lambda one: one.site):
        gaps = known.pop(site, [])
        sites.append(
            _site(site, list(files), gaps, found.folder, tokens, path, mode, since, rounds)
        )
    named = [gap for site, gaps in known.items() if site for gap in gaps]
    return History(
        tokens=tuple(tokens),
        sites=tuple(sites),
        sums=tuple(_tally(token, sites) for token in tokens),
        rounds=tuple(rounds),
        gaps=(*known.get("", ()), *named),
    )


def _site(
    site: str,
    files: list[DatedFile],
    gaps: list[Gap],
    folder: Path,
    tokens: Sequence[str],
    path: str,
    mode: robots.Mode,
    since: date | None,
    rounds: Sequence[str],
) -> SiteHistory:
    reads: list[Read] = []
    for _, same in groupby(files, key=lambda one: one.day):
        got = _of_a_day(list(same), folder, tokens, path, mode)
        if isinstance(got, Read):
            reads.append(got)
        else:
            gaps += got
    days = {one.day for one in files} | {one.day for one in gaps}
    gaps += [Gap(why="not-seen", site=site, day=day) for day in rounds if day not in days]
    if since:
        by_then = [one for one in reads if one.file.on <= since]
        reads = [*by_then[-1:], *(one for one in reads if one.file.on > since)]
    if len(reads) == 1:
        gaps.append(Gap(why="only-once", site=site, day=reads[0].file.day, file=reads[0].file.file))
    return SiteHistory(
        site=site,
        files=len(reads),
        first=reads[0].file.day if reads else "",
        last=reads[-1].file.day if reads else "",
        refused_first=_refused(reads[:1], tokens),
        refused_last=_refused(reads[-1:], tokens),
        changes=tuple(_changes(site, reads, tokens)),
        doubtful=tuple((one.file, one.doubts, one.sitemaps) for one in reads if one.doubts),
        gaps=tuple(sorted(gaps, key=lambda one: (one.day, one.why, one.file))),
    )


def _refused(reads: Sequence[Read], tokens: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        token for one in reads for token, so in zip(tokens, one.allowed, strict=True) if not so
    )


def _of_a_day(
    files: list[DatedFile], folder: Path, tokens: Sequence[str], path: str, mode: robots.Mode
) -> Read | list[Gap]:
    """What is known of a site on a day: one file, or several with the same octets."""
    bodies = [(one, opened(folder, one)) for one in files]
    gaps = [body for _, body in bodies if isinstance(body, Gap)]
    usable = [(one, body) for one, body in bodies if isinstance(body, bytes)]
    if len({body for _, body in usable}) > 1:
        return [
            *gaps,
            *(
                Gap(why="contradicts", site=one.site, day=one.day, file=one.file)
                for one, _ in usable
            ),
        ]
    if not usable:
        return gaps
    one, body = usable[0]
    said = robots.read(body, mode)
    if said.empty and "looks-like-html" in said.notes:
        return [*gaps, Gap(why="web-page", site=one.site, day=one.day, file=one.file)]
    decided = [row[0] for row in said.decide_all(tokens, [path])]
    hosts = tuple(dict.fromkeys(name for url in said.sitemaps if (name := host(url))))
    doubts: list[Doubt] = []
    if hosts and not any(_related(name, one.site) for name in hosts):
        doubts.append("sitemap-elsewhere")
    for note in said.notes:
        if note == "empty-file" or note == "no-rules" or note == "limit-500-kib":
            doubts.append(note)
    return Read(
        file=one,
        allowed=tuple(each.allowed for each in decided),
        lines=tuple(each.line for each in decided),
        texts=tuple(said.line_text(each.line).strip() if each.line else "" for each in decided),
        doubts=tuple(doubts),
        sitemaps=hosts,
    )


def _related(sitemap: str, site: str) -> bool:
    """Whether two hosts are the same, or one lies below the other."""
    one, other = f".{sitemap}", f".{site.removeprefix('www.')}"
    return one.endswith(other) or other.endswith(one.replace(".www.", ".", 1))


def _changes(site: str, reads: Sequence[Read], tokens: Sequence[str]) -> Iterator[Change]:
    for place, token in enumerate(tokens):
        changes = []
        for before, after in pairwise(reads):
            if before.allowed[place] == after.allowed[place]:
                continue
            changes.append(
                Change(
                    site=site,
                    token=token,
                    now="let-in" if after.allowed[place] else "refused",
                    before=before.file,
                    after=after.file,
                    line=after.lines[place],
                    text=after.texts[place],
                    doubts=tuple(dict.fromkeys((*before.doubts, *after.doubts))),
                    lasting=False,
                )
            )
        if len(changes) % 2:  # as often one way as the other, or once more: then it is another
            changes[-1] = replace(changes[-1], lasting=True)
        yield from changes


def _tally(token: str, sites: Iterable[SiteHistory]) -> Tally:
    compared = [one for one in sites if one.files > 1]
    changes = [change for one in compared for change in one.changes if change.token == token]
    lasting = [one for one in changes if one.lasting]
    return Tally(
        token=token,
        sites=len(compared),
        refused_first=sum(token in one.refused_first for one in compared),
        refused_last=sum(token in one.refused_last for one in compared),
        refused=sum(one.now == "refused" for one in lasting),
        let_in=sum(one.now == "let-in" for one in lasting),
        changes=len(changes),
        doubtful=sum(bool(one.doubts) for one in lasting),
    )


def _rounds(files: Iterable[DatedFile]) -> list[str]:
    seen: dict[tuple[date, str], set[str]] = defaultdict(set)
    for one in files:
        seen[one.on, one.day].add(one.site)
    most = max((len(sites) for sites in seen.values()), default=0)
    return [day for (_, day), sites in sorted(seen.items()) if most > 1 and len(sites) * 2 >= most]
