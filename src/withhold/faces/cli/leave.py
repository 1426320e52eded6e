"""By whose leave a window is driven: the platform's terms, a recipe from elsewhere, one write.

``--yes`` stands for none of it but the answer to a write, and for that only where the control and
the account are named on the same line.
"""

from __future__ import annotations

from shlex import quote

import click

from withhold.catalog import safe
from withhold.errors import BadInput
from withhold.faces.cli.setting import Setting
from withhold.faces.cli.show_result import Words, step_of
from withhold.faces.report.plain import printable
from withhold.recipes.result import Question
from withhold.verbs.settings import Chosen, terms_of


def may_drive(chosen: Chosen, setting: Setting, words: Words) -> str:
    """Empty where a window may be driven; else the sentence that says why not.

    Where the terms forbid it, or nobody looked them up, the owner types the platform's name under
    them. Where nobody is there to type, the answer is no.
    """
    terms = terms_of(chosen.platform)
    if terms.free:
        return ""
    name, step = chosen.platform.name, step_of(chosen)
    forbids = terms.says == "forbids"
    if not setting.interactive:
        said = words["terms_scheduled" if forbids else "terms_scheduled_unknown"]
        return said.format(name=name, page=f"withhold check {quote(step)} --page FILE")
    if forbids and terms.source:
        head = words["terms_forbid"]
        click.echo(printable(head.format(name=name, seen=terms.source.seen, url=terms.source.url)))
        theirs = terms.source.quote
        click.echo(printable(f"  “{theirs}”" if theirs else f"  {words['terms_no_quote']}"))
    else:
        click.echo(words["terms_not_looked_up"].format(name=name))
    click.echo(words["terms_loss"].format(show=f"withhold apply {quote(step)} --show"))
    typed = click.prompt(words["terms_type"].format(name=name), default="", show_default=False)
    if typed.strip().casefold() == name.casefold():
        return ""
    return words["reason_terms"].format(name=name)


def may_use(chosen: Chosen, setting: Setting, words: Words) -> None:
    """Shows what a recipe from elsewhere opens and presses, and asks. Raises Abort or BadInput."""
    if not chosen.foreign:
        return
    presses = "; ".join(f"“{one}”" for one in safe.presses(chosen.recipe)) or "-"
    domains = ", ".join(chosen.recipe.domains)
    click.echo(printable(words["foreign_head"].format(domains=domains, presses=presses)))
    if not setting.interactive:
        raise BadInput("a recipe that does not ship needs somebody at the terminal", "no --yes")
    click.confirm(words["foreign_ask"], abort=True)


class Person:
    """The owner at the terminal, or nobody. ``said_yes``: --yes on a line that names it all."""

    def __init__(
        self, chosen: Chosen, setting: Setting, words: Words, said_yes: bool = False
    ) -> None:
        self._chosen = chosen
        self._setting = setting
        self._words = words
        self._yes = said_yes
        self.unshown = False
        """A write was refused because the page does not show whose account it is."""

    def may_set(self, question: Question) -> bool:
        """Shows account, switch and coverage, and asks for this one write."""
        words = self._words
        shown = question.account
        account = words["ask_account"].format(account=shown)
        click.echo(printable(account if shown else words["ask_account_unknown"]))
        state = words[f"state_{question.before}"]
        click.echo(printable(words["ask_switch"].format(words=question.words, before=state)))
        for line in self._covers():
            click.echo(printable(f"  {line}"))
        if self._yes:
            self.unshown = not shown
            return bool(shown)
        if not self._setting.interactive:
            return False
        return click.confirm(words["ask"].format(to=words[f"state_{question.to}"]))

    def does(self, what: str, why: str) -> bool:
        """Tells what only the owner can do, and waits for Enter."""
        if not self._setting.interactive:
            return False
        click.echo(printable(self._words["human"].format(what=what)))
        if why:
            click.echo(printable(self._words["human_why"].format(why=why)))
        click.prompt(self._words["human_done"], default="", show_default=False)
        return True

    def _covers(self) -> list[str]:
        said = {"full": "ask_covers", "part": "ask_part", "not": "ask_not"}
        practices = {one.id: one for one in self._chosen.platform.practice}
        lines = []
        for practice, reach in self._chosen.control.covers.items():
            if practice in practices:
                text = self._setting.sentences.text(practices[practice].what)
                lines.append(self._words[said[reach]].format(text=text))
        return lines
