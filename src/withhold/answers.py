"""What one practice answers: before and after all that says no, and since when it stands open.

Pure, as the question is that is made of these answers.
"""

from __future__ import annotations

from collections.abc import Sequence

from withhold.asked import REQUESTS, Asked, days, holds, law_checked, reason, whose_words
from withhold.by_letter import letter_reason, letters
from withhold.controls import controls, runs, state_reason
from withhold.facts import Practice
from withhold.refusals import Refusal, refusals, shields
from withhold.told_by_signals import (
    ROBOTS,
    UNREAD,
    heard,
    is_control,
    refused_by,
    signal_reason,
    unread,
)
from withhold.verdict import PracticeAnswer, Reason, both, strongest, up_to, without
from withhold.words import Answer, Span, Statement, Strength

Said = tuple[Practice, Asked, PracticeAnswer]
_SAID = {"yes": "says-yes", "conditional": "conditional", "silent": "policy-silent"}


def counted(said: list[Said]) -> list[Said]:
    """Without what is only known from later on, where the actor says no on the day asked.

    That such a practice began earlier is a guess; the actor's own no of that day is not. Its
    unknown beginning stays in the limits.
    """
    known = [one for one in said if one[2].reasons[0].code != "not-known-then"]
    if not any(one.says == "no" for one, _, _ in known):
        return said
    return [one for one in said if one in known or one[2].strength]


def answer_of(practice: Practice, ask: Asked) -> PracticeAnswer:
    """What it answers on the day asked, with every reason; none of them is dropped."""
    active = [one for one in refusals(practice, ask) if one.holds(ask.when)]
    answer, strength, said = _say(practice, ask, active)
    return PracticeAnswer(
        id=practice.id,
        answer=answer,
        strength=strength,
        open=up_to(open_spans(practice, ask), ask.when),
        reasons=(said, *(one.reason for one in active), *_beside(practice, answer, ask)),
    )


def _say(
    practice: Practice, ask: Asked, active: Sequence[Refusal]
) -> tuple[Answer, Strength | None, Reason]:
    strengths: list[Strength] = [one.strength for one in active]
    known_since = practice.known_since if practice.since is None else None
    later = known_since is not None and ask.when < known_since
    if later:
        # a promise that is known only from later on was not seen on this day
        strengths = ["asked" if one == "promised" else one for one in strengths]
        if not strengths or practice.says == "no":
            said = reason("not-known-then", ask.owner, practice, ask, known_since=str(known_since))
            if not strengths:
                return "unknown", None, said
            return "disallowed", strongest(strengths), said
    if practice.says == "no":
        said = reason("says-no", ask.owner, practice, ask)
        return "disallowed", strongest([*strengths, "promised"]), said
    said = _base(practice, ask)
    if _opt_in(practice) and not later and not _switched_on(practice, ask):
        strengths.append("promised")
    if strengths:
        return "disallowed", strongest(strengths), said
    if _opt_in(practice):  # switched on by the owner, and not off again
        return "allowed", None, said
    if practice.says != "yes":
        return "unknown", None, said
    missing = _missing(practice, ask)
    if practice.via and not any(holds(one, ask.when) for one in _let_in(practice, ask)):
        if missing:
            return "unknown", None, signal_reason(_unread_code(missing[0]), missing[0], ask)
        return "unknown", None, reason("signal-not-read", ask.owner, practice, ask)
    if missing:
        return "unknown", None, signal_reason(_unread_code(missing[0]), missing[0], ask)
    return "allowed", None, said


def _base(practice: Practice, ask: Asked) -> Reason:
    """What the actor says, before anyone said no."""
    code, whose = _SAID[practice.says], whose_words(practice, ask.owner)
    if code == "says-yes" and whose != "own":
        code = f"{whose}-yes"
    if _opt_in(practice):
        code = "off-by-default"
    elif practice.says == "yes" and practice.default == "on":
        code = "on-by-default"
    facts: dict[str, str | dict[str, str]] = {"whose": whose, "platform": ask.owner.name}
    if practice.condition:
        facts["condition"] = practice.condition
    if practice.since:
        facts["since"] = str(practice.since)
    return reason(code, ask.owner, practice, ask, **facts)


def _opt_in(practice: Practice) -> bool:
    """Off until the owner turns it on, by the actor's word; who is silent gave no word."""
    return practice.default == "off" and practice.says in ("yes", "conditional")


# What could not be read -----------------------------------------------------------------------


def _missing(practice: Practice, ask: Asked) -> list[Statement]:
    """What could not be fetched, where a no that would change the answer may stand.

    A file that lets in one of the ways is read: what stands in it is known.
    """
    robots = heard(practice, ask)
    if any(one.allowed is not None for one in robots):
        robots = []
    return [*(one for one in robots if one.why in UNREAD), *unread(practice, ask)]


