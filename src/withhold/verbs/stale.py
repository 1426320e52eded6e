"""Which answers are behind what a policy was seen to say: marked, never changed.

Of a policy that was seen after what is known here was, a sentence that clearly contradicts a
practice, or that is about something of which nothing is known, becomes a limit of the verdicts it
concerns. A sentence found by a machine makes no answer, in either direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.load import Knowledge
from withhold.catalog.policies import documents
from withhold.facts import Platform, Source
from withhold.keep import Store
from withhold.policies.against import Compared, against
from withhold.policies.clause import Clause
from withhold.policies.document import Document
from withhold.policies.reading import Reading
from withhold.policies.same_practice import About, spread
from withhold.verdict import Reason, Verdict

_QUOTED = 25


class Kept(Struct, frozen=True, kw_only=True):
    """A policy as it was last seen: whose, where it is served, for whom, and its clauses.

    ``of`` is the platform, ``document`` its id in ``knowledge/policies/``; ``places`` empty = not
    stated.
    """

    of: str
    document: str
    url: str
    seen: date
    clauses: tuple[Clause, ...]
    title: str = ""
    places: tuple[str, ...] = ()
    in_force: date | None = None


class _Behind(Struct, frozen=True):
    """A clause that differs, of which document, and what of knowledge it is held against."""

    one: Compared
    kept: Kept
    about: About
    reason: Reason


def marked(
    verdicts: Sequence[Verdict], kept: Iterable[Kept], knowledge: Knowledge
) -> list[Verdict]:
    """The verdicts, those that are behind a policy with the limit that says so.

    Seen after the day of a question, or not yet in force on it, a policy says nothing of it.
    """
    days = {one.when for one in verdicts}
    behind = {
        day: [
            found
            for one in kept
            if one.seen <= day and (one.in_force is None or one.in_force <= day)
            for found in _behind(one, knowledge, day)
        ]
        for day in days
    }
    return [_with(one, behind[one.when]) for one in verdicts]


def _with(verdict: Verdict, behind: Iterable[_Behind]) -> Verdict:
    limits = list(verdict.limits)
    for one in behind:
        if _concerns(one, verdict) and one.reason not in limits:
            limits.append(one.reason)
    return replace(verdict, limits=tuple(limits)) if len(limits) > len(verdict.limits) else verdict


def _behind(kept: Kept, knowledge: Knowledge, day: date) -> list[_Behind]:
    platform = knowledge.platforms.get(kept.of)
    if platform is None:
        return []
    about = About(owner=platform, knowledge=knowledge, places=kept.places)
    reading = Reading(document=Document(places=kept.places), clauses=kept.clauses)
    found = []
    for one in against(reading, about, day).compared:
        reason = _reason(one, kept, platform)
        if reason is not None:
            found.append(_Behind(one, kept, about, reason))
    return found


def _reason(one: Compared, kept: Kept, platform: Platform) -> Reason | None:
    """The limit; None for what agrees, is not clear, or is older than what is known."""
    clause = one.clause
    if clause.since is not None and clause.since > kept.seen:
        return None
    if one.stand == "contradicts" and _newest(one.practices, platform) < kept.seen:
        code = "policy-differs"
    elif one.stand == "missing" and one.actors:
        code = "policy-says-more"
    else:
        return None
    source = Source(
        url=kept.url,
        kind="official",
        seen=kept.seen,
        title=kept.title,
        quote=" ".join(clause.sentence.split()[:_QUOTED]),
    )
    facts: dict[str, str | dict[str, str]] = {
        "name": platform.name,
        "date": str(kept.seen),
        "sentence": clause.sentence,
    }
    if code == "policy-differs":
        facts["known"] = ", ".join(one.practices)
    rests_on = f"policies/{kept.of}.toml#{kept.document}"
    return Reason(code=code, facts=facts, sources=(source,), rests_on=rests_on, checked=kept.seen)


def _newest(practices: Iterable[str], platform: Platform) -> date:
    """The last day on which a source of these practices was seen."""
    wanted = set(practices)
    named = [one for one in platform.practice if one.id in wanted]
    seen = [platform.source[s].seen for one in named for s in one.sources if s in platform.source]
    return max(seen, default=date.min)


def _concerns(behind: _Behind, verdict: Verdict) -> bool:
    """Whether a clause is about what a verdict answers: actor, use, content, audience, place."""
    one, clause = behind.one, behind.one.clause
    if verdict.platform != behind.kept.of or verdict.use != clause.use:
        return False
    if one.stand == "contradicts" and {p.id for p in verdict.practices}.isdisjoint(one.practices):
        return False
    if one.stand == "missing" and verdict.actor not in one.actors:
        return False
    if clause.content and set(clause.content).isdisjoint(verdict.kinds):
        return False
    if clause.audience and set(clause.audience).isdisjoint(verdict.audience):
        return False
    places, but = behind.about.where(clause)
    known = behind.about.knowledge.places
    return verdict.where in spread(known, places or ("WORLD",), but)


def kept_of(store: Store, platform: str, root: Path) -> list[Kept]:
    """The policies of a platform as the store last saw them; no text is read again."""
    seen = store.policies.documents()
    found = []
    for owner, document in documents(root, [platform]) if seen else ():
        name = f"{owner}/{document.id}"
        if name not in seen:
            continue
        good = [one for one in store.policies.looks(name) if one.good]
        # what it says stands with the look that brought the text; later ones confirm it
        brought = next((one for one in reversed(good) if one.outcome != "same"), None)
        if brought is None or not brought.said:
            continue
        listed = () if "WORLD" in document.places else tuple(document.places)
        found.append(
            Kept(
                of=owner,
                document=document.id,
                url=document.url,
                seen=good[-1].on,
                clauses=brought.said,
                title=brought.title or document.title,
                places=brought.places or listed,
                in_force=brought.in_force,
            )
        )
    return found


def mark(
    verdicts: Sequence[Verdict], home: Path, root: Path, knowledge: Knowledge
) -> list[Verdict]:
    """The same with the policies that the store of a home has seen."""
    platforms = dict.fromkeys(one.platform for one in verdicts if one.platform)
    with Store.read(home) as store:
        kept = [one for slug in platforms for one in kept_of(store, slug, root)]
    return marked(verdicts, kept, knowledge) if kept else list(verdicts)
