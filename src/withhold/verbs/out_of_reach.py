"""What a wish written into a site's files cannot reach: from what companies say, each with a code.

The sentences are the faces'. ``copies``, ``others`` and ``syndication`` hold of every wish that
refuses anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.facts import Practice
from withhold.signals.wish import KEPT, Chosen, Told, Wish, serves

Code = Literal[
    "answers-through-search",  # AI Overviews: a search crawler feeds answers too
    "training-through-search",  # one token for both, and it stays
    "needs-noarchive",  # no token for training alone; a tag in pages or a header is heeded
    "user-triggered-asked",  # refused, but fetchers for a person may not heed it
    "user-triggered-open",  # not refused by this wish
    "nobody-promised",  # tokens that are refused and whose operator says nothing of heeding
    "no-token",  # companies that train and have named no token
    "exception-unheard",  # a company that is let in, and signals that speak to everyone
    "announced-token",
    "copies",
    "syndication",
    "others",
]
SHARED = "shared-training-token"


class OutOfReach(Struct, frozen=True, kw_only=True):
    """One thing that stays so; ``facts`` fill the gaps of its sentence."""

    code: Code
    facts: dict[str, str | dict[str, str]] = {}


def out_of_reach(
    to: Wish, told: Sequence[Told], signals: Sequence[Chosen], knowledge: Knowledge
) -> Iterator[OutOfReach]:
    """What stays open or is only asked, most telling first; nothing where nothing is refused."""
    if not to.refuses:
        return
    refused = {one.crawler.token for one in told if one.refused}
    readers = {one.signal: one.readers for one in signals if one.written}
    for actor, practice in _practices(knowledge):
        by_tag = "noarchive" in readers and _heeds_for_answers(actor, knowledge)
        open_search = _open_search(practice, refused, knowledge)
        if practice.use == "ai-input" and open_search and not by_tag:
            yield _of("answers-through-search", knowledge.actors[actor].name, practice)
    for actor, practice in _practices(knowledge):
        no = practice.use == "train-ai" and to.says(actor, "train-ai") is False
        if no and _open_search(practice, refused, knowledge):
            by_tag = actor in readers.get("noarchive", ())
            code: Code = "needs-noarchive" if by_tag else "training-through-search"
            yield _of(code, knowledge.actors[actor].name, practice)
    yield from _user_triggered(told, knowledge)
    weak = [one.crawler.token for one in told if one.refused and not one.promised]
    if weak:
        yield OutOfReach(
            code="nobody-promised", facts={"n": str(len(weak)), "tokens": _names(weak)}
        )
    without = {
        knowledge.actors[actor].name: None
        for actor, practice in _practices(knowledge)
        if practice.use == "train-ai" and not practice.via and actor != "anyone"
    }
    if without:
        yield OutOfReach(code="no-token", facts={"names": ", ".join(without)})
    for company, said in to.companies.items():
        if said.get("train-ai") and "train-ai" in to.refused:
            yield OutOfReach(
                code="exception-unheard", facts={"name": knowledge.actors[company].name}
            )
    if SHARED in knowledge.signals and "train-ai" in to.refused:
        kind = knowledge.signals[SHARED]
        yield OutOfReach(
            code="announced-token", facts={"name": kind.version, "date": str(kind.dated)}
        )
    for code in ("copies", "syndication", "others"):
        yield OutOfReach(code=code)


def _practices(knowledge: Knowledge) -> Iterator[tuple[str, Practice]]:
    """What companies say they do with pages of sites; first what goes through the KEPT crawlers."""
    found = [
        (actor, practice)
        for actor in sorted(knowledge.actors)
        for practice in knowledge.actors[actor].practice
        if "page" in practice.content and practice.says != "no" and practice.until is None
    ]
    yield from sorted(found, key=lambda one: not set(one[1].via) & set(KEPT))


def _open_search(practice: Practice, refused: set[str], knowledge: Knowledge) -> bool:
    """Whether it goes through a search crawler that this wish leaves in."""
    crawlers = (knowledge.crawlers.get(token) for token in practice.via)
    return any(
        one is not None and one.purpose == "search" and one.token not in refused for one in crawlers
    )


def _of(code: Code, name: str, practice: Practice) -> OutOfReach:
    facts: dict[str, str | dict[str, str]] = {
        "name": name,
        "token": ", ".join(practice.via),
        "what": practice.what,
    }
    return OutOfReach(code=code, facts=facts)


def _user_triggered(told: Sequence[Told], knowledge: Knowledge) -> Iterator[OutOfReach]:
    """Fetchers that answer with AI for a person; those that a company's own words name first."""
    ways = {token for _, practice in _practices(knowledge) for token in practice.via}
    fetchers = sorted(
        (one for one in told if one.crawler.purpose == "user-triggered"),
        key=lambda one: one.crawler.token not in ways,
    )
    asked = [one.crawler.token for one in fetchers if one.refused and not one.promised]
    left = [
        one.crawler.token
        for one in fetchers
        if not one.refused
        and one.crawler.status == "active"
        and "ai-input" in serves(one.crawler, knowledge)
    ]
    if asked:
        yield OutOfReach(code="user-triggered-asked", facts={"tokens": _names(asked)})
    if left:
        yield OutOfReach(code="user-triggered-open", facts={"tokens": _names(left)})


_NAMED_AT_MOST = 8


def _names(tokens: Sequence[str]) -> str:
    more = len(tokens) - _NAMED_AT_MOST
    return ", ".join(tokens[:_NAMED_AT_MOST]) + (f" (+{more})" if more > 0 else "")


def _heeds_for_answers(actor: str, knowledge: Knowledge) -> bool:
    """Whether an actor says that noarchive keeps a page out of its AI answers too."""
    kind = knowledge.signals.get("noarchive")
    return any(
        one.actor == actor and one.says == "yes" and "ai-input" in one.uses
        for one in (kind.heeded if kind else ())
    )
