"""Answers that flip, and the rule: as text, as Markdown for a pull request, as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import tomli

from withhold.catalog.facts_changed import Changed
from withhold.catalog.places import Places
from withhold.faces.report.plain import markdown, printable
from withhold.verbs.compare import all_places
from withhold.verbs.flip_cells import Said
from withhold.verbs.flip_rules import new_sources
from withhold.verbs.flips import Flip, Flips
from withhold.words import Span

SCHEMA = "withhold/flips/1"
PEOPLE = ("second-reviewer",)
"""Parts of the rule that no file shows."""
WIDTH = 100
PLACES_SHOWN = 12
Words = Mapping[str, str]


def words_of(lang: str) -> dict[str, str]:
    """The words of this command."""
    path = Path(__file__).parents[1] / "phrases" / f"flips.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


def as_json(found: Flips, on: date, words: Words) -> str:
    """``withhold/flips/1``: every flip with its facts, sources and the rules that are not met."""
    body = {
        "schema": SCHEMA,
        "on": str(on),
        "asked": found.asked,
        "changed": [one.ref for one in found.changed],
        "by_people": list(PEOPLE),
        "flips": [_value(one, words) for one in found.flips],
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def _value(one: Flip, words: Words) -> dict[str, Any]:
    return {
        "what": one.what,
        "platform": one.platform or None,
        "actor": one.actor,
        "use": one.use,
        "when": str(one.when),
        "kinds": list(one.kinds),
        "audience": list(one.audience),
        "places": list(one.places),
        "plans": [plan for plan in one.plans if plan],
        "account_kinds": list(one.account_kinds),
        "done": f"{one.platform}/{one.done}" if one.done else None,
        "before": _said_value(one.before),
        "after": _said_value(one.after),
        "facts": [_fact_value(cause) for cause in one.causes],
        "met": not one.broken,
        "unmet": [
            {
                "rule": rule.rule,
                "why": rule.why,
                "about": list(rule.about),
                "text": words[f"broken_{rule.why}"].format(about=", ".join(rule.about)),
            }
            for rule in one.broken
        ],
    }


def _said_value(said: Said) -> dict[str, Any]:
    return {
        "answer": said.answer,
        "strength": said.strength,
        "open": [
            {
                "since": str(span.since) if span.since else None,
                "until": str(span.until) if span.until else None,
            }
            for span in said.open
        ],
    }


def _fact_value(one: Changed) -> dict[str, Any]:
    def sources(known: Sequence[Any]) -> list[dict[str, str]]:
        return [
            {"url": each.url, "kind": each.kind, "seen": str(each.seen), "quote": each.quote}
            for each in known
        ]

    return {
        "id": one.ref,
        "what": one.what,
        "fields": list(one.fields),
        "kept": one.kept,
        "file_before": one.file_before or None,
        "file_after": one.file_after or None,
        "sources_before": sources(one.old),
        "sources_after": sources(one.new),
    }


# For a person ---------------------------------------------------------------------------------


def as_text(found: Flips, words: Words, places: Places) -> str:
    """For a terminal."""
    lines = _lines(found, words, places, printable, "{}", "  {}")
    return "\n".join(part for line in lines for part in _wrapped(line))


def as_markdown(found: Flips, words: Words, places: Places) -> str:
    """The same for a comment or a summary; nothing that knowledge says is markup in it."""
    return "\n".join(_lines(found, words, places, markdown, "### {}", "- {}"))


def _wrapped(line: str) -> list[str]:
    """Sentences on several lines; an address stays whole."""
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.wrap(
        line.strip(),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  " if indent else "",
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def _lines(
    found: Flips,
    words: Words,
    places: Places,
    mark: Callable[[str], str],
    head: str,
    item: str,
) -> Iterator[str]:
    if not found.flips:
        yield words["none"].format(changed=len(found.changed), asked=found.asked)
        yield words["not_asked"]
        return
    yield words["head"].format(n=len(found.flips), unmet=len(found.unmet), asked=found.asked)
    yield words["people"]
    yield words["not_asked"]
    for one in found.flips:
        where = words["where_platform" if one.platform else "where_web"]
        yield ""
        yield head.format(mark(where.format(platform=one.platform, actor=one.actor, use=one.use)))
        yield ""
        for line in _about(one, words, places):
            yield item.format(mark(line))


def _about(one: Flip, words: Words, places: Places) -> Iterator[str]:
    yield _what(one, words)
    yield words["content"].format(kinds=", ".join(one.kinds), audience=", ".join(one.audience))
    yield words["places"].format(places=_places(one.places, words, places))
    if any(one.plans):
        yield words["plans"].format(plans=", ".join(plan or "-" for plan in one.plans))
    if one.account_kinds != ("personal",):
        yield words["account_kinds"].format(kinds=", ".join(one.account_kinds))
    yield words["on"].format(day=one.when)
    for cause in one.causes:
        yield words["cause"].format(ref=cause.ref, what=cause.what, fields=_fields(cause, words))
        files = dict.fromkeys(file for file in (cause.file_before, cause.file_after) if file)
        yield words["files"].format(files=" -> ".join(files))
    for source in new_sources(one.causes):
        yield words["source"].format(url=source.url, kind=source.kind, seen=source.seen)
    for rule in one.broken:
        yield words[f"broken_{rule.why}"].format(about=", ".join(rule.about))
    if not one.broken:
        yield words["met"]


def _what(one: Flip, words: Words) -> str:
    before, after = (_answer(said, words) for said in (one.before, one.after))
    code = "reach_past" if one.what == "reach" and before == after else one.what
    return words[f"what_{code}"].format(
        before=before,
        after=after,
        done=f"{one.platform}/{one.done}",
        spans_before=_spans(one.before.open, words),
        spans_after=_spans(one.after.open, words),
    )


def _answer(said: Said, words: Words) -> str:
    answer = words[f"answer_{said.answer}"]
    return f"{answer} ({said.strength})" if said.strength else answer


def _spans(spans: Sequence[Span], words: Words) -> str:
    return ", ".join(_span(one, words) for one in spans) or words["never"]


def _span(one: Span, words: Words) -> str:
    if one.since is None and one.until is None:
        return words["span_whole"]
    code = "span_open" if one.until is None else "span_closed"
    return words[code].format(since=one.since or "?", until=one.until)


def _fields(cause: Changed, words: Words) -> str:
    if cause.before is None:
        return words["cause_new"]
    if cause.after is None:
        return words["cause_gone"]
    return ", ".join(cause.fields)


def _places(codes: Sequence[str], words: Words, places: Places) -> str:
    """Codes, a whole group by its own name; of nearly all places those that are left out."""
    every = set(all_places(places))
    left_out = every - {*codes}
    if not left_out:
        return words["everywhere"]
    shown, others = _short({*codes}, places), _short(left_out, places)
    if len(others) < min(len(shown), PLACES_SHOWN):
        return words["all_but"].format(places=", ".join(others))
    if len(shown) <= PLACES_SHOWN:
        return ", ".join(shown)
    first = ", ".join(shown[:PLACES_SHOWN])
    return words["more_places"].format(shown=first, n=len(shown) - PLACES_SHOWN)


def _short(codes: set[str], places: Places) -> list[str]:
    """The same places in fewer words: groups that are whole, and no state of a country named."""
    left, shown = set(codes), list[str]()
    for group, members in sorted(places.groups.items(), key=lambda one: -len(one[1])):
        if members and members <= left:
            shown.append(group)
            left -= members
    states = {one for one in left if "-" in one and one.partition("-")[0] in codes}
    return [*shown, *sorted(left - states)]
