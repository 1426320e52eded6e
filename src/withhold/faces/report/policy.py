"""What a policy says, as JSON, CSV, Markdown or HTML: ``withhold/policy/1``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from withhold.faces.report import policy_said as said
from withhold.faces.report.plain import cell, markdown, printable
from withhold.faces.report.policy_said import Line, Told
from withhold.policies.against import STANDS

SCHEMA = "withhold/policy/1"
COLUMNS = (
    "says",
    "restricts_reader",
    "actor",
    "actor_name",
    "whose",
    "content",
    "audience",
    "use",
    "places",
    "not_places",
    "control",
    "control_url",
    "default",
    "reach",
    "since",
    "known",
    "practices",
    "sentences",
    "sentence",
    "headings",
)


# JSON -------------------------------------------------------------------------------------------


def as_json(told: Told) -> str:
    """``withhold/policy/1``."""
    return json.dumps(document(told), ensure_ascii=False, indent=2)


def document(told: Told) -> dict[str, Any]:
    """The document: three days apart, clauses in the order of the text's weight, restrictions."""
    policy = told.policy
    read, text, held = policy.reading.document, policy.text, policy.against
    return {
        "schema": SCHEMA,
        "when": str(told.when),
        "where": told.place or None,
        "text": {"name": text.name, "format": text.kind, "url": text.url or None},
        "title": read.title,
        "language": read.lang or None,
        "published": _day(read.published),
        "in_force": _day(read.in_force),
        "seen": _day(text.seen),
        "places": list(read.places),
        "kept": round(read.kept, 4),
        "words": policy.words,
        "notes": list(read.notes),
        "standing": policy.standing,
        "of": policy.of or None,
        "document": policy.document.id if policy.document else None,
        "clauses": [clause(one, told) for one in said.lines(told)],
        "restrictions": [clause(one, told) for one in said.restrictions(told)],
        "against": {
            "day": str(held.day),
            **{one.replace("-", "_"): held.count(one) for one in STANDS},
            "unstated": list(held.unstated),
        }
        if held
        else None,
    }


def clause(line: Line, told: Told) -> dict[str, Any]:
    """One clause as plain values."""
    one, held = line.clause, line.compared
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(one))
    return {
        **plain,
        "sentences": line.sentences,
        "applies": said.applies(one, told),
        "against": {
            "stand": held.stand,
            "practices": list(held.practices),
            "differs": list(held.differs),
        }
        if held
        else None,
    }


def _day(day: date | None) -> str | None:
    return str(day) if day else None


# CSV --------------------------------------------------------------------------------------------


def as_csv(told: Told) -> str:
    """One row per clause, what forbids the reader last. No cell is a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for line in (*said.lines(told), *said.restrictions(told)):
        writer.writerow({key: cell(text) for key, text in _flat(line).items()})
    return out.getvalue().rstrip("\n")


def _flat(line: Line) -> dict[str, str]:
    one, held = line.clause, line.compared
    return {
        "says": one.says,
        "restricts_reader": "yes" if one.restricts_reader else "no",
        "actor": one.actor,
        "actor_name": one.actor_name,
        "whose": one.whose,
        "content": " ".join(one.content),
        "audience": " ".join(one.audience),
        "use": one.use,
        "places": " ".join(one.places),
        "not_places": " ".join(one.not_places),
        "control": one.control.kind,
        "control_url": one.control.url,
        "default": one.default,
        "reach": one.reach,
        "since": str(one.since or ""),
        "known": held.stand if held else "",
        "practices": " ".join(held.practices) if held else "",
        "sentences": str(line.sentences),
        "sentence": one.sentence,
        "headings": " > ".join(one.headings),
    }


# Markdown and HTML ------------------------------------------------------------------------------


def as_markdown(told: Told) -> str:
    """The document's days, what it says sentence by sentence, what it forbids its readers."""
    lines = [f"# {markdown(said.title(told))}", ""]
    lines += [f"- {name}: {markdown(text)}" for name, text in said.about(told)]
    lines += ["", f"**{markdown(said.standing(told))}**"]
    for text in (said.summary(told), said.unstated(told)):
        lines += ["", markdown(text)] if text else []
    for line in said.lines(told):
        lines += _line(line, told)
    forbidden = said.restrictions(told)
    if forbidden:
        lines += ["", f"## {told.words['restrictions']}", ""]
        lines += [f"> {markdown(said.sentence(line.clause))}\n" for line in forbidden]
    return "\n".join([*lines, "", told.phrases["disclaimer"]])


def _line(line: Line, told: Told) -> list[str]:
    head = told.words[f"says_{line.clause.says}"]
    path = said.under(line.clause, told)
    items = [*([path] if path else []), *said.beside(line, told), said.known(line, told)]
    return [
        "",
        f"## {head}: {markdown(said.who(line.clause, told))}",
        "",
        f"> {markdown(said.sentence(line.clause))}",
        "",
        *(f"- {markdown(one)}" for one in (*items, said.decided(line.clause, told)) if one),
    ]


def as_html(told: Told) -> str:
    """One self-contained page; needs no script and asks nobody for anything."""
    from jinja2 import Environment, PackageLoader

    pages = Environment(
        loader=PackageLoader("withhold.faces.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["plain"] = printable
    return pages.get_template("policy.html").render(
        told=told, words=told.words, said=said, lang=told.sentences.lang
    )


FORMATS: dict[str, Callable[[Told], str]] = {
    "json": as_json,
    "csv": as_csv,
    "md": as_markdown,
    "html": as_html,
}