def _unread_code(one: Statement) -> str:
    if one.why == "unreachable-429":
        return "signal-rate-limited"
    if one.why == "unreadable":
        return "signal-part-unreadable"
    return "signal-unreachable" if one.signal == ROBOTS else "signal-part-unreachable"


# Since when it stands open --------------------------------------------------------------------


def open_spans(practice: Practice, ask: Asked) -> tuple[Span, ...]:
    """The spans in which this practice could use the content, on any day."""
    opt_in = _opt_in(practice)
    if practice.says in ("no", "silent") or (practice.says == "conditional" and not opt_in):
        return ()
    account, content = ask.content.account, ask.content
    starts = [practice.since or practice.known_since, content.posted, account and account.since]
    if "public" not in practice.audience:  # it could not reach what was public still
        starts.append(content.public_until)
    ends = [practice.until]
    if not reaches_now(practice, ask):
        ends.append(content.public_until)
    since = max((day for day in starts if day), default=None)
    until = min((day for day in ends if day), default=None)
    if since and until and since >= until:
        return ()
    spans: tuple[Span, ...] = (Span(since, until),)
    if opt_in:
        spans = both(spans, _switched_on(practice, ask))
    if practice.via and ask.content.account:
        spans = both(spans, _let_in(practice, ask))
    elif practice.via:  # a site: of its file only the day of the reading is known
        spans = _let_in(practice, ask) if any(holds(one, ask.when) for one in spans) else ()
    elif ask.content.site and _missing(practice, ask):
        return ()
    return without(spans, (one.span for one in refusals(practice, ask)))


def reaches_now(practice: Practice, ask: Asked) -> bool:
    """False for what reached the content only while the account was public."""
    content = ask.content
    if content.public_until and ask.when < content.public_until:
        return "public" in practice.audience
    return content.audience == "unknown" or content.audience in practice.audience


def _let_in(practice: Practice, ask: Asked) -> tuple[Span, ...]:
    """Since when a signal that was read is known to let the tokens in; not read is not let in."""
    platform, found = shields(ask)
    if platform is not None:
        return tuple(
            Span(one.since or one.known_since, one.until)
            for one in found
            if one.stance == "open" or all(token in one.admits for token in practice.via)
        )
    statements = heard(practice, ask)
    fetchers = [one for one in practice.via if not is_control(one, ask)]
    let_in = [one.token.lower() for one in statements if one.allowed]
    ways = [one for one in (fetchers or practice.via) if one.lower() in let_in]
    if _missing(practice, ask):
        return ()
    # of a file that was read once only the day of the reading is known, not since when it was so
    return (Span(None, None),) if ways and not refused_by(practice, statements, ask) else ()


def _switched_on(practice: Practice, ask: Asked) -> list[Span]:
    """Of an opt-in: the spans in which a control that governs it stood in its other state."""
    return [
        run.span
        for control in controls(ask)
        if control.covers.get(practice.id) == "full" and control.kind not in REQUESTS
        for run in runs(control, ask)
        if not run.refuses
    ]


# What stands beside it ------------------------------------------------------------------------


def _beside(practice: Practice, answer: Answer, ask: Asked) -> list[Reason]:
    """What was done or could be cited, and does not close the practice by itself."""
    found = []
    if practice.via and answer == "allowed":
        found += [signal_reason("signal-open", one, ask) for one in heard(practice, ask)]
    for control in controls(ask):
        covers = control.covers.get(practice.id)
        for run in runs(control, ask)[-1:]:
            last = run.states[-1]
            if run.refuses and covers == "part":
                found.append(state_reason("control-covers-part", control, last, ask))
            elif run.refuses and covers == "not":
                found.append(state_reason("control-leaves-open", control, last, ask))
            elif not run.refuses and covers == "full":
                code = "request-refused" if control.kind in REQUESTS else "switch-on"
                found.append(state_reason(code, control, last, ask))
    found += [
        letter_reason(one.last.states[-1], practice, ask)
        for one in letters(practice, ask)
        if not one.last.refuses
    ]
    if answer == "disallowed" or not practice.basis:
        return found
    for law in ask.knowledge.laws.values():
        in_force = holds(Span(law.in_force, law.until), ask.when)
        here = ask.knowledge.places.applies(ask.where, law.places)
        if practice.basis in law.bases and here and in_force:
            found.append(
                Reason(
                    code="law-lets-object",
                    facts={"law": law.name, "cite": law.cite, "what": law.what},
                    sources=tuple(law.source.values()),
                    rests_on=f"laws/{law.id}.toml",
                    checked=law_checked(law),
                    due=law_checked(law) + days(law.recheck_after),
                )
            )
    return found
