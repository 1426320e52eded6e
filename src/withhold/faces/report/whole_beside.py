"""Of a report: letters, what changed and what is due, policies that were looked at, evidence."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from withhold.faces.report import policy_history_said, requests, watched
from withhold.faces.report.offers import text as in_lang
from withhold.faces.report.plain import printable
from withhold.faces.report.policy_history_chart import chart
from withhold.faces.report.policy_history_said import told_pairs
from withhold.faces.report.watched_differences import (
    difference_line,
    news_line,
    reasons_of,
    sources_said,
)
from withhold.faces.report.whole_blocks import Block, Item, Items, Picture, Section, Table, Text
from withhold.faces.report.whole_telling import Telling
from withhold.verbs.archive_marks import is_note_of_archive
from withhold.verbs.policy_history import Past
from withhold.verbs.request_standing import Standing

_SENTENCES = 6
"""Sentences of a policy that are shown of each document and change."""


# Letters ----------------------------------------------------------------------------------------


def letters(told: Telling) -> Section | None:
    """Where each case stands, with its date and what happened when; None without any."""
    found = told.whole.standings
    if not found:
        return None
    words = told.letters()
    parts = tuple(_case(number, one, told) for number, one in enumerate(found, start=1))
    line = requests.status_line(found, words)
    blocks = (Text(line, strong=True),) if line else ()
    return Section(id="letters", title=told.words["letters"], blocks=blocks, parts=parts)


def _case(number: int, one: Standing, told: Telling) -> Section:
    words, lang = told.letters(), told.lang
    shown = one
    if not told.options.names:
        filed = replace(one.filed, case=replace(one.case, account=""))
        shown = replace(one, filed=filed)
    blocks: list[Block] = [Text(in_lang(one.step.text, lang))]
    if one.due and one.is_open:
        rule = printable(in_lang(one.due.rule, lang))
        blocks.append(Text(f"{requests.due_line(one, words)}. {rule}"))
    blocks.append(
        Table(
            caption=words["case_timeline"],
            heads=(words["case_when"], words["case_what"]),
            rows=tuple((str(each.on), words[f"state_{each.kind}"]) for each in one.case.events),
        )
    )
    return Section(id=f"case-{number}", title=requests.title(shown, words), blocks=tuple(blocks))


# Changes ----------------------------------------------------------------------------------------


def changes(told: Telling) -> Section:
    """What differs from the last look of ``watch``, what is known to come, what waits."""
    teller, found = told.round(), told.whole.round
    private = not told.options.names
    words = teller.words
    blocks: list[Block] = []
    if found.since is None:
        blocks.append(Text(told.words["no_look"]))
    else:
        blocks.append(Text(told.words["last_look"].format(date=found.since)))
        blocks.append(Text(watched.sum_line(replace(teller, found=replace(found, first=())))))
    rows = [
        Item(
            told.clean(difference_line(one, teller, private=private)),
            below=tuple(told.clean(text) for text in reasons_of(one, teller)),
            strong=words[one.effect],
        )
        for one in found.differences
    ]
    for change, head in (
        *((one, words[one.effect]) for one in found.news),
        *((one, words["elsewhere"]) for one in found.elsewhere),
    ):
        below = tuple(sources_said(change.sources, teller))
        rows.append(Item(news_line(change, teller), below=below, strong=head))
    blocks += [Items(tuple(rows))] if rows else []
    parts = []
    if found.ahead:
        ahead = Items(
            tuple(
                Item(
                    watched.ahead_line(one, teller), below=tuple(sources_said(one.sources, teller))
                )
                for one in found.ahead
            )
        )
        parts.append(Section(id="ahead", title=words["ahead_head"], blocks=(ahead,)))
    due = [one for one in found.due if one.kind != "knowledge"]
    if due:
        waits = tuple(Item(watched.due_line(one, teller, private=private)) for one in due)
        parts.append(Section(id="due", title=words["due_head"], blocks=(Items(waits),)))
    return Section(
        id="changes", title=told.words["changes"], blocks=tuple(blocks), parts=tuple(parts)
    )


# Policies ---------------------------------------------------------------------------------------


def policies(told: Telling) -> Section | None:
    """The documents of the owner's platforms that were looked at; None where none was."""
    history = told.whole.policies
    if history is None:
        return None
    of = policy_history_said.Told(
        history=history, words=policy_history_said.words_of(told.lang), lang=told.lang
    )
    picture = chart(of) if told.draws else ""
    blocks: list[Block] = [Text(of.words["about"])]
    blocks += [Picture(svg=picture, about=of.headline)] if picture else []
    parts = [_document(n, one, of) for n, one in enumerate(history.documents, start=1)]
    return Section(
        id="policies", title=told.words["policies"], blocks=tuple(blocks), parts=tuple(parts)
    )


def _document(number: int, past: Past, of: policy_history_said.Told) -> Section:
    blocks: list[Block] = [Text(of.document(past)), Text(of.standing(past))]
    if past.now:
        blocks.append(Items(tuple(Item(of.clause(one)) for one in past.now[:_SENTENCES])))
    changed = []
    for step in past.noticed:
        pairs = told_pairs(step.change)[:_SENTENCES] if step.change else []
        below = tuple(
            f"{of.words[name]}: {of.clause(clause)}"
            for pair in pairs
            for name, clause in (("before", pair.before), ("after", pair.after))
            if clause is not None
        )
        changed.append(Item(of.step(step), below=below))
    blocks += [Items(tuple(changed))] if changed else []
    return Section(id=f"policy-{number}", title=past.name, blocks=tuple(blocks))


# Evidence ---------------------------------------------------------------------------------------


def evidence(told: Telling) -> Section:
    """What was recorded, and the files that are kept, by their digests."""
    return Section(
        id="evidence",
        title=told.words["evidence"],
        blocks=tuple(_evidence(told)) or (Text(told.words["no_evidence"]),),
    )


def _evidence(told: Telling) -> Iterator[Block]:
    words, phrases, whole = told.words, told.phrases, told.whole
    seen = [one for one in whole.seen if not one.practices and not is_note_of_archive(one)]
    if seen:
        yield Table(
            caption=words["seen"],
            heads=tuple(
                words[f"seen_{one}"] for one in ("on", "account", "control", "value", "how")
            ),
            rows=tuple(
                (
                    str(one.on),
                    told.account(one.account or one.control.partition("/")[0]),
                    one.control,
                    one.value,
                    phrases[f"how_{one.how}"],
                )
                for one in seen
            ),
        )
    if whole.evidence or whole.responses:
        yield Text(words["evidence_about"])
    if whole.evidence:
        named = told.options.names  # what a file was called may be somebody's name
        yield Table(
            caption=words["kept"],
            heads=(words["digest"], words["size"], *([words["file"]] if named else [])),
            rows=tuple(
                (one.digest, told.n(one.size), *([one.name] if named else []))
                for one in whole.evidence
            ),
        )
    if whole.responses:
        yield Table(
            caption=words["responses"],
            heads=(words["digest"], words["size"], words["file"]),
            rows=tuple((one.digest, told.n(one.size), one.name) for one in whole.responses),
        )
