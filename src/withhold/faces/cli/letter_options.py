"""The options of ``apply --letter``, and what is said where they stand without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from withhold.errors import BadInput
from withhold.faces.cli.setting import Setting, parse_day

F = TypeVar("F", bound=Callable[..., Any])
LETTER_FORMS = ("text", "json", "eml", "mailto", "html", "pdf")
_DOORS = ("form", "email", "post", "registry")
_PARTIES = ("person", "author", "publisher")
_OPTIONS = (
    click.option("--letter", is_flag=True, help="Of SUBJECT: the acts, or the letter of one."),
    click.option(
        "--act",
        default="",
        metavar="ACT",
        help="Which act; of a case, which letter (reminder ...).",
    ),
    click.option(
        "--to",
        default="",
        metavar="ID",
        help="Which company of several; of a complaint, authority.",
    ),
    click.option("--by", type=click.Choice(_DOORS), default=None, help="By which way it goes."),
    click.option("--account", default="", metavar="NAME", help="Your account there."),
    click.option("--url", "urls", multiple=True, metavar="URL", help="What it is about."),
    click.option(
        "--work", "works", multiple=True, metavar="TEXT", help="A work of yours: title or address."
    ),
    click.option(
        "--ground", "grounds", multiple=True, metavar="N=TEXT", help="Your answer to question N."
    ),
    click.option("--reason", default="", metavar="TEXT", help="Why they refused, quoted by you."),
    click.option("--name", "signed", default="", metavar="TEXT", help="Your name, this time."),
    click.option("--email", default="", metavar="TEXT", help="Your e-mail address, this time."),
    click.option("--address", default="", metavar="TEXT", help="Your postal address, this time."),
    click.option("--as", "party", type=click.Choice(_PARTIES), default=None, help="As whom."),
    click.option("--in", "place", default="", metavar="PLACE", help="Where you live: DE-BY, GB."),
    click.option(
        "--letter-lang",
        type=click.Choice(("en", "de", "fr", "es")),
        default=None,
        help="Of the letter; else the one in which they take letters.",
    ),
    click.option("--out", default="", metavar="FILE", help="Write the letter into a new file."),
    click.option("--again", is_flag=True, help="Though the same was asked within 12 months."),
    click.option("--unreviewed", is_flag=True, help="As mail, though nobody reviewed the letter."),
    click.option("--on", "day", default="", metavar="DATE", help="The day of the letter."),
)


def of_letters(command: F) -> F:
    """The options, in the order in which a person needs them."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def must_be_of_letters(said: dict[str, Any]) -> None:
    """Raises BadInput where one of them stands without --letter."""
    named = [name for name, value in said.items() if value]
    if named:
        flags = {"urls": "url", "works": "work", "grounds": "ground", "signed": "name"}
        flags |= {"party": "as", "place": "in", "day": "on", "letter_lang": "letter-lang"}
        raise BadInput(f"--{flags.get(named[0], named[0])} is for a letter", "add --letter")


def run_letter(
    subject: str, setting: Setting, said: dict[str, Any], *, form: str, dry_run: bool, yes: bool
) -> int:
    """Hands the options over as one value."""
    from withhold.faces.cli.apply_letter import apply_letter
    from withhold.faces.cli.ask_letter import LetterOptions

    setting = Setting(place=said["place"], lang=setting.lang)
    options = LetterOptions(
        act=said["act"].strip().lower(),
        to=said["to"].strip().lower(),
        by=said["by"] or "",
        account=said["account"],
        urls=said["urls"],
        works=said["works"],
        grounds=said["grounds"],
        reason=said["reason"],
        name=said["signed"],
        email=said["email"],
        address=said["address"].replace(",", "\n"),
        party=said["party"] or "person",
        letter_lang=said["letter_lang"] or "",
        form=form,
        out=said["out"],
        again=said["again"],
        unreviewed=said["unreviewed"],
        dry_run=dry_run,
        yes=yes,
        on=parse_day(said["day"], setting.today, "--on") if said["day"] else None,
    )
    return apply_letter(subject, setting, options)
