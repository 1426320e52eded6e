"""How stored posts stand, as text for a terminal: sentences first, then account by account."""

from __future__ import annotations

from collections.abc import Sequence

from withhold.faces.cli.setting import Setting
from withhold.faces.cli.show import Paper, reasons, steps
from withhold.faces.report.excerpts import kinds_said, place_in_archive, telling, way
from withhold.faces.report.exposure_said import (
    Sum,
    Told,
    accounts,
    apart,
    audience_command,
    heading,
    limits,
    named,
    notes,
    of_most,
    says,
    sums,
    to_whom,
    who,
    years,
)
from withhold.faces.report.exposure_top import top
from withhold.verbs.check_posts import Shown
from withhold.verbs.exposure import STANDINGS, Stand
from withhold.verdict import Reason

_STYLES = {"open": "bold red", "was-open": "bold", "closed": "bold", "unknown": "bold yellow"}
_COLUMN = 20


def show(told: Told, setting: Setting, *, full: bool) -> None:
    """Everything; ``full`` gives the reasons with their sources."""
    out, words = Paper(), told.words
    if told.example:
        out.put(words["example"], style="bold reverse")
    head, *said = top(told)
    out.put(head, style="bold")
    for text in said:
        out.put(text, 2, head="·")
    of_each = accounts(told)
    for account, stands in of_each:
        _account(out, account, stands, told, setting, full=full)
    _years(out, [one for _, stands in of_each for one in stands], told)
    _posts(out, told)
    _limits(out, [one for _, stands in of_each for one in stands], told)
    for text in notes(told):
        out.put(text, 4, head="  ·")
    out.put()
    out.put(words["disclaimer"], style="dim")


def _account(
    out: Paper, account: str, stands: Sequence[Stand], told: Told, setting: Setting, *, full: bool
) -> None:
    out.put()
    out.put(heading(account, stands, told), style="bold underline")
    found = sums(stands, told)
    numbered: list[Reason] = []
    for one in found:
        _sum(out, one, told, numbered if full else None)
    command = audience_command(stands, told)
    if command:
        out.put(command, 2)
    counted = list(apart(stands, told))
    if counted:
        out.put(told.words["apart"], 2, style="bold")
    for text in counted:
        out.put(text, 4, head="  ·")
    if full:
        reasons(out, numbered, setting, told.speaker)
    opened = [one.verdict for one in found if one.standing == "open"]
    steps(out, opened, setting, told.speaker)
    if any(one.steps for one in opened):
        out.put(told.words["steps_more"], 4)


def _sum(out: Paper, one: Sum, told: Told, numbered: list[Reason] | None) -> None:
    phrases, verdict, column = told.phrases, one.verdict, out.column(_COLUMN)
    head = phrases[{"open": "may", "unknown": "unknown"}.get(one.standing, "no")]
    if verdict.strength:
        head += f", {phrases['strength_' + verdict.strength]}"
    marks = ""
    if numbered is not None:
        numbered += [why for why in verdict.reasons if why not in numbered]
        here = dict.fromkeys(numbered.index(why) + 1 for why in verdict.reasons)
        marks = " " + " ".join(f"[{number}]" for number in here)
    out.put(who(one, told), column, _STYLES[one.standing], head=f"  {head} ")
    out.put(says(one, told) + marks, column)


def _years(out: Paper, stands: Sequence[Stand], told: Told) -> None:
    words, found = told.words, years(stands)
    if not found:
        return
    used = [one for one in STANDINGS if any(counted[one] for counted in found.values())]
    heads = [words["year"], *(words[f"standing_{one}"] for one in used)]
    rows = [
        [year or words["year_none"], *(told.n(counted[one]) for one in used)]
        for year, counted in found.items()
    ]
    wide = [max(len(row[number]) for row in (heads, *rows)) for number in range(len(heads))]
    out.put()
    out.put(words["years"], style="bold underline")
    for row in (heads, *rows):
        first, *rest = [text.rjust(wide[number]) for number, text in enumerate(row)]
        out.copy("  ".join([first.strip().ljust(wide[0]), *rest]), 2)
    out.put(words["at_least_one"], 2, "dim")


def _posts(out: Paper, told: Told) -> None:
    words, of = told.words, told.exposure
    if of.words:
        out.put()
        key = "found" if of.most else "found_none"
        out.put(words[key].format(words=of.words), style="bold underline")
    elif of.most:
        out.put()
        out.put(words[f"most_{of.reach}"], style="bold underline")
    for number, one in enumerate(of.most, start=1):
        _post(out, number, one, told)
    if len(of.most) < of.of_most:
        out.put(of_most(told), 2, "dim")


def _post(out: Paper, number: int, one: Shown, told: Told) -> None:
    words, stored = told.words, one.stored
    said = str(telling(stored)).strip()
    kind = told.speaker.sentences.kind[stored.post.kind]
    day = stored.asked.day or words["year_none"]
    kinds = ", ".join(kinds_said(stored, words))
    text = told.phrases["quoted"].format(said) if said else words["no_words"]
    out.put(f"{day} {text}", 6, head=f"{number:>4}.")
    about = [named(stored.account, told.speaker), kind, kinds, to_whom(one, told)]
    out.put("; ".join(one for one in about if one), 6)
    address = way(stored)
    if address:
        out.copy(address, 6, "dim")
    else:
        out.put(words["in_archive"].format(where=place_in_archive(stored)), 6, "dim")


def _limits(out: Paper, stands: Sequence[Stand], told: Told) -> None:
    out.put()
    out.put(told.words["limits"], style="bold underline")
    for reason in limits(stands):
        text = told.speaker.sentences.say(reason)
        if reason.overdue(told.when):
            text += f" ({told.phrases['overdue'].format(date=reason.checked)})"
        out.put(text, 4, head="  ·")
