"""One answer that changed, and one change of what is known, as sentences with their sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from withhold.catalog.sentences import deciding
from withhold.faces.report import changes
from withhold.faces.report.plain import printable
from withhold.faces.report.rows import Speaker
from withhold.faces.report.watched_told import Teller
from withhold.facts import Practice, Source
from withhold.verbs.change import Change
from withhold.verbs.watch_changes import Difference
from withhold.verdict import Reason, Verdict

_SOURCES = 3


def difference_line(one: Difference, told: Teller, *, private: bool = False) -> str:
    """``LinkedIn: posts (public). Microsoft, training its AI: was NO (promised), is MAY.``

    ``private``: without the name of the account, for what leaves the machine.
    """
    verdict, speaker = one.shown, told.speaker
    name = verdict.site or account_name(one.subject, speaker, private=private)
    return told.words["was_is_site" if verdict.site else "was_is"].format(
        name=printable(name),
        content="; ".join(
            speaker.content(replace(verdict, kinds=each.kinds, audience=each.audience))
            for each in one.content
        ),
        actor=speaker.name(verdict.actor),
        use=speaker.sentences.use[verdict.use],
        before=_answer(one.before, told),
        after=_answer(one.after, told),
    )


def reasons_of(one: Difference, told: Teller) -> Iterator[str]:
    """The sentence of now and of before, then each practice that moved with its day and sources."""
    speaker, words, since = told.speaker, told.words, told.found.since
    for name, verdict in (("now_said", one.after), ("before_said", one.before)):
        if verdict is not None:
            head = words[name].format(date=since or "")
            yield f"{head}: {_headline(verdict, speaker)} {_why(verdict, speaker)}".rstrip()
    told_of = {change.thing for change in one.because}
    for change in one.because:
        yield news_line(change, told)
        yield from sources_said(change.sources, told)
    for name in one.practices:
        practice = _practice(one.shown, name, speaker)
        if practice is not None and name not in told_of:
            what = speaker.sentences.text(practice.what)
            yield f"{words['practice'].format(id=name)}: {what}{_in_force(practice, told)}"
    if one.after and one.after.reasons and not one.because:
        yield from sources_said(one.after.reasons[0].sources, told)


def news_line(change: Change, told: Teller) -> str:
    """The day, and the sentence of the change."""
    text = changes.sentence(change, told.speaker, told.found.where)
    return told.words["news_on"].format(date=change.day, text=text)


def account_name(key: str, speaker: Speaker, *, private: bool = False) -> str:
    """``Tumblr (paintings)``; ``private``: without the name of the account."""
    platform, _, name = key.partition(":")
    shown = speaker.platform(platform)
    return f"{shown} ({name})" if name and not private else shown


def _answer(verdict: Verdict | None, told: Teller) -> str:
    if verdict is None:
        return told.words["not_asked"]
    if verdict.strength is None:
        return told.words[verdict.answer]
    strength = told.short[f"strength_{verdict.strength}"]
    return told.words["disallowed_strength"].format(strength=strength)


def _headline(verdict: Verdict, speaker: Speaker) -> str:
    """The fixed sentence; what an older version kept may lack what one of today needs."""
    if not verdict.reasons:
        return ""
    return speaker.headline(verdict)


def _why(verdict: Verdict, speaker: Speaker) -> str:
    reason: Reason | None = deciding(verdict) if verdict.reasons else None
    if reason is None or reason.code not in speaker.sentences.reason:
        return ""
    return f"({printable(speaker.sentences.say(reason))})"


def _practice(verdict: Verdict, name: str, speaker: Speaker) -> Practice | None:
    known = speaker.knowledge
    platform = known.platforms.get(verdict.platform)
    actor = known.actors.get(verdict.actor)
    owned = [*(platform.practice if platform else ()), *(actor.practice if actor else ())]
    return next((one for one in owned if one.id == name), None)


def _in_force(practice: Practice, told: Teller) -> str:
    day: date | None = practice.since or practice.known_since
    if day is None:
        return ""
    name = "since" if practice.since else "known_since"
    return f" ({told.words[name].format(date=day)})"


def sources_said(sources: tuple[Source, ...], told: Teller) -> Iterator[str]:
    """Whose words, of which day, where; the first few."""
    for one in sources[:_SOURCES]:
        kind = told.speaker.sentences.source[one.kind]
        quote = f" “{one.quote}”" if one.quote else ""
        yield f"{kind}, {one.seen}: {one.url}{quote}"
