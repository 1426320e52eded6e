"""A history of policies as JSON, CSV, Markdown or HTML: ``withhold/policy-history/1``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from withhold.faces.report.plain import cell, markdown
from withhold.faces.report.policy_history_said import Told, cut, in_force, told_pairs
from withhold.policies.clause import Clause
from withhold.policies.replay import Step
from withhold.policies.versions import Change, Pair
from withhold.verbs.policy_history import Past

SCHEMA = "withhold/policy-history/1"
COLUMNS = (
    "service",
    "document",
    "seen",
    "outcome",
    "grade",
    "noticed",
    "against",
    "published",
    "in_force",
    "clause",
    "why",
    "says_before",
    "before",
    "says",
    "after",
    "control",
    "overlap",
    "kind",
    "file",
)


def as_json(told: Told) -> str:
    """``withhold/policy-history/1``: every version, told or not, with why it was not."""
    body = {
        "schema": SCHEMA,
        "source": told.history.source,
        "since": _day(told.since),
        "documents": [_document(one) for one in told.history.documents],
        "gaps": [
            {"why": one.why, "document": one.of or None, "where": one.where or None}
            for one in told.history.gaps
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def _document(past: Past) -> dict[str, Any]:
    return {
        "service": past.service,
        "document": past.doc,
        "versions": past.versions,
        "compared": past.used,
        "first": str(past.first),
        "last": str(past.last),
        "silent": past.silent,
        "now": [_clause(one) for one in past.now],
        "steps": [_step(one) for one in past.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "seen": str(step.version.day),
        "where": step.version.where,
        "kind": step.version.record,
        "outcome": step.outcome,
        "noticed": step.noticed,
        "against": _day(step.against),
        "silent": step.silent,
        "change": None if step.change is None else _change(step.change),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "grade": change.grade,
        "published": _day(change.published),
        "in_force": [str(one) for one in change.days_in_force],
        "announced": change.announced,
        "overlap": round(change.overlap, 3),
        "other_language": change.other_language,
        "pairs": [_pair(one) for one in change.pairs],
        "restrictions": [_pair(one) for one in change.restrictions],
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "grade": pair.grade,
        "why": list(pair.why),
        "before": None if pair.before is None else _clause(pair.before),
        "after": None if pair.after is None else _clause(pair.after),
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "sentence": clause.sentence,
        "says": clause.says,
        "actor": clause.actor,
        "actor_name": clause.actor_name or None,
        "content": list(clause.content),
        "audience": list(clause.audience),
        "places": list(clause.places),
        "not_places": list(clause.not_places),
        "control": clause.control.kind,
        "control_url": clause.control.url or None,
        "default": clause.default,
        "reach": clause.reach,
        "since": _day(clause.since),
        "headings": list(clause.headings),
        "lead": clause.lead or None,
    }


def _day(day: date | None) -> str | None:
    return str(day) if day else None


def as_csv(told: Told) -> str:
    """One row a clause that a version changed, or one a version; then one a gap."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in _rows(told):
        writer.writerow({key: cell(said) for key, said in row.items()})
    return out.getvalue().rstrip("\n")


def _rows(told: Told) -> Iterator[dict[str, str]]:
    for past in told.history.documents:
        for step in past.steps:
            of_version = {
                "service": past.service,
                "document": past.doc,
                "seen": str(step.version.day),
                "outcome": step.outcome,
                "noticed": "yes" if step.noticed else "no",
                "kind": step.version.record,
                "file": step.version.where,
            }
            if step.change is not None:
                of_version |= {
                    "grade": step.change.grade,
                    "against": _day(step.against) or "",
                    "published": _day(step.change.published) or "",
                    "in_force": in_force(step.change),
                    "overlap": f"{step.change.overlap:.3f}",
                }
            pairs = told_pairs(step.change) if step.change is not None else []
            for pair in pairs:
                yield of_version | _cells(pair)
            if not pairs:
                yield of_version
    for gap in told.history.gaps:
        service, _, doc = gap.of.partition("/")
        yield {
            "service": service,
            "document": doc,
            "outcome": f"gap: {gap.why}",
            "noticed": "no",
            "file": gap.where,
        }


def _cells(pair: Pair) -> dict[str, str]:
    before, after = pair.before, pair.after
    return {
        "clause": pair.grade,
        "why": " ".join(pair.why),
        "says_before": before.says if before else "",
        "before": before.sentence if before else "",
        "says": after.says if after else "",
        "after": after.sentence if after else "",
        "control": after.control.kind if after else "",
    }


def as_markdown(told: Told) -> str:
    """A table of the changes, then document by document the sentences; then what raises nothing."""
    words = told.words
    lines = [f"# {markdown(told.headline)}", "", words["about"], "", told.source, ""]
    if told.none:
        lines += [told.none, ""]
    else:
        names = ("document", "day", "grade", "in_force", "why")
        lines.append("| " + " | ".join(words[f"col_{one}"] for one in names) + " |")
        lines.append("|" + "---|" * len(names))
        lines += ["| " + " | ".join(_cell(one) for one in row) + " |" for row in table(told)]
    for past in told.history.documents:
        lines += ["", f"## {markdown(told.document(past))}", "", told.standing(past)]
        lines += ["", *(f"- {markdown(told.clause(one))}" for one in past.now)] if past.now else []
        for step in past.noticed:
            lines += ["", f"### {markdown(told.step(step))}", ""]
            lines += _pairs(told, step)
        rest = [one for one in past.steps if not one.noticed]
        if rest:
            lines += ["", f"### {words['quiet_head']}", ""]
            lines += [f"- {one.version.day}: {markdown(told.outcome(one))}" for one in rest]
    if told.history.gaps:
        lines += ["", f"## {words['gaps']}", "", *(f"- {markdown(one)}" for one in told.gaps())]
    return "\n".join(lines)


def _pairs(told: Told, step: Step) -> Iterator[str]:
    for pair in told_pairs(step.change) if step.change else ():
        yield f"- {markdown(told.pair(pair))}"
        for name, clause in (("before", pair.before), ("after", pair.after)):
            if clause is not None:
                yield f"  - {told.words[name]}: {markdown(told.clause(clause))}"


def _cell(text: str) -> str:
    return markdown(text).replace("|", "\\|")


def table(told: Told) -> list[tuple[str, str, str, str, str]]:
    """A row a change that is told: document, day seen, grade, in force, why."""
    words, rows = told.words, []
    for past in told.history.documents:
        for step in past.noticed:
            if step.change is None:
                continue
            parts = dict.fromkeys(why for pair in told_pairs(step.change) for why in pair.why)
            why = "; ".join(words[f"why_{one}"] for one in parts)
            grade = words[f"grade_{step.change.grade}"]
            rows.append((past.name, str(step.version.day), grade, in_force(step.change), why))
    return rows


def as_html(told: Told) -> str:
    """One page that asks nobody for anything, with a picture; needs the extra ``guide``."""
    from jinja2 import Environment, PackageLoader

    from withhold.faces.report.policy_history_chart import ROWS, chart

    drawn = sum(bool(one.noticed) for one in told.history.documents)
    pages = Environment(loader=PackageLoader("withhold.faces.report"), autoescape=True)
    return pages.get_template("policy_history.html").render(
        told=told,
        words=told.words,
        picture=chart(told),
        not_all=told.words["chart_rows"].format(n=ROWS) if drawn > ROWS else "",
        table=table(told),
        told_pairs=told_pairs,
        cut=cut,
    )


FORMATS: dict[str, Callable[[Told], str]] = {
    "json": as_json,
    "csv": as_csv,
    "md": as_markdown,
    "html": as_html,
}
