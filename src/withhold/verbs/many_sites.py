"""check, of thousands of sites: one row per site and company, as each site is done.

Everything is streamed: of a site nothing is kept but its rows, which go to whoever asked, and the
counts. What a company makes of a site is answered by ``may_train`` as for a single site; here it
is told only what concerns it, which changes no answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.load import Knowledge
from withhold.catalog.sentences import deciding
from withhold.may_train import may_train
from withhold.reach.addresses import BadUrl, origin_of
from withhold.reach.http import Fetcher
from withhold.signals.robots import Mode
from withhold.site_facts import Crawler
from withhold.verbs.check import Asking
from withhold.verbs.fetch_site import Finder, fetch_sites, licences_named, nothing_before
from withhold.verbs.kept import Evidence, Keeping
from withhold.verbs.seen import SiteSeen
from withhold.verbs.site_says import statements
from withhold.verbs.sites import of_fetched
from withhold.words import Answer, Content, Statement, Strength

Trouble = Literal["", "bad-url", "unreachable", "unreachable-429"]


class Row(Struct, frozen=True, kw_only=True):
    """The answer of one company for one site.

    ``code`` is the reason that decides (docs/reference/reasons.md), ``token``, ``place``, ``line``
    and ``text`` the words of the site it rests on, empty where it rests on none.
    """

    site: str
    actor: str
    use: str
    answer: Answer
    strength: Strength | Literal[""] = ""
    code: str = ""
    token: str = ""
    place: str = ""
    line: int | None = None
    text: str = ""
    on: str = ""


class _Answered(Struct, frozen=True, kw_only=True):
    answer: Answer
    strength: Strength | Literal[""]
    code: str
    token: str
    rests_on: int | None
    """Which of the statements decides."""


class _Told(Struct, frozen=True, gc=False):
    """A statement, whom it is for, and all of it that an answer can hang on.

    Of its place only which of the site's places it is.
    """

    token: str
    meaning: tuple[object, ...]
    said: Statement


_KNOWN = 20_000
"""Answers kept; sites are alike in what they say to one company, if not in its words."""


class SiteRows(Struct, frozen=True, kw_only=True):
    """A site that is done; ``trouble`` says why nothing is known of its robots.txt.

    ``evidence``: names of the files in which its responses are kept.
    """

    site: str
    rows: tuple[Row, ...]
    trouble: Trouble = ""
    detail: str = ""
    evidence: tuple[str, ...] = ()


class Summary:
    """How many sites said no to whom, and of how many nothing is known, with the reasons."""

    def __init__(self) -> None:
        self.sites = 0
        self.answers: defaultdict[str, Counter[str]] = defaultdict(Counter)
        """By company: ``allowed``, ``unknown``, ``promised``, ``asked`` ... as a no is strong."""
        self.troubles: Counter[str] = Counter()
        self.evidence: Evidence | None = None
        """What is kept of it, once all is done."""

    def add(self, done: SiteRows) -> None:
        """One site more."""
        self.sites += 1
        if done.trouble:
            kind = done.detail.partition(":")[0] if done.trouble != "bad-url" else ""
            self.troubles[f"{done.trouble}: {kind}" if kind else done.trouble] += 1
        for row in done.rows:
            self.answers[row.actor][row.strength or row.answer] += 1


class Judge:
    """Answers for one site after the other, with what is the same for all worked out once."""

    def __init__(self, asking: Asking, path: str = "/", mode: Mode = "rfc") -> None:
        self.asking, self.path, self.mode = asking, path, mode
        knowledge = asking.knowledge
        self.actors = [
            name
            for name in ([asking.actor] if asking.actor else sorted(knowledge.actors))
            if asking.actor or any(one.use == "train-ai" for one in knowledge.actors[name].practice)
        ]
        self._known: dict[tuple[object, ...], _Answered] = {}
        self._ways = {name: _ways(name, knowledge) for name in self.actors}
        self._crawlers = _concerned(frozenset().union(*self._ways.values()), knowledge.crawlers)

    def rows(self, seen: SiteSeen) -> tuple[Row, ...]:
        """One row per company, for training."""
        said = statements(seen, self._crawlers, self.asking.knowledge.signals)
        places = {place: n for n, place in enumerate(dict.fromkeys(one.place for one in said))}
        told = [
            _Told(
                one.token.lower(),
                (one.token, one.allowed, one.signal, one.use, one.why, one.on, places[one.place]),
                one,
            )
            for one in said
        ]
        return tuple(self._row(actor, seen, told) for actor in self.actors)

    def _row(self, actor: str, seen: SiteSeen, told: Sequence[_Told]) -> Row:
        ways = self._ways[actor]
        heard = [one for one in told if one.token == "*" or one.token in ways]
        when = max(self.asking.when, seen.on)  # a long run passes midnight
        key = (actor, when, *[one.meaning for one in heard])
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _KNOWN:
                self._known.clear()
            known = self._known[key] = self._answer(actor, when, heard)
        rests = heard[known.rests_on].said if known.rests_on is not None else None
        return Row(
            site=seen.site,
            actor=actor,
            use="train-ai",
            answer=known.answer,
            strength=known.strength,
            code=known.code,
            token=known.token,
            place=rests.place if rests else "",
            line=rests.line if rests else None,
            text=rests.text if rests else "",
            on=str(seen.on),
        )

    def _answer(
        self,
        actor: str,
        when: date,
        heard: Sequence[_Told],
    ) -> _Answered:
        """What is answered to statements like these, whatever their words, lines and addresses.

        The line carries which statement it is, so that the reason says on which one it rests.
        """
        alike = [
            replace(one.said, site="", text="", line=number, place=f"@{one.meaning[-1]}")
            for number, one in enumerate(heard, 1)
        ]
        asking = self.asking
        content = Content(kind="page", audience="public", site="a site", path=self.path)
        verdict = may_train(
            actor, content, asking.place, when, asking.knowledge, [*asking.seen, *alike]
        )
        why = deciding(verdict)
        place, _, line = why.rests_on.rpartition(":")
        token = why.facts.get("token", "")
        return _Answered(
            answer=verdict.answer,
            strength=verdict.strength or "",
            code=why.code,
            token=token if isinstance(token, str) else "",
            rests_on=int(line) - 1 if place.startswith("@") else None,
        )

    def unknown(self, site: str, trouble: Trouble, detail: str, on: date) -> SiteRows:
        """A site of which nothing can be known, such as a line that is no address."""
        rows = tuple(
            Row(site=site, actor=one, use="train-ai", answer="unknown", code=trouble, on=str(on))
            for one in self.actors
        )
        return SiteRows(site=site, rows=rows, trouble=trouble, detail=detail)


def _ways(actor: str, knowledge: Knowledge) -> frozenset[str]:
    practices = knowledge.actors[actor].practice
    return frozenset(t.lower() for one in practices if one.use == "train-ai" for t in one.via)


def _concerned(ways: frozenset[str], crawlers: Mapping[str, Crawler]) -> dict[str, Crawler]:
    """The crawlers that the answers hang on, with the fetchers whose copies they govern."""
    governed = {
        name.lower()
        for one in crawlers.values()
        if one.token.lower() in ways
        for name in one.governs
    }
    return {key: one for key, one in crawlers.items() if one.token.lower() in ways | governed}


def check_many(
    names: Iterable[str],
    judge: Judge,
    fetcher: Fetcher,
    *,
    done: frozenset[str] = frozenset(),
    own: frozenset[str] = frozenset(),
    find_licences: Finder = licences_named,
    in_all: int = 16,
    keeping: Keeping | None = None,
) -> Iterator[SiteRows]:
    """Each site as it is done, once, whatever the order.

    ``done`` are those that need no look any more, ``own`` those of the owner, both as origins.
    With ``keeping`` what is kept of before is asked for only if it changed; the fetcher keeps.
    A name that is no address is a site of which nothing is known, not the end of the run.
    """
    bad: list[SiteRows] = []
    today = judge.asking.when
    seen_before: set[str] = set(done)

    def origins() -> Iterator[str]:
        for name in names:
            try:
                origin = origin_of(name)
            except BadUrl as why:
                if name not in seen_before:
                    seen_before.add(name)
                    bad.append(judge.unknown(name, "bad-url", str(why), today))
                continue
            if origin not in seen_before:
                seen_before.add(origin)
                yield origin

    for fetched in fetch_sites(
        origins(),
        fetcher,
        path=judge.path,
        own=own,
        find_licences=find_licences,
        in_all=in_all,
        before=keeping.before if keeping else lambda _: nothing_before,
    ):
        while bad:
            yield bad.pop()
        seen = of_fetched(fetched, path=judge.path, mode=judge.mode)
        part = seen.robots
        trouble: Trouble = ""
        if part.missing == "unreachable" or part.missing == "unreachable-429":
            trouble = part.missing
        yield SiteRows(
            site=seen.site,
            rows=judge.rows(seen),
            trouble=trouble,
            detail=part.detail if trouble else "",
            evidence=keeping.note(fetched) if keeping else (),
        )
    yield from reversed(bad)
