"""What changed, when and for whom, from knowledge alone: no network, no store, no clock.

The ``effect`` is for the person, and follows the answer the question would give: from no to "not
known" or to "may" is worse, the other way is better. What the knowledge does not tell is
``unclear``: a fact that a source merely shows on a day and that follows on nothing known, a text
that falls silent, other words for the same answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import chain

from withhold.asked import Owner
from withhold.catalog.load import Knowledge
from withhold.facts import Control, Platform, Shield, Text
from withhold.law_facts import Forbids, Law
from withhold.verbs.change import Change, Code, Effect, concerns, joined, sources_of
from withhold.verbs.practices_changed import graded, practices_changed

__all__ = ["TRAINING", "Change", "Code", "Effect", "changes", "concerns"]

TRAINING = ("train-ai", "licence-to-third-party")
"""The uses told of where no others are asked for: training, and passing on to those who train."""
_STANCES: dict[str, tuple[int, Code]] = {
    "closed": (0, "shield-closed"),
    "part": (1, "shield-part"),
    "open": (2, "shield-opened"),
}


def changes(
    knowledge: Knowledge,
    when: date,
    since: date | None = None,
    uses: Collection[str] = TRAINING,
) -> list[Change]:
    """All changes from ``since`` up to and with the day ``when``, newest first.

    What takes effect later is told only where it was announced by then. What has no date at all
    (a control of which nobody says since when) is no change.
    """
    owners: list[Owner] = [*knowledge.platforms.values(), *knowledge.actors.values()]
    found = chain(
        chain.from_iterable(practices_changed(owner, knowledge, uses) for owner in owners),
        chain.from_iterable(
            _controls(platform, knowledge, uses) for platform in knowledge.platforms.values()
        ),
        chain.from_iterable(
            _shields(platform, knowledge)
            for platform in knowledge.platforms.values()
            if "train-ai" in uses
        ),
        chain.from_iterable(_laws(law, knowledge, uses) for law in knowledge.laws.values()),
    )
    told = (one for one in found if one.on <= when and (since is None or since <= one.on))
    return sorted(told, key=lambda one: (-one.on.toordinal(), *_order(one)))


def _order(one: Change) -> tuple[str, ...]:
    """Of one day: by platform, actor and thing; texts last, so that the order never hangs open."""
    return one.platform, one.actor, one.thing, one.code, one.what.get("en", "")


# Controls -------------------------------------------------------------------------------------


def _controls(platform: Platform, knowledge: Knowledge, uses: Collection[str]) -> Iterator[Change]:
    """Controls offered, withdrawn, replaced, and those that carry other words."""
    counted = {one.id: one for one in platform.practice if one.use in uses}

    def reached(control: Control) -> set[str]:
        return {name for name, how in control.covers.items() if how != "not"} & set(counted)

    means = [one for one in platform.control if one.kind != "none" and reached(one)]
    replaced: set[str] = set()
    for one in means:
        if one.since is None:
            continue
        before = [old for old in means if old.until == one.since and reached(old) & reached(one)]
        replaced.update(old.id for old in before)
        yield _control(
            one,
            "control-replaced" if before else "control-offered",
            one.since,
            "unclear" if before else "better",
            platform,
            knowledge,
            before=joined(_words(old) for old in before),
        )
    for one in means:
        if one.until and one.id not in replaced:
            ends = [counted[name].until for name in reached(one)]
            pointless = all(end is not None and end <= one.until for end in ends)
            effect: Effect = "unclear" if pointless else "worse"
            yield _control(one, "control-withdrawn", one.until, effect, platform, knowledge)
        for old in one.old_labels:
            if old.until:
                text = {"en": old.text, old.lang: old.text}
                yield _control(
                    one, "label-changed", old.until, "unclear", platform, knowledge, before=text
                )


def _control(
    one: Control,
    code: Code,
    on: date,
    effect: Effect,
    platform: Platform,
    knowledge: Knowledge,
    before: Text | None = None,
) -> Change:
    return Change(
        on=on,
        code=code,
        effect=effect,
        platform=platform.id,
        actor=platform.operator,
        thing=one.id,
        places=tuple(one.places),
        not_places=tuple(one.not_places),
        what=_words(one),
        before=before or {},
        sources=sources_of(platform, one.sources),
        rests_on=knowledge.file_of(platform, one.id),
        kind=one.kind,
    )


def _words(control: Control) -> Text:
    """The words on the page; none where they are not known."""
    return dict(control.label)


# Shields --------------------------------------------------------------------------------------


def _shields(platform: Platform, knowledge: Knowledge) -> Iterator[Change]:
    """What a platform's own robots.txt refuses to others' crawlers, as far as it is dated."""
    known = [one for one in platform.shield if one.stance in _STANCES]
    followed: list[Shield] = []
    for one in known:
        on = one.since or one.known_since
        if on is None:
            continue
        before = [old for old in known if old.until == on]
        followed += before
        open_now, code = _STANCES[one.stance]
        effect: Effect = "unclear"
        if before:
            # of several at once the most closed one told how closed it was
            effect = graded(min(_STANCES[old.stance][0] for old in before), open_now)
            if effect == "unclear":
                code = "shield-changed"
        elif one.since:
            effect = "worse" if one.stance == "open" else "better"
        text = joined(old.what for old in before)
        yield _shield(one, code, on, effect, platform, knowledge, text)
    for one in known:
        if one.until and one not in followed:
            effect = "unclear" if one.stance == "open" else "worse"
            yield _shield(one, "shield-ends", one.until, effect, platform, knowledge, {})


def _shield(
    one: Shield,
    code: Code,
    on: date,
    effect: Effect,
    platform: Platform,
    knowledge: Knowledge,
    before: Text,
) -> Change:
    return Change(
        on=on,
        precision="known" if one.since is None and code != "shield-ends" else "day",
        code=code,
        effect=effect,
        platform=platform.id,
        actor=platform.operator,
        thing="shield",
        what=one.what,
        before=before,
        sources=sources_of(platform, one.sources),
        rests_on=knowledge.file_of(platform, "shield"),
    )


# Laws -----------------------------------------------------------------------------------------


def _laws(law: Law, knowledge: Knowledge, uses: Collection[str]) -> Iterator[Change]:
    """A law that comes into force or ends; of one that forbids practices, each platform's ban."""
    for ban in law.forbids:
        yield from _bans(law, ban, knowledge, uses)
    if not law.forbids:
        gives_a_right = bool(law.bases)
        if law.in_force:
            yield _law(law, "law-in-force", law.in_force, "better" if gives_a_right else "unclear")
        if law.until:
            yield _law(law, "law-ends", law.until, "worse" if gives_a_right else "unclear")


