"""Verdicts as the plain values that every format is written from: ``withhold/verdict/1``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct, to_builtins

from withhold.catalog.load import Knowledge
from withhold.catalog.sentences import Sentences
from withhold.facts import Control, Source
from withhold.verbs.conflict import Conflict
from withhold.verdict import PracticeAnswer, Reason, Step, Verdict
from withhold.words import Span

if TYPE_CHECKING:  # what keeps sites is imported when one is named
    from withhold.verbs.kept import Evidence

SCHEMA = "withhold/verdict/1"


class Speaker(Struct, frozen=True):
    """Puts verdicts into the words of one language."""

    knowledge: Knowledge
    sentences: Sentences

    def name(self, actor: str) -> str:
        """The name of an actor."""
        known = self.knowledge.actors.get(actor)
        return (self.sentences.text(known.names) or known.name) if known else actor

    def platform(self, slug: str) -> str:
        """The name of a platform."""
        known = self.knowledge.platforms.get(slug)
        return known.name if known else slug

    def headline(self, verdict: Verdict) -> str:
        """The fixed sentence of the answer, with the last check where that is overdue."""
        name = self.name(verdict.actor)
        said = self.sentences.headline(verdict, name, self.platform(verdict.platform))
        late = verdict.overdue
        return f"{said} {self.sentences.state['overdue'].format(date=late)}" if late else said

    def content(self, verdict: Verdict) -> str:
        """``posts, photos (public)``."""
        kinds = ", ".join(self.sentences.kind[one] for one in verdict.kinds)
        audience = ", ".join(self.sentences.audience[one] for one in verdict.audience)
        return f"{kinds} ({audience})"

    def control(self, ref: str) -> Control | None:
        """The control of ``platform/control``."""
        platform, _, name = ref.partition("/")
        known = self.knowledge.platforms.get(platform)
        return next((one for one in known.control if one.id == name), None) if known else None


def document(verdicts: Iterable[Verdict], when: date, speaker: Speaker, **more: Any) -> Any:
    """The JSON document of a check; stable for other programs."""
    rows = [row(one, speaker) for one in verdicts]
    return {"schema": SCHEMA, "when": str(when), **more, "verdicts": rows}


def files_of(evidence: Evidence | None) -> list[dict[str, Any]]:
    """The files of evidence as plain values; none where nothing was kept."""
    return [to_builtins(one) for one in evidence.files] if evidence else []


def row(verdict: Verdict, speaker: Speaker) -> dict[str, Any]:
    """One verdict as plain values."""
    content: dict[str, Any] = (
        {"site": verdict.site, "path": verdict.path}
        if verdict.site
        else {"platform": verdict.platform, "account": verdict.account}
    )
    content |= {"kinds": list(verdict.kinds), "audience": list(verdict.audience)}
    return {
        "actor": verdict.actor,
        "use": verdict.use,
        "content": content,
        "where": verdict.where,
        "answer": verdict.answer,
        "strength": verdict.strength,
        "headline": speaker.headline(verdict),
        "last_checked": _day(verdict.overdue),
        "stale": verdict.stale,
        "open": [_span(one) for one in verdict.open],
        "practices": [_practice(one, speaker) for one in verdict.practices],
        "reasons": [reason(one, verdict.when, speaker) for one in verdict.reasons],
        "limits": [reason(one, verdict.when, speaker) for one in verdict.limits],
        "steps": [_step(one, speaker) for one in verdict.steps],
    }


def _day(day: date | None) -> str | None:
    return str(day) if day else None


def _span(span: Span) -> dict[str, str | None]:
    return {"since": _day(span.since), "until": _day(span.until)}


def _practice(one: PracticeAnswer, speaker: Speaker) -> dict[str, Any]:
    return {
        "id": one.id,
        "answer": one.answer,
        "strength": one.strength,
        "open": [_span(span) for span in one.open],
        "reasons": [why.code for why in one.reasons],
    }


def reason(one: Reason, when: date, speaker: Speaker) -> dict[str, Any]:
    """One reason or limit: its sentence, what it rests on, and whose words those are."""
    return {
        "code": one.code,
        "text": speaker.sentences.say(one),
        "rests_on": one.rests_on,
        "last_checked": _day(one.checked),
        "recheck_due": _day(one.due),
        "overdue": one.overdue(when),
        "sources": [source(each) for each in one.sources],
    }


def source(one: Source) -> dict[str, str]:
    """Whose words, with the day they were seen and how they were read."""
    return {
        "url": one.url,
        "seen": str(one.seen),
        "kind": one.kind,
        "quote": one.quote,
        "title": one.title,
        "read": one.read,
    }


def conflict(one: Conflict, site: str, speaker: Speaker) -> dict[str, Any]:
    """One contradiction among a site's signals, with its sentence."""
    return {
        "code": one.code,
        "site": site,
        "text": say_conflict(one, speaker),
        "place": one.place,
        "line": one.line,
        "words": one.text,
    }


def say_conflict(one: Conflict, speaker: Speaker) -> str:
    """Its sentence; a use among the facts is called what it is called elsewhere."""
    facts = dict(one.facts)
    if "use" in facts:
        facts["use"] = speaker.sentences.use.get(facts["use"], facts["use"])
    gaps = {"where": one.where, "text": one.text, **facts}
    return speaker.sentences.conflict[one.code].format_map(gaps).strip()


def _step(one: Step, speaker: Speaker) -> dict[str, Any]:
    found: dict[str, Any] = {"control": one.control}
    control = speaker.control(one.control)
    if control:
        found |= {
            "kind": control.kind,
            "want": control.want,
            "minutes": control.minutes,
            "url": control.url,
            "label": dict(control.label),
            "effect": control.effect,
        }
    return found | {
        "closes": list(one.closes),
        "narrows": list(one.narrows),
        "leaves": list(one.leaves),
    }
