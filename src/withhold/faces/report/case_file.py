"""The index of a case, as Markdown, as a page and as JSON: for somebody who was not there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.catalog.rights_words import NextSteps
from withhold.catalog.sentences import Sentences
from withhold.faces.report.offers import Words, act_name, article, deadline, in_sentences, text
from withhold.faces.report.plain import markdown, printable
from withhold.verbs.request_bundle import Bundle, Happened

SCHEMA = "withhold/case/1"


class Row(Struct, frozen=True):
    """A name and what it is; ``link`` where it leads somewhere."""

    name: str
    value: str
    link: str = ""


class Section(Struct, frozen=True):
    """A heading with rows, or with a table."""

    title: str
    rows: tuple[Row, ...] = ()
    head: tuple[str, ...] = ()
    table: tuple[tuple[Row, ...], ...] = ()
    lines: tuple[str, ...] = ()


class Page(Struct, frozen=True):
    """The index before it is written as Markdown or HTML."""

    title: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    lang: str


def page(
    one: Bundle,
    knowledge: Knowledge,
    words: Words,
    sentences: Sentences,
    steps: NextSteps,
    when: date,
) -> Page:
    """What a lawyer has to know, in the order in which it is asked."""
    from withhold import __version__

    lang = sentences.lang
    case = one.filed.case
    title = words["case_title"].format(reference=case.id, act=act_name(case.act, words))
    return Page(
        title=printable(title),
        notes=(
            words["case_made"].format(version=__version__, date=when),
            words["case_claim"],
            words["disclaimer"],
        ),
        sections=(
            *told(one, knowledge, words, sentences, steps),
            Section(words["case_next"], lines=(text(one.standing.step.text, lang),)),
            _files(one, words),
            Section(words["case_chain"], lines=tuple(_chain(one, words))),
        ),
        lang=lang,
    )


def told(
    one: Bundle, knowledge: Knowledge, words: Words, sentences: Sentences, steps: NextSteps
) -> tuple[Section, Section, Section, Section]:
    """Who and whom, the act and its law, what happened, the dates with their rules."""
    lang = sentences.lang
    return (
        _parties(one, knowledge, words, lang),
        _law(one, knowledge, words, sentences.source, lang),
        _timeline(one, words, steps, lang),
        _dates(one, words, lang),
    )


def _parties(one: Bundle, knowledge: Knowledge, words: Words, lang: str) -> Section:
    person, about, case = one.filed.person, one.filed.about, one.filed.case
    place = knowledge.places.name(case.place, lang) if case.place else ""
    who = ", ".join(filter(None, (person.name, *person.address.splitlines(), place)))
    rows = [Row(words["case_person"], who)]
    if person.email:
        rows.append(Row(words["case_mail"], person.email))
    if one.controller:
        seat = knowledge.places.name(one.controller.seat, lang)
        rows.append(Row(words["case_controller"], f"{one.controller.name}, {seat}"))
    rows.append(Row(words["case_door"], f"{words[f'kind_{case.door}']}: {case.to or '-'}"))
    if one.authority:
        rows.append(Row(words["case_authority"], one.authority.name, one.authority.web))
    if one.lead:
        rows.append(Row(words["case_lead"], one.lead.name, one.lead.web))
    account = f" ({about.account})" if about.account else ""
    rows.append(Row(words["case_subject"], one.standing.service + account, about.account_url))
    rows += [Row(words["case_url"], url, url) for url in about.urls]
    rows += [Row(words["case_work"], work) for work in about.works]
    if about.own_words:
        rows.append(Row(words["case_grounds"], about.own_words))
    return Section(words["case_parties"], tuple(rows))


def _law(one: Bundle, knowledge: Knowledge, words: Words, kinds: Words, lang: str) -> Section:
    act = one.filed.entitled
    rows = [Row(words["case_act"], act_name(act.act, words))]
    if one.law:
        rows.append(Row(words["case_law"], f"{text(one.law.name, lang)}: {article(act, lang)}"))
        rows.append(Row(words["case_cite"], one.law.cite))
        rows.append(Row(words["case_read"], words[f"seen_{act.read}"]))
    else:
        rows.append(Row(words["case_law"], words["law_none"]))
    for source in one.sources:
        quote = words["case_quote"].format(quote=source.quote) + " " if source.quote else ""
        kind = kinds[source.kind]
        rows.append(Row(words["case_source"], f"{quote}({kind}, {source.seen})", source.url))
    rows += [
        Row(words["case_practice"], f"{what} ({name})")
        for name, what in in_sentences(one.filed.case.practices, knowledge, lang)
    ]
    return Section(words["case_basis"], tuple(rows))


def _timeline(one: Bundle, words: Words, steps: NextSteps, lang: str) -> Section:
    return Section(
        words["case_timeline"],
        head=tuple(words[f"case_{name}"] for name in ("when", "what", "proof", "recorded")),
        table=tuple(
            (
                Row("", str(each.event.on)),
                Row("", _what(each, words, steps, lang)),
                Row("", each.file or "-", each.file),
                Row("", each.recorded_at[:19].replace("T", " ") + " UTC"),
            )
            for each in one.timeline
        ),
    )


def _what(each: Happened, words: Words, steps: NextSteps, lang: str) -> str:
    event = each.event
    said = words[f"state_{event.kind}"]
    if event.kind == "drafted" and event.note:
        said = f"{said}: {act_name(event.note, words)}"
    elif event.kind == "reply":
        outcome = steps.outcome.get(str(event.outcome), {})
        said = f"{said}: {text(outcome, lang) or words['outcome_none']}"
        said += f" ({words['case_until'].format(date=event.until)})" if event.until else ""
        said += f" – {event.note}" if event.note else ""
    elif event.note:
        said = f"{said}: {event.note}"
    return printable(said)


def _dates(one: Bundle, words: Words, lang: str) -> Section:
    rows = []
    for due in one.dates:
        rule = text(due.rule, lang)
        counted = words["counted"].format(steps="; ".join(text(each, lang) for each in due.steps))
        rows.append(Row(str(due.date), f"{rule} {counted}", one.links.get(due.law, "")))
    waits = one.filed.entitled.clock and not one.filed.case.first("sent")
    lines = () if rows else (words["due_not_yet" if waits else "due_none"],)
    return Section(words["case_due"], rows=tuple(rows), lines=lines)


def _files(one: Bundle, words: Words) -> Section:
    return Section(
        words["case_files"],
        head=tuple(words[f"case_{name}"] for name in ("proof", "size", "sum", "inside")),
        table=tuple(
            (
                Row("", each.name, each.name),
                Row("", f"{len(one.bodies[each.name]):,}".replace(",", words["thousands"])),
                Row("", each.digest),
                Row("", " ".join(each.event.attached) or "-"),
            )
            for each in one.files
        ),
    )


def _chain(one: Bundle, words: Words) -> Iterator[str]:
    if one.chain is None:
        return
    yield words["case_head"].format(n=one.chain.length, head=one.chain.head)
    yield words["case_chain_ok" if one.chain.ok else "case_chain_broken"]


# Written --------------------------------------------------------------------------------------


def as_markdown(found: Page) -> str:
    """``index.md``."""
    lines = [f"# {markdown(found.title)}", ""]
    lines += [f"{markdown(note)}\n" for note in found.notes]
    for one in found.sections:
        lines += [f"## {markdown(one.title)}", ""]
        for row in one.rows:
            link = f" <{_url(row.link)}>" if _url(row.link) and row.link != row.value else ""
            lines.append(f"- {markdown(row.name)}: {markdown(row.value)}{link}")
        lines += [f"- {markdown(line)}" for line in one.lines]
        if one.table:
            lines.append("| " + " | ".join(map(markdown, one.head)) + " |")
            lines.append("|" + "---|" * len(one.head))
        for cells in one.table:
            lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
        lines.append("")
    return "\n".join(lines)


def _cell(cell: Row) -> str:
    said = markdown(cell.value).replace("|", "\\|")
    return f"[{said}]({cell.link})" if cell.link else said


def _url(link: str) -> str:
    """An address that may be followed: nothing but http and https."""
    fit = link.startswith(("https://", "http://")) and not set(link) & set(" <>\"'`\n")
    return link if fit else ""


def as_html(found: Page) -> str:
    """``index.html``: no script, nothing fetched, all that others wrote as text."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    pages = Environment(
        loader=PackageLoader("withhold.faces.report"), autoescape=True, undefined=StrictUndefined
    )
    return pages.get_template("case.html").render(page=found, url=_url)


def as_json(one: Bundle, lang: str, when: date) -> str:
    """``withhold/case/1``."""
    filed = one.filed
    body: dict[str, Any] = {
        "schema": SCHEMA,
        "when": str(when),
        "lang": lang,
        "case": msgspec.to_builtins(filed.case),
        "about": msgspec.to_builtins(filed.about),
        "person": msgspec.to_builtins(filed.person),
        "entitled": msgspec.to_builtins(filed.entitled),
        "step": {"kind": one.standing.step.kind, "text": text(one.standing.step.text, lang)},
        "dates": {name: deadline(due, lang) for name, due in one.standing.dates.items()},
        "recorded_at": [each.recorded_at for each in one.timeline],
        "files": [
            {"name": each.name, "kind": each.kind, "on": str(each.on), "sha256": each.digest}
            for each in one.files
        ],
        "chain": msgspec.to_builtins(one.chain) if one.chain else None,
    }
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"