def _bans(law: Law, ban: Forbids, knowledge: Knowledge, uses: Collection[str]) -> Iterator[Change]:
    for platform in knowledge.platforms.values():
        named = [
            one
            for one in platform.practice
            if f"{platform.id}/{one.id}" in ban.practices and one.use in uses
        ]
        if not named:
            continue
        for code, on, effect in _both_ends(ban):
            yield _law(law, code, on, effect, platform.id, named[0].actor, ban)


def _both_ends(ban: Forbids) -> Iterator[tuple[Code, date, Effect]]:
    yield "law-forbids", ban.since, "better"
    if ban.until:
        yield "law-lifted", ban.until, "worse"


def _law(
    law: Law,
    code: Code,
    on: date,
    effect: Effect,
    platform: str = "",
    actor: str = "",
    ban: Forbids | None = None,
) -> Change:
    named = ban.sources if ban else list(law.source)
    return Change(
        on=on,
        code=code,
        effect=effect,
        platform=platform,
        actor=actor,
        thing=law.id,
        places=tuple(ban.places if ban else law.places),
        what={
            lang: f"{law.name.get(lang) or law.name.get('en', '')} ({law.cite}): {text}"
            for lang, text in law.what.items()
        },
        sources=tuple(law.source[name] for name in named if name in law.source),
        rests_on=f"laws/{law.id}.toml",
    )
