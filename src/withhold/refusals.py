"""All that says no to one practice: controls, letters, laws, signals, a platform's shield.

Each with its strength, its span and its reason. Pure, as the question is.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from withhold.asked import (
    EVERYONE,
    REQUESTS,
    Asked,
    all_unverified,
    days,
    holds,
    law_checked,
    reason,
)
from withhold.by_letter import letter_reason, letters
from withhold.by_letter import strength_of as strength_of_letter
from withhold.controls import controls, runs, state_reason, strength_of
from withhold.facts import Platform, Practice, Shield
from withhold.told_by_signals import (
    heard,
    heeded,
    refused_by,
    refused_in,
    signal_heeded,
    signal_reason,
)
from withhold.verdict import Reason, strongest
from withhold.words import Span, Strength


class Refusal(Struct, frozen=True):
    """One statement that refuses one practice: how strong, over which span, and why."""

    strength: Strength
    span: Span
    reason: Reason

    def holds(self, when: date) -> bool:
        """Whether it stands on that day."""
        return holds(self.span, when)


def refusals(practice: Practice, ask: Asked) -> list[Refusal]:
    """Every statement of refusal about one practice, with the span over which it stands."""
    return [
        *_of_controls(practice, ask),
        *_of_letters(practice, ask),
        *_of_laws(practice, ask),
        *_of_signals(practice, ask),
        *_of_shields(practice, ask),
    ]


# Controls -------------------------------------------------------------------------------------

_CODES = {
    "observed": "switch-observed",
    "shown": "switch-shown",
    "told": "switch-told",
    "promised": "request-confirmed",
    "asked": "request-sent",
}


def _of_controls(practice: Practice, ask: Asked) -> list[Refusal]:
    found = []
    for control in controls(ask):
        # going private works through the audience of the content, not as a refusal of its own
        if control.covers.get(practice.id) != "full" or control.kind == "audience":
            continue
        for run in runs(control, ask):
            if run.refuses:
                strength = strongest(strength_of(control, one) for one in run.states)
                best = next(one for one in run.states if strength_of(control, one) == strength)
                code = _CODES[strength]
                if strength == "told" and control.kind in REQUESTS:
                    code = "request-confirmed-told"
                found.append(Refusal(strength, run.span, state_reason(code, control, best, ask)))
    return found


def _of_letters(practice: Practice, ask: Asked) -> list[Refusal]:
    found = []
    for letter in letters(practice, ask):
        for run in letter.runs:
            if run.refuses:
                strength = strongest(map(strength_of_letter, run.states))
                best = next(one for one in run.states if strength_of_letter(one) == strength)
                found.append(Refusal(strength, run.span, letter_reason(best, practice, ask)))
    return found


# Laws and signals -----------------------------------------------------------------------------


def _of_laws(practice: Practice, ask: Asked) -> list[Refusal]:
    about = f"{ask.owner.id}/{practice.id}"
    return [
        Refusal(
            "required",
            Span(one.since, one.until),
            Reason(
                code="law-forbids",
                facts={"law": law.name, "cite": law.cite},
                sources=tuple(law.source[name] for name in one.sources if name in law.source),
                rests_on=f"laws/{law.id}.toml",
                checked=law_checked(law),
                due=law_checked(law) + days(law.recheck_after),
            ),
        )
        for law in ask.knowledge.laws.values()
        for one in law.forbids
        if about in one.practices and ask.knowledge.places.applies(ask.where, one.places)
    ]


def _of_signals(practice: Practice, ask: Asked) -> list[Refusal]:
    statements = heard(practice, ask)
    found = []
    for one in refused_by(practice, statements, ask):
        strength, sources = heeded(one.token, ask)
        code = "signal-heeded" if strength == "promised" else "signal-asked"
        found.append(Refusal(strength, Span(one.on, None), signal_reason(code, one, ask, sources)))
    for one in refused_in(practice, ask):
        strength, sources = signal_heeded(one, practice, ask)
        code = "signal-heeded" if strength == "promised" else "signal-asked"
        found.append(Refusal(strength, Span(one.on, None), signal_reason(code, one, ask, sources)))
    return found


# Shields --------------------------------------------------------------------------------------


def shields(ask: Asked) -> tuple[Platform | None, list[Shield]]:
    """The platform the content stands on, with its shields of any day."""
    account = ask.content.account
    if account is None or isinstance(ask.owner, Platform):
        return None, []  # what the platform itself or its licensees do is not crawling
    platform = ask.knowledge.platforms[account.platform]
    return platform, platform.shield


def standing(shield: Shield, when: date) -> bool:
    """Whether a shield is known to stand on that day."""
    return holds(Span(shield.since or shield.known_since, shield.until), when)


def refuses(shield: Shield, token: str) -> bool:
    """Whether a platform's robots.txt is known to refuse a product token."""
    named = {one.lower() for one in shield.refuses}
    if token.lower() in {one.lower() for one in shield.admits}:
        return False
    return token.lower() in named or EVERYONE in named


def _of_shields(practice: Practice, ask: Asked) -> list[Refusal]:
    """A platform's own robots.txt speaks to others' crawlers; the member has no say in it."""
    platform, walls = shields(ask)
    if platform is None or ask.content.audience not in ("public", "unknown"):
        return []
    found = []
    for shield in walls:
        began = shield.since or shield.known_since
        if began and began > ask.when:
            continue
        tokens = [token for token in practice.via if refuses(shield, token)]
        # who has no token of its own is refused only where everyone is
        if not tokens and (practice.via or EVERYONE not in shield.refuses):
            continue
        # a wall that is only remembered gives nobody's promise anything to hold to
        remembered = all_unverified(shield.sources, platform)
        strengths = [] if remembered else [heeded(token, ask)[0] for token in tokens]
        found.append(
            Refusal(
                strongest(strengths) if strengths else "asked",
                Span(shield.since or shield.known_since, shield.until),
                reason("shield-refuses", platform, shield, ask, actor=ask.owner.name),
            )
        )
    return found
