"""Verdicts as pages show them: those that read the same together, each open to its reasons.

``templates/verdict.html`` writes one of what ``rows_of`` gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from withhold.faces.report.alike import STANDINGS, read_alike, standing
from withhold.faces.report.rows import Speaker, reason, row
from withhold.faces.web.views import Ask
from withhold.faces.web.words import words_of
from withhold.verdict import STALE_CODES, PracticeAnswer, Reason, Verdict
from withhold.words import Answer, Span


class PracticeShown(Struct, frozen=True, kw_only=True):
    """What one practice answers by itself. ``reasons`` as in ``withhold/verdict/1``."""

    id: str
    what: str
    answer: Answer
    strength: str
    open: tuple[Span, ...]
    reasons: Sequence[Mapping[str, Any]]


class Shown(Struct, frozen=True, kw_only=True):
    """Verdicts that read the same but for their content. ``row`` is the first, as JSON has it."""

    verdict: Verdict
    row: Mapping[str, Any]
    name: str
    use: str
    on: str
    """The platform or site."""
    contents: Sequence[str]
    headline: str
    open: tuple[Span, ...]
    """Of a site none: only the day of the reading is known, not since when it was so."""
    stale: Sequence[str]
    """What a policy was seen to say since."""
    practices: Sequence[PracticeShown]
    beside: Sequence[Mapping[str, Any]]
    """Reasons that belong to no practice."""
    limits: Sequence[Mapping[str, Any]]
    w: Mapping[str, str]

    @property
    def look(self) -> str:
        """Which of the guide's colours it has: words say it, colours repeat it."""
        weak = self.verdict.strength in ("asked", "told")
        return "weak" if weak else self.verdict.answer


class Group(Struct, frozen=True, kw_only=True):
    """What has one answer. ``title`` is its heading."""

    answer: Answer
    title: str
    shown: Sequence[Shown]


def rows_of(ask: Ask, verdicts: Iterable[Verdict]) -> list[Shown]:
    """What ``verdict.html`` shows of them, in the language of the request; nothing is left out."""
    speaker = ask.desk.edition(ask.setting.lang, ask.setting.when).speaker
    words = words_of("account", ask.setting.lang)
    return [_shown(alike, speaker, words) for alike in read_alike(verdicts, speaker)]


def grouped(shown: Iterable[Shown], words: Mapping[str, str]) -> list[Group]:
    """By answer, as answers stand everywhere: what may be done, what is refused, what is not known.

    Of what is refused the strongest no first.
    """
    found: dict[Answer, list[Shown]] = {}
    for one in sorted(shown, key=lambda each: STANDINGS.index(standing(each.verdict))):
        found.setdefault(one.verdict.answer, []).append(one)
    return [
        Group(answer=answer, title=words[f"group_{answer}"], shown=these)
        for answer, these in found.items()
    ]


def _shown(alike: Sequence[Verdict], speaker: Speaker, words: Mapping[str, str]) -> Shown:
    first = alike[0]
    practices = _practices(alike, speaker)
    told = [why for one in practices for why in one.reasons]
    reasons = _plain((why for one in alike for why in one.reasons), first, speaker)
    limits = [why for one in alike for why in one.limits]
    stale = (speaker.sentences.say(why) for why in limits if why.code in STALE_CODES)
    return Shown(
        verdict=first,
        row=row(first, speaker),
        name=speaker.name(first.actor),
        use=speaker.sentences.use[first.use],
        on=first.site or speaker.platform(first.platform),
        contents=[speaker.content(one) for one in alike],
        headline=speaker.headline(first),
        open=() if first.site else first.open,
        stale=list(dict.fromkeys(stale)),
        practices=practices,
        beside=[one for one in reasons if one not in told],
        limits=_plain(limits, first, speaker),
        w=words,
    )


def _practices(alike: Sequence[Verdict], speaker: Speaker) -> list[PracticeShown]:
    """Each practice once, with all the reasons that it has in one of the verdicts."""
    found: dict[tuple[object, ...], list[PracticeAnswer]] = {}
    for verdict in alike:
        for one in verdict.practices:
            found.setdefault((one.id, one.answer, one.strength, one.open), []).append(one)
    first = alike[0]
    return [
        PracticeShown(
            id=same[0].id,
            what=_unsaid(_what(same[0].id, first, speaker), said),
            answer=same[0].answer,
            strength=same[0].strength or "",
            open=() if first.site else same[0].open,
            reasons=said,
        )
        for same in found.values()
        for said in [_plain((why for one in same for why in one.reasons), first, speaker)]
    ]


def _unsaid(what: str, reasons: Sequence[Mapping[str, Any]]) -> str:
    """What is done, unless a reason says it anyway."""
    return "" if any(what in one["text"] for one in reasons) else what


def _what(name: str, verdict: Verdict, speaker: Speaker) -> str:
    """What is said to be done, in one sentence; empty for what is no practice of anybody's file."""
    known = speaker.knowledge
    files = (known.platforms.get(verdict.platform), known.actors.get(verdict.actor))
    texts = (one.what for of in files if of for one in of.practice if one.id == name)
    return next((speaker.sentences.text(what) for what in texts), "")


def _plain(
    reasons: Iterable[Reason], verdict: Verdict, speaker: Speaker
) -> list[Mapping[str, Any]]:
    """Each once, as plain values."""
    found: list[Mapping[str, Any]] = []
    for one in reasons:
        plain = reason(one, verdict.when, speaker)
        if plain not in found:
            found.append(plain)
    return found
