"""The dated practices and controls of a platform as rows: what its history shows, in short words.

A row is one practice or control; the sentence of the practice stands in it for the table beside
the picture. Short words come from the caller by ``say(key)``; the keys are

- what is said: ``timeline_may``, ``timeline_may_platform`` (gap ``platform``),
  ``timeline_may_reported``, ``timeline_no``, ``timeline_condition``, ``timeline_if_on``,
  ``timeline_silent``
- of whom: ``timeline_everywhere``, ``timeline_but`` (gap ``places``), ``timeline_more`` (gap
  ``n``), ``timeline_not_public``, ``timeline_minor``, ``timeline_business``, ``timeline_page``
- headings: ``timeline_use`` (gaps ``name``, ``use``), ``timeline_controls``
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from withhold.asked import label, whose_words
from withhold.faces.report.plain import printable
from withhold.faces.report.rows import Speaker
from withhold.facts import Control, Platform, Practice
from withhold.words import KINDS

Say = Callable[[str], str]
RowKind = Literal["may", "no", "condition", "silent", "control"]
SHOWN = ("train-ai", "licence-to-third-party")
"""The uses whose history is drawn, in the order of their headings."""
WIDE = 48
"""Characters that a line of the picture has room for beside its number."""
_FEW = (2, 1)
"""Kinds of content that are named where all of them, or two, would not fit."""


class Row(Struct, frozen=True, kw_only=True):
    """One practice or control from a first day up to, and without, a last one.

    ``since`` is None only where no first day at all is known; with ``since_known`` False it is
    the day of the first source that shows it. ``until`` None = still so on the day of the
    question. ``announced`` is set where it lies before the first day.
    """

    id: str
    kind: RowKind
    heading: str
    lines: tuple[str, ...]
    """What is drawn above the bar: places, kinds of content, audience; one line or two."""
    word: str = ""
    since: date | None = None
    since_known: bool = True
    precision: Literal["day", "month", "year"] = "day"
    until: date | None = None
    announced: date | None = None
    places: str = ""
    text: str = ""

    @property
    def name(self) -> str:
        """The short name, as the picture shows it."""
        return " ".join(self.lines)


def past(platform: Platform, speaker: Speaker, when: date, say: Say) -> tuple[Row, ...]:
    """The rows known on a day: by heading, then by time; the means to say no come last.

    A practice without any date is left out, and so is what was first announced, shown or in force
    after ``when``.
    """
    practices = [
        one
        for one in platform.practice
        if one.use in SHOWN and (first := _first(one)) is not None and first <= when
    ]
    drawn = {one.id for one in practices}
    controls = [
        one
        for one in dated(platform)
        if (one.since is None or one.since <= when)
        and any(reach != "not" and name in drawn for name, reach in one.covers.items())
    ]
    actors = list(dict.fromkeys(one.actor for one in sorted(practices, key=_begins)))
    actors.sort(key=lambda actor: actor != platform.operator)
    practices.sort(key=lambda one: (actors.index(one.actor), SHOWN.index(one.use), _begins(one)))
    controls.sort(key=lambda one: (one.since or one.until or when, one.id))
    return (
        *(_of_practice(one, platform, speaker, when, say) for one in practices),
        *(_of_control(one, speaker, when, say) for one in controls),
    )


def dated(platform: Platform) -> list[Control]:
    """The means to say no of which a first or a last day is known."""
    return [one for one in means(platform) if one.since or one.until]


def means(platform: Platform) -> list[Control]:
    """The means to say no, dated or not; kind ``none`` is none."""
    return [one for one in platform.control if one.kind != "none"]


def _first(one: Practice) -> date | None:
    """The first day on which anything is known of it."""
    days = (one.announced, one.since or one.known_since)
    return min((day for day in days if day), default=None)


def _begins(one: Practice) -> tuple[date, date, str]:
    start = one.since or one.known_since or one.announced or date.max
    return start, one.until or date.max, one.id


def _of_practice(one: Practice, platform: Platform, speaker: Speaker, when: date, say: Say) -> Row:
    kind, word = _said(one, platform, say)
    since = one.since or one.known_since
    use = speaker.sentences.use[one.use]
    return Row(
        id=one.id,
        kind=kind,
        heading=say("timeline_use").format(name=speaker.name(one.actor), use=use),
        lines=_about(one, speaker, say),
        word=word,
        since=since,
        since_known=one.since is not None,
        precision=one.since_precision,
        until=_over(one.until, when),
        announced=one.announced if one.announced and one.announced < (since or when) else None,
        places=_places(one, say, lambda code: _place(code, speaker)),
        text=speaker.sentences.text(one.what),
    )


def _of_control(one: Control, speaker: Speaker, when: date, say: Say) -> Row:
    words = printable(speaker.sentences.text(label(one)))
    return Row(
        id=one.id,
        kind="control",
        heading=say("timeline_controls"),
        lines=_wrapped(words),
        since=one.since,
        since_known=one.since is not None,
        until=_over(one.until, when),
        places=_places(one, say, lambda code: _place(code, speaker)),
        text=speaker.sentences.text(one.note),
    )


def _over(until: date | None, when: date) -> date | None:
    return until if until and until <= when else None


def _said(one: Practice, platform: Platform, say: Say) -> tuple[RowKind, str]:
    """What is said, and the word for it; a yes in others' words is shown as theirs."""
    if one.default == "off" and one.says in ("yes", "conditional"):
        return "condition", say("timeline_if_on")
    if one.says == "yes":
        whose = whose_words(one, platform)
        key = "timeline_may" if whose == "own" else f"timeline_may_{whose}"
        return "may", say(key).format(platform=platform.name)
    if one.says == "conditional":
        return "condition", say("timeline_condition")
    return one.says, say(f"timeline_{one.says}")


