"""What one look of ``watch`` found, as the JSON document ``withhold/watch/1``."""

from __future__ import annotations

import json
from typing import Any

from withhold.faces.report import changes
from withhold.faces.report.rows import row, source
from withhold.faces.report.watched import due_line
from withhold.faces.report.watched_differences import difference_line
from withhold.faces.report.watched_told import Teller
from withhold.verbs.change import Change
from withhold.verbs.watch import Round, ahead_key
from withhold.verbs.watch_changes import Difference
from withhold.verbs.watch_due import DueNow
from withhold.verdict import Verdict

SCHEMA = "withhold/watch/1"


def as_json(told: Teller, *, indent: int | None = 2) -> str:
    """The document; on one line where ``indent`` is None."""
    return json.dumps(values(told), ensure_ascii=False, indent=indent)


def values(told: Teller) -> dict[str, Any]:
    """The document as plain values."""
    found = told.found
    return {
        "schema": SCHEMA,
        "when": str(found.when),
        "where": found.where,
        "since": str(found.since) if found.since else None,
        "first": list(found.first),
        "worse": told.worse,
        "differences": [_difference(one, told) for one in found.differences],
        "news": [_change(one, told) for one in found.news],
        "elsewhere": [_change(one, told) for one in found.elsewhere],
        "ahead": [_change(one, told, new=_is_new(ahead_key(one), found)) for one in found.ahead],
        "due": [_due(one, told) for one in found.due],
        "not_seen": [{"site": one.site, "why": one.why} for one in found.not_seen],
        "policies": _policies(told),
    }


def _policies(told: Teller) -> dict[str, Any] | None:
    if told.documents is None:
        return None
    from withhold.faces.report import watched_policies

    return watched_policies.values(told.documents)


def _difference(one: Difference, told: Teller) -> dict[str, Any]:
    verdict = one.shown
    return {
        "subject": one.subject,
        "effect": one.effect,
        "actor": verdict.actor,
        "use": verdict.use,
        "content": [
            {"kinds": list(each.kinds), "audience": list(each.audience)} for each in one.content
        ],
        "text": difference_line(one, told),
        "practices": list(one.practices),
        "before": _side(one.before, told),
        "after": _side(one.after, told),
        "because": [_change(each, told) for each in one.because],
    }


def _side(verdict: Verdict | None, told: Teller) -> dict[str, Any] | None:
    """One end of a difference: as in ``withhold/verdict/1``, as far as it is kept."""
    if verdict is None:
        return None
    plain = row(verdict, told.speaker)
    return {
        name: plain[name] for name in ("answer", "strength", "headline", "practices", "reasons")
    }


def _change(one: Change, told: Teller, **more: Any) -> dict[str, Any]:
    return {
        "code": one.code,
        "effect": one.effect,
        "platform": one.platform,
        "actor": one.actor,
        "thing": one.thing,
        "on": one.day,
        "precision": one.precision,
        "text": changes.sentence(one, told.speaker, told.found.where),
        "rests_on": one.rests_on,
        "sources": [source(each) for each in one.sources],
        **more,
    }


def _due(one: DueNow, told: Teller) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "on": str(one.on) if one.on else None,
        "late": one.late(told.found.when),
        "subject": one.subject,
        "ref": one.ref,
        "seen": str(one.seen) if one.seen else None,
        "text": due_line(one, told),
        "new": _is_new(one.key, told.found),
    }


def _is_new(key: str, found: Round) -> bool:
    return found.since is not None and key in found.new
