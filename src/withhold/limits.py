"""What a verdict does not say: the limits that stand beside every answer."""

from __future__ import annotations

from collections.abc import Sequence

from withhold.asked import Asked, all_unverified, reason
from withhold.by_letter import letters
from withhold.controls import controls, runs
from withhold.facts import Platform, Practice
from withhold.refusals import shields, standing
from withhold.verdict import Reason
from withhold.words import Answer, Span


def limits(
    touches: Sequence[tuple[Practice, Asked]],
    reaching: Sequence[tuple[Practice, Asked]],
    opened: Sequence[tuple[Practice, Asked]],
    answer: Answer,
    spans: Sequence[Span],
    ask: Asked,
) -> list[Reason]:
    """The limits of an answer; ``touches`` reach the content on any day, ``reaching`` on this.

    ``opened`` of them stood open on some day up to this, in ``spans`` all together.
    """
    touching, now = [one for one, _ in touches], [one for one, _ in reaching]
    found: list[Reason] = []
    content, owner = ask.content, ask.owner
    if answer == "disallowed" and spans:
        found.append(_past(reaching, opened, spans, ask))
    if content.public_until and content.audience != "public":
        found.append(Reason(code="was-public", facts={"until": str(content.public_until)}))
    if content.audience == "unknown":
        found.append(Reason(code="audience-unknown"))
    account = content.account
    if account and not account.plan and any(one.plans for one in touching):
        plans = sorted({plan for one in touching for plan in one.plans})
        found.append(Reason(code="plan-not-known", facts={"plans": ", ".join(plans)}))
    if content.authored in ("others", "about-me"):
        found.append(Reason(code="posted-by-others"))
    for practice, of in reaching:
        if practice.since is None and practice.says == "yes" and practice.known_since:
            known = str(practice.known_since)
            found.append(reason("since-not-known", of.owner, practice, of, known_since=known))
    for practice, of in touches:
        told = practice.announced is not None and practice.announced <= ask.when
        if practice.since and practice.since > ask.when and told:
            since = str(practice.since)
            found.append(reason("announced", of.owner, practice, of, since=since))
    if isinstance(owner, Platform):
        found += _disputes(owner, now, ask)
        if owner.tier == 2:
            found.append(Reason(code="best-effort", facts={"name": owner.name}))
    for practice, of in reaching:
        if all_unverified(practice.sources, of.owner):
            found.append(reason("not-checked", of.owner, practice, of))
        platform, walls = shields(of)
        found += [
            reason("not-checked", platform, one, of)
            for one in walls
            if platform and standing(one, ask.when) and all_unverified(one.sources, platform)
        ]
    return found


def _past(
    reaching: Sequence[tuple[Practice, Asked]],
    opened: Sequence[tuple[Practice, Asked]],
    spans: Sequence[Span],
    ask: Asked,
) -> Reason:
    """Nearly all controls are forward-only: what was open before stays so, unless it says so.

    Of each practice that was open it has to say so: it reaches back to no other.
    """
    acting = [
        control
        for control in controls(ask)
        if any(control.covers.get(one.id) == "full" for one, _ in reaching)
        and any(run.refuses for run in runs(control, ask)[-1:])
    ]
    # a letter is granted from its day on: whatever else it says, it takes nothing back
    by_letter = any(letter.last.refuses for one, of in reaching for letter in letters(one, of))
    covered = {one for control in acting for one, how in control.covers.items() if how == "full"}
    beyond = any(one.id not in covered or of.owner is not ask.owner for one, of in opened)
    back = bool(acting) and all(one.effect == "also-past" for one in acting)
    also_past = back and not beyond and not by_letter
    since, until = spans[0].since, spans[-1].until
    facts: dict[str, str | dict[str, str]] = {
        "since": str(since or ""),
        "until": str(until or ""),
        "name": ask.owner.name,
    }
    return Reason(code="also-past" if also_past else "past-stays-open", facts=facts)


def _disputes(owner: Platform, now: Sequence[Practice], ask: Asked) -> list[Reason]:
    asked = {one.id for one in now}
    asked |= {
        control.id
        for control in controls(ask)
        if any(control.covers.get(one.id, "not") != "not" for one in now)
    }
    return [
        Reason(
            code="sources-disagree",
            facts={"text": one.text},
            sources=tuple(owner.source[name] for name in one.sources if name in owner.source),
            rests_on=ask.knowledge.file_of(owner, one.id),
        )
        for one in owner.dispute
        if asked.intersection(one.about)
    ]
