"""THE question: may this actor use this content to train its AI, by whose words, since when?

Pure: no clock, no network, no disk. What is known and what was seen are arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from withhold.answers import answer_of, counted, open_spans, reaches_now
from withhold.asked import Asked, Seen, reason
from withhold.catalog.load import Knowledge
from withhold.controls import controls, runs
from withhold.facts import Platform, Practice
from withhold.limits import limits
from withhold.verdict import Reason, Step, Verdict, combine, union, up_to
from withhold.words import Content


def may_train(
    actor: str,
    content: Content,
    where: str,
    when: date,
    knowledge: Knowledge,
    observations: Iterable[Seen] = (),
    use: str = "train-ai",
) -> Verdict:
    """The answer, its strength, the spans that were open, the reasons, limits and steps.

    ``actor`` and the content's platform are ids that ``knowledge`` holds, ``where`` is the code of
    a place. Raises KeyError for ids that are not there: names are looked up at the edge.
    """
    asked = Asked(content, where, when, knowledge, tuple(observations), knowledge.actors[actor])
    touching = [one for one in _practices(actor, use, asked) if _touches(*one)]
    now = [one for one in touching if _in_force(one[0], when) and reaches_now(*one)]
    said = counted([(*one, answer_of(*one)) for one in now])
    answers = [answer for _, _, answer in said]
    answer, strength = combine(answers)
    stood = [(one, up_to(open_spans(*one), when)) for one in touching]
    spans = union(span for _, of in stood for span in of)
    ever = [one for one, of in stood if of]
    ask = _of_platform(asked)
    opened = [one for one, of, found in said if found.answer == "allowed" and of.owner is ask.owner]
    everything = [one.id for one, _, found in said if found.answer == "allowed"]
    steps = _steps(opened, everything, ask)
    reasons = [why for one in answers for why in one.reasons] or [_nothing_known(actor, ask)]
    account = content.account
    return Verdict(
        actor=actor,
        use=use,
        where=where,
        when=when,
        answer=answer,
        strength=strength,
        platform=account.platform if account else "",
        account=account.key if account else "",
        site=content.site,
        path=content.path if content.site else "",
        kinds=(content.kind,),
        audience=(content.audience,),
        open=spans,
        practices=tuple(answers),
        reasons=_once([*reasons, *_no_control(opened, steps, ask)]),
        limits=_once(limits(touching, now, ever, answer, spans, ask)),
        steps=tuple(steps),
    )


# Which practices reach the content ------------------------------------------------------------


def _of_platform(ask: Asked) -> Asked:
    """The same question, of what the platform's file says; unchanged for a site."""
    account = ask.content.account
    return replace(ask, owner=ask.knowledge.platforms[account.platform]) if account else ask


def _practices(actor: str, use: str, ask: Asked) -> list[tuple[Practice, Asked]]:
    """The practices of one actor and use, each with the question asked of the file it stands in.

    What a platform's file says of an actor comes first; an actor of whom it says nothing, or
    nothing any more, is answered by what that actor says of the open web (Apple, of a post on
    Facebook). ``anyone`` is both: those who scrape, and what the platform says of others.
    """
    found: list[tuple[Practice, Asked]] = []
    here = _of_platform(ask)
    if isinstance(here.owner, Platform):
        own = [one for one in here.owner.practice if one.actor == actor]
        found = [(one, here) for one in own if one.use == use]
        lasting = any(one.until is None or ask.when < one.until for one in own)
        if actor == here.owner.operator or (lasting and actor != "anyone"):
            return found
    return found + [(one, ask) for one in ask.owner.practice if one.use == use]


def _touches(practice: Practice, ask: Asked) -> bool:
    """Whether it reaches the content on any day: by kind, audience, place, plan, account."""
    content = ask.content
    audiences = {content.audience, "public"} if content.public_until else {content.audience}
    return (
        content.kind in practice.content
        and (content.audience == "unknown" or not audiences.isdisjoint(practice.audience))
        and ask.applies(practice)
    )


def _in_force(practice: Practice, when: date) -> bool:
    return (practice.since is None or practice.since <= when) and (
        practice.until is None or when < practice.until
    )


def _nothing_known(actor: str, ask: Asked) -> Reason:
    """No practice reaches it: the code says whether it lies outside what others can collect."""
    platform, called = ask.owner, ask.knowledge.actors[actor]
    shown = ask.content.audience in ("public", "unknown")
    other = not isinstance(platform, Platform) or actor != platform.operator
    return Reason(
        code="not-public" if other and not shown else "nothing-known",
        facts={"name": called.names or called.name, "platform": platform.name},
        rests_on=ask.knowledge.file_of(platform),
    )


# What would make it no ------------------------------------------------------------------------


def _steps(opened: Sequence[Practice], everything: Sequence[str], ask: Asked) -> list[Step]:
    """The controls that would close or narrow what stands open, and what they leave open."""
    platform = ask.owner.id
    found = []
    for control in controls(ask):
        in_force = (control.since is None or control.since <= ask.when) and (
            control.until is None or ask.when < control.until
        )
        last = runs(control, ask)[-1:]
        done = any(run.refuses for run in last)
        private = control.kind == "audience" and ask.content.audience not in ("public", "unknown")
        if control.kind == "none" or done or private or not in_force:
            continue
        closes = tuple(p.id for p in opened if control.covers.get(p.id) == "full")
        narrows = tuple(p.id for p in opened if control.covers.get(p.id) == "part")
        if closes or narrows:
            leaves = tuple(one for one in everything if one not in (*closes, *narrows))
            ref = f"{platform}/{control.id}"
            found.append(Step(control=ref, closes=closes, narrows=narrows, leaves=leaves))
    return found


def _no_control(opened: Sequence[Practice], steps: Sequence[Step], ask: Asked) -> list[Reason]:
    """For what nothing closes: that there is no control, by whose word, and what still helps."""
    if not isinstance(ask.owner, Platform):
        return []
    # going private is no control over training: it takes the content out of the public's sight
    private = {f"{ask.owner.id}/{one.id}" for one in ask.owner.control if one.kind == "audience"}
    closed = {p for step in steps if step.control not in private for p in step.closes}
    found = []
    for practice in opened:
        if practice.id in closed:
            continue
        none = [one for one in controls(ask) if one.kind == "none" and practice.id in one.covers]
        for control in none:
            helps = control.helps or {"en": ""}
            found.append(reason("no-control", ask.owner, control, ask, helps=helps))
        if not none:
            found.append(reason("no-control-known", ask.owner, practice, ask))
    return found


def _once(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Each reason once, in order."""
    kept: list[Reason] = []
    for one in reasons:
        if one not in kept:
            kept.append(one)
    return tuple(kept)
