"""Reference pages: companies, product tokens, signals, laws, reason codes, claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from textwrap import shorten

from msgspec import Struct

from withhold.asked import Seen
from withhold.catalog.sentences import gaps_of
from withhold.claims import Ask, Claim
from withhold.faces.guide import addresses
from withhold.faces.guide.edition import Edition
from withhold.faces.guide.page import Card, Page
from withhold.faces.guide.places import Group
from withhold.facts import Actor
from withhold.may_train import may_train
from withhold.signals import robots
from withhold.signals.companies import decide as companies_said
from withhold.site_facts import Crawler
from withhold.verdict import Verdict
from withhold.words import Account, Content, Observation

LONG = 80
"""Characters of a claim that stand as its title."""
MET = 12
"""So many places where a reason is met are named."""


def companies(edition: Edition) -> Iterator[Page]:
    """A page per actor, and their index: what it does on the open web, its tokens, platforms."""
    knowledge = edition.knowledge
    for actor in knowledge.actors.values():
        tokens = [one for one in knowledge.crawlers.values() if one.operator == actor.id]
        platforms = [one for one in knowledge.platforms.values() if one.operator == actor.id]
        named = [
            (platform, one)
            for platform in knowledge.platforms.values()
            for one in platform.practice
            if one.actor == actor.id and platform.operator != actor.id
        ]
        name = edition.speaker.name(actor.id)
        yield Page(
            path=addresses.company(actor.id),
            template="company.html",
            title=name,
            description=edition.say(
                "%(name)s: what it says it does with what others publish, and its product tokens.",
                name=name,
            ),
            values={
                "actor": actor,
                "tokens": tokens,
                "platforms": platforms,
                "named": named,
                "owned": [one for one in knowledge.actors.values() if one.parent == actor.id],
                "parent": knowledge.actors.get(actor.parent),
            },
            kind=edition.say("company"),
            also=(actor.id, *actor.aliases, *(one.token for one in tokens)),
            card=Card(lines=(_of(actor, tokens, edition),)),
        )
    yield _index(edition, "companies", edition.say("Companies and projects"), knowledge.actors)


def _of(actor: Actor, tokens: list[Crawler], edition: Edition) -> str:
    return edition.say(
        "practices: %(practices)s; product tokens: %(tokens)s",
        practices=len(actor.practice),
        tokens=len(tokens),
    )


def crawlers(edition: Edition) -> Iterator[Page]:
    """A page per product token, and their index."""
    knowledge = edition.knowledge
    for one in knowledge.crawlers.values():
        governed = [
            (actor, practice)
            for actor in knowledge.actors.values()
            for practice in actor.practice
            if one.token.lower() in [token.lower() for token in practice.via]
        ]
        yield Page(
            path=addresses.crawler(one.id),
            template="crawler.html",
            title=one.token,
            description=edition.text(one.what) or edition.word.token[one.token_kind],
            values={
                "crawler": one,
                "operator": knowledge.actors[one.operator],
                "governed_by": [
                    each for each in knowledge.crawlers.values() if one.token in each.governs
                ],
                "practices": governed,
                "by_token": {each.token: each for each in knowledge.crawlers.values()},
            },
            kind=edition.say("product token"),
            also=(one.id, one.name, *one.aliases, edition.speaker.name(one.operator)),
            card=Card(
                lines=(edition.word.token[one.token_kind], edition.word.honours[one.honours.says])
            ),
        )
    yield _index(
        edition, "crawlers", edition.say("Crawlers and product tokens"), knowledge.crawlers
    )


def _index(edition: Edition, folder: str, title: str, things: Mapping[str, object]) -> Page:
    return Page(
        path=f"{folder}/",
        template=f"{folder}.html",
        title=title,
        description=edition.say("%(what)s: all that is known here.", what=title),
        values={"things": list(things.values())},
        kind=edition.say("page"),
        card=Card(lines=(title,)),
    )


def signals(edition: Edition) -> Iterator[Page]:
    """A page per signal, and their index."""
    for one in edition.knowledge.signals.values():
        yield Page(
            path=addresses.signal(one.id),
            template="signal.html",
            title=one.name,
            description=edition.text(one.what),
            values={"signal": one},
            kind=edition.say("signal"),
            also=(one.id,),
            card=Card(lines=(edition.text(one.what),)),
        )
    yield _index(edition, "signals", edition.say("Signals of sites"), edition.knowledge.signals)


def laws(edition: Edition) -> Iterator[Page]:
    """A page per law, and their index."""
    for one in edition.knowledge.laws.values():
        yield Page(
            path=addresses.law(one.id),
            template="law.html",
            title=edition.text(one.name),
            description=edition.text(one.what),
            values={"law": one},
            kind=edition.say("law"),
            also=(one.id, one.cite),
            card=Card(
                lines=(one.cite, edition.text(one.what)),
                place=", ".join(edition.place(code) for code in one.places),
            ),
        )
    yield _index(edition, "laws", edition.say("Laws and orders"), edition.knowledge.laws)


def reasons(edition: Edition, groups: Sequence[Group]) -> Iterator[Page]:
    """A page per reason code with where it is met today, and their index."""
    codes = edition.sentences.reason
    met = _met(groups)
    for code, sentence in codes.items():
        said = readable(sentence, edition)
        yield Page(
            path=addresses.reason(code),
            template="reason.html",
            title=code,
            description=said,
            values={"code": code, "sentence": said, "met": met.get(code, ())},
            kind=edition.say("reason"),
            card=Card(lines=(said,)),
        )
    yield Page(
        path="reasons/",
        template="reasons.html",
        title=edition.say("Reasons and limits"),
        description=edition.say("Every reason that an answer here can have, with its sentence."),
        values={"codes": {code: readable(text, edition) for code, text in codes.items()}},
        kind=edition.say("page"),
        card=Card(lines=(edition.say("Reasons and limits"),)),
    )


def _met(groups: Sequence[Group]) -> dict[str, list[tuple[str, str]]]:
    """Code -> platforms and a place where it stands in an answer today; the widest places first."""
    found: dict[str, dict[str, str]] = {}
    for group in reversed(groups):
        for platform, look in group.looks.items():
            for verdict in look.verdicts:
                for reason in (*verdict.reasons, *verdict.limits):
                    found.setdefault(reason.code, {}).setdefault(platform, group.places[0])
    return {code: list(where.items())[:MET] for code, where in found.items()}


def readable(sentence: str, edition: Edition) -> str:
    """A sentence with its gaps shown as gaps, named in the language."""
    for gap in gaps_of(sentence):
        sentence = sentence.replace("{" + gap + "}", f"[{edition.word.gap.get(gap, gap)}]")
    return sentence


class Asked(Struct, frozen=True, kw_only=True):
    """A question of a claim, answered for the day it was said and for today."""

    place: str
    seen: Mapping[str, str]
    then: Verdict
    now: Verdict


def claims(edition: Edition) -> Iterator[Page]:
    """A page per claim, and their index."""
    for one in edition.knowledge.claims.values():
        yield Page(
            path=addresses.claim(one.id),
            template="claim.html",
            title=shorten(edition.text(one.text), LONG, placeholder=" …"),
            description=edition.text(one.text),
            values={"claim": one, "asked": asked(one, edition)},
            kind=edition.say("claim"),
            also=(one.id,),
            card=Card(lines=(edition.text(one.text),)),
        )
    yield _index(edition, "claims", edition.say("Claims"), edition.knowledge.claims)


def asked(claim: Claim, edition: Edition) -> list[Asked]:
    """What the engine answers to the questions of a claim, for the day it was said and for today.

    What an ask says was switched is told, the day before the claim was made.
    """
    then = claim.said_on or edition.when
    found = []
    for ask in claim.asks:
        seen: list[Seen] = [
            Observation(
                control=f"{ask.platform}/{control}",
                value=value,
                on=then - timedelta(days=1),
                how="told",
                account=ask.platform,
            )
            for control, value in ask.seen.items()
        ]
        answers = [_answer(ask, day, seen, edition) for day in (then, edition.when)]
        found.append(Asked(place=ask.place, seen=ask.seen, then=answers[0], now=answers[1]))
    return found


def _answer(ask: Ask, day: date, seen: Sequence[Seen], edition: Edition) -> Verdict:
    knowledge = edition.knowledge
    if ask.platform:
        account = Account(platform=ask.platform, kind=ask.account_kind, audience=ask.audience)
        content = Content(kind=ask.kind, audience=ask.audience, account=account)
    else:
        content = Content(kind=ask.kind, audience=ask.audience, site=ask.site)
        read = robots.read(ask.robots.encode("utf-8"))
        said = companies_said(
            read,
            ask.actor,
            "/",
            knowledge.crawlers,
            site=ask.site,
            place=f"{ask.site}/robots.txt",
            on=day,
        )
        seen = [*seen, *said]
    return may_train(ask.actor, content, ask.place, day, knowledge, seen, ask.use)