# Whom and what it is said of -----------------------------------------------------------------


def _about(one: Practice, speaker: Speaker, say: Say) -> tuple[str, ...]:
    """Places, kinds of content, audience, kept short: on one line where they fit, else on two."""
    codes = [*one.places, *one.not_places]
    short = speaker.sentences.change
    places = _places(
        one,
        say,
        lambda code: _place(code, speaker) if len(codes) == 1 else short.get(f"group-{code}", code),
    )
    kinds = [speaker.sentences.kind[kind] for kind in KINDS if kind in one.content]
    who = _who(one, speaker, say)
    *whats, shortest = (
        " · ".join([_some(kinds, few, say), *who]) for few in (len(kinds), *_FEW) if few
    )
    for what in whats:
        if len(line := f"{places}: {what}") <= WIDE:
            return (line,)
    second = next((what for what in whats if len(what) <= WIDE), shortest)
    return (*_wrapped(f"{places}:", 1), *_wrapped(second, 1))


def _some(kinds: Sequence[str], few: int, say: Say) -> str:
    """The first few kinds by name, the others by number."""
    named = ", ".join(kinds[:few])
    left = len(kinds) - few
    return f"{named} {say('timeline_more').format(n=left)}" if left > 0 else named


def _who(one: Practice, speaker: Speaker, say: Say) -> list[str]:
    """Audience, plan and kind of account, where they narrow it down."""
    found = []
    if len(one.audience) == 1:
        found.append(speaker.sentences.audience[one.audience[0]])
    elif "public" not in one.audience:
        found.append(say("timeline_not_public"))
    if one.plans:
        found.append(", ".join(one.plans))
    if one.account_kinds and "personal" not in one.account_kinds:
        found.append(", ".join(say(f"timeline_{each}") for each in one.account_kinds))
    return found


def _place(code: str, speaker: Speaker) -> str:
    return speaker.knowledge.places.name(code, speaker.sentences.lang)


def _places(one: Practice | Control, say: Say, name: Callable[[str], str]) -> str:
    """Where it holds: ``everywhere``, ``all but EU, GB``, ``Brazil``."""
    here = say("timeline_everywhere")
    if one.places != ["WORLD"]:
        here = ", ".join(name(code) for code in one.places)
    if not one.not_places:
        return here
    but = say("timeline_but").format(places=", ".join(name(code) for code in one.not_places))
    return but if one.places == ["WORLD"] else f"{here}; {but}"


def _wrapped(text: str, lines: int = 2) -> tuple[str, ...]:
    """At most so many lines that fit, cut with an ellipsis."""
    return tuple(textwrap.wrap(text, WIDE, max_lines=lines, placeholder=" …")) or ("",)


def headings(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The rows under their headings, in order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.heading, []).append(row)
    return list(found.items())
