"""A letter on the terminal: what is warned of, the text, the way in, the next step."""

from __future__ import annotations

from datetime import date

import click

from withhold.faces.cli.show import Paper
from withhold.faces.report.drafts import beside, way_in
from withhold.faces.report.offers import Words, act_name
from withhold.faces.report.plain import printable
from withhold.verbs.request_files import state_of
from withhold.verbs.request_letter import Draft


def show(draft: Draft, words: Words, out: Paper) -> None:
    """The letter for reading: banner and warnings first, then the text, then the way in."""
    theirs, yours = draft.theirs, draft.yours
    what = act_name(draft.letter, words)
    whom = draft.to.name if draft.to else draft.controller.name
    out.put(
        words["letter_head"].format(what=what, name=whom, reference=draft.reference),
        style="bold underline",
    )
    for line in beside(draft, words):
        out.put(line, 2, "bold yellow", head="!")
    for lang in draft.lacks:
        out.put(words["letter_lacks"].format(lang=words[f"lang_{lang}"]), 2)
    own = [] if yours is theirs else [(yours, "letter_yours")]
    for one, head in [(theirs, "letter_theirs"), *own]:
        out.put()
        out.put(words[head].format(lang=words[f"lang_{one.lang}"]), style="bold")
        out.put(words["subject"].format(subject=one.subject), 3)
        out.put()
        for paragraph in one.paragraphs:
            for line in paragraph.splitlines():
                out.put(line, 3)
            out.put()
    for line in way_in(draft, words):
        out.put(line.rstrip(), 3) if line[:1] != " " else out.put(line.strip(), 6)
    out.put(theirs.advice, style="dim")


def show_beside(draft: Draft, words: Words) -> None:
    """Beside a letter that went to a file or to stdout: what must not be lost, on stderr."""
    for line in beside(draft, words):
        click.echo(f"{words['warning']}: {line}", err=True)
    for line in way_in(draft, words):
        click.echo(printable(line), err=True)


def say_recorded(draft: Draft, words: Words, on: date) -> None:
    """That it is noted, and the next step; on stderr, beside what was asked for."""
    later = draft.letter != draft.filed.case.act
    said = words["recorded_later" if later else "recorded"]
    what = act_name(draft.letter, words)
    click.echo(said.format(reference=draft.reference, what=what, date=on), err=True)
    state = state_of(draft.letter, draft.filed.case.act)
    if state:
        text = words["next_state"].format(reference=draft.reference, state=state)
        click.echo(text, err=True)
    click.echo(words["formats"].format(reference=draft.reference), err=True)
