"""A setting shown at a terminal: what it reaches, where to click, when it is done."""

from __future__ import annotations

from shlex import quote

from withhold.catalog.step_words import StepSentences
from withhold.errors import BadInput
from withhold.faces.cli.show import Paper
from withhold.faces.report import qr
from withhold.faces.report.by_hand import (
    Words,
    about,
    capital,
    headed,
    known_how,
    left,
    title,
)
from withhold.steps import Choose, Press, Set
from withhold.verbs.by_hand import ByHand


def show_by_hand(one: ByHand, words: Words, lang: str) -> None:
    """Prints all of it, each address and command whole."""
    out = Paper()
    out.put(title(one, words), style="bold underline")
    out.put(words["by_hand"])
    out.put()
    for said in about(one, words, lang):
        out.put(said.text, 4, head="  -")
    out.put()
    out.put(words["steps_head"], style="bold")
    for number, line in enumerate(one.steps, start=1):
        out.put(line.text, 6, head=f"  {number}.")
        for text in line.more:
            out.put(text, 6)
        for text in line.remarks:
            out.put(f"({text})", 6, "dim")
    out.put()
    out.put(words["finished_head"], style="bold")
    out.put(one.only("finished").text, 2)
    out.put(one.only("undo").text, 2)
    if open_still := left(one, words, lang):
        out.put()
        out.put(capital(words["leaves"]), style="bold")
        for said in open_still:
            out.put(said.text, 4, head="  -")
    out.put()
    out.put(known_how(one, words), style="dim")
    _command(out, words, words["tell_done"], f"withhold done {quote(one.step)}")
    _command(out, words, words["tell_lost"], _confirm(one))
    out.put(words["disclaimer"], style="dim")


def show_qr(one: ByHand, words: Words) -> None:
    """Its address as a QR code, white on black whatever the terminal's own colours are."""
    out = Paper()
    lines = qr.blocks(one.url)
    if len(lines[0]) > out.width:
        raise BadInput(words["qr_narrow"].format(n=len(lines[0])), "--print FILE.html")
    out.put()
    out.put(words["qr_head"], style="bold")
    for line in lines:
        out.copy(line, 0, "#ffffff on #000000")
    out.copy(one.url)


def show_lost(one: ByHand, words: Words, say: StepSentences) -> None:
    """What to try where it was not found: what it was called, what else it may be called."""
    out = Paper()
    out.put(words["lost_head"])
    for old in one.control.old_labels:
        name = "lost_old_until" if old.until else "lost_old"
        out.put(words[name].format(label=old.text, date=old.until), 4, head="  -")
    for text, lang in _others(one):
        spoken = say.languages.get(lang, lang)
        out.put(words["lost_other"].format(label=text, lang=spoken), 4, head="  -")
    step, other = quote(one.step), "de" if one.menu_lang == "en" else "en"
    _command(out, words, words["lost_menu"], f"withhold apply {step} --menu-lang {other}")
    _command(out, words, words["lost_words"], _confirm(one))


def _others(one: ByHand) -> list[tuple[str, str]]:
    """Other words of what is pressed and set, in the language of the menus and in English."""
    found: dict[tuple[str, str], None] = {}
    shown = {label.text for line in one.lines for label in line.labels}
    targets = one.recipe.target if one.recipe else {}
    for step in one.recipe.show if one.recipe else ():
        if not isinstance(step, Press | Set | Choose) or step.target not in targets:
            continue
        names = targets[step.target].names
        shown |= {old.text for old in one.control.old_labels}
        for lang in (one.menu_lang, "en"):
            words = (text.replace("...", "…") for text in names.get(lang, ()))
            found |= {(text, lang): None for text in words if text not in shown}
    return list(found)


def _confirm(one: ByHand) -> str:
    return f'withhold knowledge confirm {one.ref} --different "..."'


def _command(out: Paper, words: Words, head: str, command: str) -> None:
    """What to type, on a line of its own that is never broken."""
    out.put(headed(head, "", words).rstrip())
    out.copy(command, 4)
