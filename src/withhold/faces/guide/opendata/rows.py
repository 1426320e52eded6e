"""The rows of every table: each is the structs that its columns are read from, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.load import Knowledge
from withhold.catalog.places import WORLD
from withhold.faces.guide import addresses
from withhold.faces.guide.opendata.parts import (
    Covering,
    Forbidding,
    Now,
    OfClaim,
    OfFact,
    OfOwner,
    OfPlatform,
    Page,
    PageIfAny,
    Where,
)
from withhold.facts import Control, Dispute, Platform, Practice, Source

Row = tuple[Struct, ...]


def name(page: str) -> str:
    """What a fact is called in all tables, from its page: ``linkedin/own-generative-models``."""
    return page.removeprefix("facts/").rstrip("/")


def _named(known: Knowledge, said: str) -> str:
    """The same for what a law or claim calls ``owner/id``; as it was said if nobody has it."""
    return name(addresses.named(known, said)) or said


def platforms(known: Knowledge) -> Iterator[Row]:
    """A row per platform."""
    for one in known.platforms.values():
        yield one, Page(page=addresses.platform(one.id))


def practices(known: Knowledge) -> Iterator[Row]:
    """A row per practice on a platform, then per practice of a company on the open web."""
    for owner in known.platforms.values():
        for one in owner.practice:
            page = addresses.fact(owner.id, one.id)
            past = (owner.id, one.id) in known.superseded
            whose = OfOwner(fact=name(page), platform=owner.id)
            yield whose, one, Now(superseded=past, page=page)
    for company in known.actors.values():
        for one in company.practice:
            page = addresses.fact(company.id, one.id, actor=True)
            whose = OfOwner(fact=name(page), company=company.id)
            yield whose, one, Now(superseded=False, page=page)


def controls(known: Knowledge) -> Iterator[Row]:
    """A row per control."""
    for owner in known.platforms.values():
        for one in owner.control:
            page = addresses.fact(owner.id, one.id)
            past = (owner.id, one.id) in known.superseded
            whose = OfPlatform(fact=name(page), platform=owner.id)
            yield whose, one, Now(superseded=past, page=page)


def coverage(known: Knowledge) -> Iterator[Row]:
    """A row per control and practice that it says something about."""
    for owner in known.platforms.values():
        for one in owner.control:
            page = Page(page=addresses.fact(owner.id, one.id))
            for practice, covers in one.covers.items():
                row = Covering(platform=owner.id, control=one.id, practice=practice, covers=covers)
                yield row, page


def shields(known: Knowledge) -> Iterator[Row]:
    """A row per shield, in the order of its platform's file."""
    for owner in known.platforms.values():
        for nth, one in enumerate(owner.shield, 1):
            page = addresses.shield(owner.id, nth)
            yield OfPlatform(fact=name(page), platform=owner.id), one, Page(page=page)


def disputes(known: Knowledge) -> Iterator[Row]:
    """A row per dispute."""
    for owner in known.platforms.values():
        for one in owner.dispute:
            page = addresses.fact(owner.id, one.id)
            yield OfPlatform(fact=name(page), platform=owner.id), one, Page(page=page)


def companies(known: Knowledge) -> Iterator[Row]:
    """A row per actor."""
    for one in known.actors.values():
        yield one, Page(page=addresses.company(one.id))


def crawlers(known: Knowledge) -> Iterator[Row]:
    """A row per product token."""
    for one in known.crawlers.values():
        yield one, Page(page=addresses.crawler(one.id))


def signals(known: Knowledge) -> Iterator[Row]:
    """A row per signal."""
    for one in known.signals.values():
        yield one, Page(page=addresses.signal(one.id))


def laws(known: Knowledge) -> Iterator[Row]:
    """A row per law or order."""
    for one in known.laws.values():
        yield one, Page(page=addresses.law(one.id))


def forbidden(known: Knowledge) -> Iterator[Row]:
    """A row per practice that a law or an order forbids."""
    for law in known.laws.values():
        for one in law.forbids:
            for practice in one.practices:
                row = Forbidding(
                    law=law.id,
                    practice=_named(known, practice),
                    since=one.since,
                    until=one.until,
                    places=one.places,
                    sources=one.sources,
                )
                yield row, Page(page=addresses.law(law.id))


def claims(known: Knowledge) -> Iterator[Row]:
    """A row per claim."""
    for one in known.claims.values():
        facts = [_named(known, said) for said in one.facts]
        yield replace(one, facts=facts), Page(page=addresses.claim(one.id))


def asks(known: Knowledge) -> Iterator[Row]:
    """A row per question that shows how far a claim held."""
    for claim in known.claims.values():
        for nth, one in enumerate(claim.asks, 1):
            yield OfClaim(claim=claim.id, nth=nth), one, Page(page=addresses.claim(claim.id))


def places(known: Knowledge) -> Iterator[Row]:
    """A row per place and group; a group is nobody's place, so it has no page."""
    for code, called in known.places.names.items():
        members = sorted(known.places.groups.get(code, ()))
        alone = code not in known.places.groups and code != WORLD
        page = addresses.place(code) if alone else ""
        yield Where(code=code, name=called, members=members), PageIfAny(page=page)


def corrections(known: Knowledge) -> Iterator[Row]:
    """A row per correction, newest first."""
    pages = {
        name(row[-1].page): row[-1].page
        for rows in (practices, controls, shields, disputes)
        for row in rows(known)
        if isinstance(row[-1], Page | Now)
    }
    for one in known.corrections:
        yield one, PageIfAny(page=pages.get(one.fact, ""))


def sources(known: Knowledge) -> Iterator[Row]:
    """A row per fact and source; a source that a fact names but nobody wrote down has none."""
    for owner in known.platforms.values():
        yield from _of_platform(owner)
    for company in known.actors.values():
        for one in company.practice:
            page = addresses.fact(company.id, one.id, actor=True)
            yield from _cited(page, one.sources, company.source)
        yield from _cited(addresses.company(company.id), company.source, company.source)
    for crawler in known.crawlers.values():
        yield from _cited(addresses.crawler(crawler.id), crawler.source, crawler.source)
    for law in known.laws.values():
        yield from _cited(addresses.law(law.id), law.source, law.source)
    for signal in known.signals.values():
        yield from _cited(addresses.signal(signal.id), signal.source, signal.source)
    for claim in known.claims.values():
        yield from _cited(addresses.claim(claim.id), claim.source, claim.source)


def _of_platform(owner: Platform) -> Iterator[Row]:
    """Of each fact, then of the platform itself: its terms, and what no single fact names."""
    used: set[str] = set()
    named: list[Practice | Control | Dispute]
    named = [*owner.practice, *owner.control, *owner.dispute]
    for one in named:
        used.update(one.sources)
        yield from _cited(addresses.fact(owner.id, one.id), one.sources, owner.source)
    for nth, shield in enumerate(owner.shield, 1):
        used.update(shield.sources)
        yield from _cited(addresses.shield(owner.id, nth), shield.sources, owner.source)
    terms = owner.automation_terms.source
    rest = [one for one in owner.source if one == terms or one not in used]
    yield from _cited(addresses.platform(owner.id), rest, owner.source)


def _cited(page: str, ids: Iterable[str], known: dict[str, Source]) -> Iterator[Row]:
    for one in dict.fromkeys(ids):
        if one in known:
            yield OfFact(fact=name(page), source=one), known[one], Page(page=page)
