"""How what an actor says it does changed: a practice begins, ends, or follows on another.

A practice follows on another of the same file, actor and use that ends on the day it begins, where
both reach some content, audience, plan, kind of account and place in common. Then the two are one
change. A part of the earlier one that the later one no longer reaches is not told apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec.structs import replace

from withhold.asked import Owner, holds, whose_words
from withhold.catalog.load import Knowledge
from withhold.catalog.places import WORLD, Places
from withhold.facts import Platform, Practice
from withhold.verbs.change import Change, Code, Effect, joined, sources_of
from withhold.verbs.compare import all_places
from withhold.words import Span

State = Literal["promise", "opt-in", "condition", "silent", "training"]
_OPEN: dict[State, int] = {"promise": 0, "opt-in": 1, "condition": 2, "silent": 2, "training": 3}
"""How open each leaves the content, after the answers: no, no until you agree, not known, may."""
_SAID: dict[str, State] = {"no": "promise", "silent": "silent", "conditional": "condition"}
_NOUNS = {"train-ai": "training", "licence-to-third-party": "licence"}
_STARTS: dict[str, Code] = {
    "training": "training-starts",
    "licence": "licence-starts",
    "use": "use-starts",
    "opt-in": "opt-in-starts",
    "condition": "condition-starts",
    "promise": "promise-starts",
}
_ENDS: dict[str, Code] = {
    "training": "training-ends",
    "licence": "licence-ends",
    "use": "use-ends",
    "opt-in": "opt-in-ends",
    "condition": "condition-ends",
    "promise": "promise-ends",
}
_FIRST: dict[State, Effect] = {"training": "worse", "promise": "better"}
_LAST: dict[State, Effect] = {"training": "better", "promise": "worse"}


def practices_changed(
    owner: Owner, knowledge: Knowledge, uses: Collection[str]
) -> Iterator[Change]:
    """The changes of one platform's or actor's practices of those uses, in no order."""
    told = [one for one in owner.practice if one.use in uses]
    followed: set[str] = set()
    for later in told:
        before = [one for one in told if _follows(later, one, knowledge.places)]
        followed.update(one.id for one in before)
        yield from _begun(later, before, owner, knowledge)
    for one in told:
        if one.until and one.id not in followed:
            yield from _ended(one, one.until, owner, knowledge)


def graded(before: int, after: int) -> Effect:
    """What it is for the person that content lies more or less open than before."""
    if before == after:
        return "unclear"
    return "worse" if after > before else "better"


def forbidden(one: Practice, on: date, owner: Owner, knowledge: Knowledge) -> bool:
    """Whether laws or orders forbid a practice on that day in every place that it names."""
    if not isinstance(owner, Platform):
        return False
    bans = [
        ban
        for law in knowledge.laws.values()
        for ban in law.forbids
        if f"{owner.id}/{one.id}" in ban.practices and holds(Span(ban.since, ban.until), on)
    ]
    places = knowledge.places
    return bool(bans) and all(
        any(places.applies(code, ban.places) for ban in bans)
        for code in all_places(places)
        if places.applies(code, one.places, one.not_places)
    )


# Begun and ended ------------------------------------------------------------------------------


def _begun(
    later: Practice, before: Sequence[Practice], owner: Owner, knowledge: Knowledge
) -> Iterator[Change]:
    """That a practice begins or follows on others, and that it was announced."""
    on = later.since or later.known_since
    if on is None or forbidden(later, on, owner, knowledge):
        return  # what is forbidden from its first day on is told as the law's change
    covered = any(_covers(one, later, knowledge.places) for one in before)
    code = _code(later, before, covered)
    if code is None:
        return
    eve = on - timedelta(days=1)
    effects = [_effect(one, later, forbidden(one, eve, owner, knowledge)) for one in before]
    if later.since and not covered:
        effects.append(_FIRST.get(_state(later), "unclear"))
    change = _change(later, code, on, _overall(effects), owner, knowledge)
    if later.since and later.announced and later.announced < later.since:
        yield replace(
            change,
            code="announced",
            on=later.announced,
            precision="day",
            for_day=later.since,
            for_precision=later.since_precision,
        )
    yield replace(
        change,
        precision=later.since_precision if later.since else "known",
        before=joined(one.what for one in before),
        sources=sources_of(owner, later.sources, *(one.sources for one in before)),
    )


def _ended(one: Practice, until: date, owner: Owner, knowledge: Knowledge) -> Iterator[Change]:
    """That a practice ends and nothing is known to follow on it."""
    state = _state(one)
    if state == "silent":
        return
    effect = _LAST.get(state, "unclear")
    if forbidden(one, until - timedelta(days=1), owner, knowledge):
        effect = "unclear"
    yield _change(one, _ENDS[_noun(one)], until, effect, owner, knowledge)


def _change(
    one: Practice, code: Code, on: date, effect: Effect, owner: Owner, knowledge: Knowledge
) -> Change:
    return Change(
        on=on,
        code=code,
        effect=effect,
        platform=owner.id if isinstance(owner, Platform) else "",
        actor=one.actor,
        thing=one.id,
        places=tuple(one.places),
        not_places=tuple(one.not_places),
        what=one.what,
        sources=sources_of(owner, one.sources),
        rests_on=knowledge.file_of(owner, one.id),
        use=one.use,
        whose=whose_words(one, owner),
    )


# What it means --------------------------------------------------------------------------------


def _state(one: Practice) -> State:
    """What a practice comes to where nobody acts; opt-in = off until the owner turns it on."""
    if one.default == "off" and one.says in ("yes", "conditional"):
        return "opt-in"
    return _SAID.get(one.says, "training")


def _noun(one: Practice) -> str:
    """What is said to begin or end."""
    state = _state(one)
    return _NOUNS.get(one.use, "use") if state == "training" else state


def _code(later: Practice, before: Sequence[Practice], covered: bool) -> Code | None:
    """What happened; None where nobody said anything, before or after."""
    state, states = _state(later), {_state(one) for one in before}
    if state == "silent":
        if states <= {"silent"}:
            return None
        return "promise-ends" if "promise" in states else "falls-silent"
    if states == {state}:
        return "terms-changed" if covered else "terms-widened"
    return _STARTS[_noun(later)]


def _effect(before: Practice, later: Practice, was_forbidden: bool) -> Effect:
    """Of a practice that follows on another. A text that no longer says yes says no no either."""
    was, now = _state(before), _state(later)
    if was_forbidden:
        return graded(_OPEN["promise"], _OPEN[now])
    if was == "training" and now == "silent":
        return "unclear"
    return graded(_OPEN[was], _OPEN[now])


def _overall(effects: Iterable[Effect]) -> Effect:
    """Of several in one change: what is clear of them, unless they contradict each other."""
    clear = set(effects) - {"unclear"}
    return clear.pop() if len(clear) == 1 else "unclear"


# What follows on what -------------------------------------------------------------------------


def _follows(later: Practice, earlier: Practice, places: Places) -> bool:
    """Whether one begins on the day the other ends, over something that both reach."""
    if earlier.until is None or (later.since or later.known_since) != earlier.until:
        return False
    if (later.actor, later.use) != (earlier.actor, earlier.use):
        return False
    return all(not a.isdisjoint(b) for a, b in _side_by_side(later, earlier, places))


def _covers(earlier: Practice, later: Practice, places: Places) -> bool:
    """Whether all that the later one reaches was reached by the earlier one too."""
    return all(a <= b for a, b in _side_by_side(later, earlier, places))


def _side_by_side(
    one: Practice, other: Practice, places: Places
) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """What both reach, one pair each of content, audience, plans, kinds of account and places."""
    yield frozenset(one.content), frozenset(other.content)
    yield frozenset(one.audience), frozenset(other.audience)
    for a, b in ((one.plans, other.plans), (one.account_kinds, other.account_kinds)):
        named = frozenset((*a, *b, ""))  # "" stands for those that neither names
        yield frozenset(a) or named, frozenset(b) or named
    yield _reach(one, places), _reach(other, places)


def _reach(one: Practice, places: Places) -> frozenset[str]:
    return frozenset(
        code
        for code in places.names
        if code not in places.groups
        and code != WORLD
        and places.applies(code, one.places, one.not_places)
    )
