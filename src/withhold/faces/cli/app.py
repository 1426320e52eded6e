"""``withhold app``: what a double click on the application does, from a terminal."""

from __future__ import annotations

import sys

import click

from withhold.words import LANGS


@click.command("app")
@click.option(
    "--hours",
    type=click.FloatRange(min=0),
    default=4.0,
    show_default=True,
    help="Ends by itself after so many hours without use; 0 = never.",
)
@click.option("--selftest", is_flag=True, help="Asks its own first page once, and ends.")
@click.option("--lang", type=click.Choice(LANGS), default=None, help="Language.")
def command(hours: float, selftest: bool, lang: str | None) -> None:
    """The dashboard on a free port, opened in your browser; what a double click does.

    A second one finds the first. It has a button to end it.
    """
    from withhold.faces import app

    sys.exit(app.selftest() if selftest else app.opened(hours, lang or ""))
