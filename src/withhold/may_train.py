"""THE question: may this actor use this content to train its AI, by whose words, since when?

Pure: no clock, no network, no disk. What is known and what was seen are arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from withhold.catalog.load import Knowledge
from withhold.facts import Platform, Practice
from withhold.limits import limits
from withhold.refusals import (
    REQUESTS,
    ROBOTS,
    UNREAD,
    Asked,
    Refusal,
    Seen,
    controls,
    days,
    heard,
    holds,
    is_control,
    law_checked,
    reason,
    refusals,
    refused_by,
    runs,
    shields,
    signal_reason,
    state_reason,
    unread,
    whose_words,
)
from withhold.verdict import (
    PracticeAnswer,
    Reason,
    Step,
    Verdict,
    both,
    combine,
    strongest,
    union,
    up_to,
    without,
)
from withhold.words import Answer, Content, Span, Statement, Strength

_SAID = {"yes": "says-yes", "conditional": "conditional", "silent": "policy-silent"}


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
    now = [one for one in touching if _in_force(one[0], when) and _reaches_now(*one)]
    said = _counted([(*one, _answer(*one)) for one in now])
    answers = [answer for _, _, answer in said]
    answer, strength = combine(answers)
    spans = up_to(union(span for one in touching for span in _open(*one)), when)
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
        limits=_once(limits(touching, now, answer, spans, ask)),
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


def _reaches_now(practice: Practice, ask: Asked) -> bool:
    """False for what reached the content only while the account was public."""
    content = ask.content
    if content.public_until and ask.when < content.public_until:
        return "public" in practice.audience
    return content.audience == "unknown" or content.audience in practice.audience


# What one practice answers --------------------------------------------------------------------

Said = tuple[Practice, Asked, PracticeAnswer]


def _counted(said: list[Said]) -> list[Said]:
    """Without what is only known from later on, where the actor says no on the day asked.

    That such a practice began earlier is a guess; the actor's own no of that day is not. Its
    unknown beginning stays in the limits.
    """
    if not any(one.says == "no" and answer.strength for one, _, answer in said):
        return said
    return [one for one in said if one[2].reasons[0].code != "not-known-then"]


def _answer(practice: Practice, ask: Asked) -> PracticeAnswer:
    active = [one for one in refusals(practice, ask) if one.holds(ask.when)]
    answer, strength, said = _say(practice, ask, active)
    return PracticeAnswer(
        id=practice.id,
        answer=answer,
        strength=strength,
        open=up_to(_open(practice, ask), ask.when),
        reasons=(said, *(one.reason for one in active), *_beside(practice, answer, ask)),
    )


def _say(
    practice: Practice, ask: Asked, active: Sequence[Refusal]
) -> tuple[Answer, Strength | None, Reason]:
    strengths: list[Strength] = [one.strength for one in active]
    known_since = practice.known_since if practice.since is None else None
    if known_since and ask.when < known_since:
        if not strengths:
            said = reason("not-known-then", ask.owner, practice, ask, known_since=str(known_since))
            return "unknown", None, said
        # a promise to heed that is known only from later on was not seen on this day
        strengths = ["asked" if one == "promised" else one for one in strengths]
    if practice.says == "no":
        said = reason("says-no", ask.owner, practice, ask)
        return "disallowed", strongest([*strengths, "promised"]), said
    said = _base(practice, ask)
    if _opt_in(practice) and not _switched_on(practice, ask):
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
    return "signal-unreachable" if one.signal == ROBOTS else "signal-part-unreachable"


def _opt_in(practice: Practice) -> bool:
    """Off until the owner turns it on, by the actor's word; who is silent gave no word."""
    return practice.default == "off" and practice.says in ("yes", "conditional")


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


def _open(practice: Practice, ask: Asked) -> tuple[Span, ...]:
    """The spans in which this practice could use the content, on any day."""
    opt_in = _opt_in(practice)
    if practice.says in ("no", "silent") or (practice.says == "conditional" and not opt_in):
        return ()
    account, content = ask.content.account, ask.content
    starts = (practice.since or practice.known_since, content.posted, account and account.since)
    ends = [practice.until]
    if not _reaches_now(practice, ask):
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
    if answer == "disallowed" or not practice.basis:
        return found
    for law in ask.knowledge.laws.values():
        in_force = law.in_force is None or law.in_force <= ask.when
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
