"""Looks at a site, read back from the evidence that was kept of them. Nothing is fetched.

What a run fetched of a site stands in its WARC file in the order in which it was fetched, with all
redirects, failures too; so the look is put together again as it was. Of a 304 the response that it
confirms is recalled by the digest that was noted of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from withhold.keep import Store
from withhold.reach import warc_files
from withhold.reach.addresses import BadUrl, follow, read
from withhold.reach.fetched import Fetched, Known, Why
from withhold.reach.warc_read import Recorded, records_in
from withhold.verbs.fetch_site import SiteFetched, other_origins
from withhold.verbs.judge_site import licences_named_or_linked
from withhold.verbs.kept import recalled

_READ_AT_MOST = 64 * 1024 * 1024
"""Bytes of files that are looked through, the newest first: a look at one site has some KiB."""
_ALL_AT_MOST = 4 * _READ_AT_MOST
_LEADS_ON = (301, 302, 303, 307, 308)
_CUT: dict[str, Why] = {"length": "too-large", "time": "timeout", "disconnect": "reset"}
_WHYS = frozenset(get_args(Why))
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


class KeptLook(Struct, frozen=True, kw_only=True):
    """What was fetched of a site, and the file it lies in.

    ``no_page``: its page was not asked for then, only another path of it.
    """

    fetched: SiteFetched
    file: str
    no_page: bool = False

    @property
    def at(self) -> datetime:
        """When it began."""
        return self.fetched.robots.on


def last_look(home: Path, origin: str) -> KeptLook | None:
    """The newest that is kept; None where none is, or only in what is too much to look through."""
    left = _READ_AT_MOST
    for file in sorted(warc_files.files(home), key=_age, reverse=True):
        try:
            left -= file.stat().st_size
        except OSError:
            continue
        if left < 0:
            return None
        found = _in_file(home, file, origin)
        if found is not None:
            return found
    return None


def looks_at(home: Path, origin: str, path: str) -> Iterator[Fetched]:
    """What came of one address of a site in every run that is kept, the oldest first.

    Of what is too much to look through (256 MiB of files) the oldest is left out: ``leaves_out``.
    """
    recall, url = _Recall(home, origin), origin + path
    for file in reversed(_newest(home)[0]):
        found = _asked(file, [url], recall).get(url)
        if found is not None:
            yield found


def leaves_out(home: Path) -> bool:
    """Whether there is so much evidence that ``looks_at`` does not look through the oldest."""
    return _newest(home)[1]


def _newest(home: Path) -> tuple[list[Path], bool]:
    """The files that are looked through, the newest first; whether others were left out."""
    left, files = _ALL_AT_MOST, list[Path]()
    for file in sorted(warc_files.files(home), key=_age, reverse=True):
        try:
            left -= file.stat().st_size
        except OSError:
            continue
        if left < 0:
            return files, True
        files.append(file)
    return files, False


def _age(file: Path) -> tuple[str, int]:
    """Day and time, then the number: a file is named by when it was begun."""
    day, _, rest = file.name.removesuffix(warc_files.SUFFIX).partition("-")
    time, _, number = rest.partition("-")
    return f"{day}-{time}", int(number) if number.isdecimal() else 0


def _in_file(home: Path, file: Path, origin: str) -> KeptLook | None:
    def url(path: str) -> str:
        return origin + path

    twins = [f"{one}/robots.txt" for one in other_origins(origin)]
    own = [url("/robots.txt"), url("/"), url("/.well-known/tdmrep.json"), url("/ai.txt")]
    recall = _Recall(home, origin)
    found = _asked(file, [*own, *twins], recall)
    if own[0] not in found or not (own[1] in found or own[2] in found):
        return None  # nothing of it, or its robots.txt alone, as that of another's twin
    robots, page, tdmrep, ai_txt = (found.get(one) or _missing(one) for one in own)
    named = list(_absolute(page, licences_named_or_linked(robots, page)))
    licences = _asked(file, named, recall) if named else {}
    return KeptLook(
        fetched=SiteFetched(
            origin=origin,
            own=True,
            robots=robots,
            page=page,
            tdmrep=tdmrep,
            ai_txt=ai_txt,
            licences=tuple(licences[one] for one in named if one in licences),
            elsewhere=tuple(found[one] for one in twins if one in found),
        ),
        file=str(file),
        no_page=own[1] not in found,
    )


def _absolute(page: Fetched, named: Iterable[str]) -> Iterator[str]:
    for one in dict.fromkeys(named):
        try:
            yield follow(read(page.final_url), one).url
        except BadUrl:
            continue


def _missing(url: str) -> Fetched:
    """Of what no record is there: the run was stopped before."""
    return Fetched(url=url, final_url=url, on=_NO_TIME, why="stopped")


# One fetch out of its records -----------------------------------------------------------------


class _Recall:
    """The responses that a 304 confirms, as the store remembers where they lie."""

    def __init__(self, home: Path, site: str) -> None:
        self._home, self._site = home, site
        self._known: dict[str, Known] | None = None
        self._heard: dict[str, Known] = {}

    def hear(self, one: Recorded) -> None:
        """A response that is read may be the one that a later 304 confirms."""
        if one.kind == "response" and one.status == 200 and one.whole and not one.cut:
            known = Known(url=one.url, line=one.line, headers=one.headers, body=one.body)
            self._heard[one.record] = known

    def of(self, record: str) -> Known | None:
        """The response of this record id; None where it is gone or was changed."""
        if record in self._heard:
            return self._heard[record]
        if self._known is None:
            self._known = {}
            if Store.exists(self._home):
                with Store.read(self._home) as store:
                    for one in store.responses.of(self._site).values():
                        known = recalled(one, self._home / warc_files.FOLDER)
                        if known is not None:
                            self._known[known.record] = known
        return self._known.get(record)


def _asked(file: Path, wanted: Iterable[str], recall: _Recall) -> dict[str, Fetched]:
    """What came of each address that was asked for; the last, where it was asked for twice."""
    asked = frozenset(wanted)
    found: dict[str, Fetched] = {}
    hops: list[Recorded] = []
    for one in records_in(file):
        if hops and one.kind != "metadata" and one.url != _next(hops[-1]):
            found[hops[0].url] = _fetched(hops, recall)
            hops = []
        if one.kind == "metadata":
            name = hops[0].url if hops else one.header("asked")
            if name in asked:
                found[name] = _failed(name, one)
            hops = []
        elif hops or one.url in asked:
            recall.hear(one)
            hops.append(one)
            if not _next(one):
                found[hops[0].url] = _fetched(hops, recall)
                hops = []
    if hops:
        found[hops[0].url] = _fetched(hops, recall)
    return found


def _next(hop: Recorded) -> str:
    """The address that a response leads on to; empty where it is the last for certain."""
    if hop.status == 429:  # it may have been waited for, and asked again
        return hop.url
    if hop.status in _LEADS_ON and hop.header("location"):
        try:
            return follow(read(hop.url), hop.header("location")).url
        except BadUrl:
            return ""
    return ""


def _fetched(hops: list[Recorded], recall: _Recall) -> Fetched:
    first, last = hops[0], hops[-1]
    came = Fetched(url=first.url, final_url=last.url, on=first.date or _NO_TIME)
    if last.kind == "revisit":
        known = recall.of(last.refers)
        if known is None:
            return replace(came, why="stopped", detail="304")
        line, headers, body = known.line, known.updated(last.headers), known.body
        return replace(came, status=200, line=line, headers=headers, body=body)
    why = _CUT.get(last.cut, "ok") if last.whole else "too-large"
    return replace(
        came,
        status=last.status,
        line=last.line,
        headers=last.headers,
        body=last.body,
        why=why,
        cut=bool(last.cut) or not last.whole,
    )


def _failed(name: str, one: Recorded) -> Fetched:
    said = one.header("why")
    return Fetched(
        url=name,
        final_url=one.url,
        on=one.date or _NO_TIME,
        why=said if said in _WHYS else "stopped",  # type: ignore[arg-type]
        detail=one.header("detail"),
    )
