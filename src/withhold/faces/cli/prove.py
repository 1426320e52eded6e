"""``withhold prove``: was it heeded, and what was asked? Today: the file of one case."""

from __future__ import annotations

import click


@click.group("prove")
def command() -> None:
    """Evidence that a third person can read and check."""


@command.command("case")
@click.argument("case")
@click.argument("folder", type=click.Path())
@click.option("--on", "day", default="", metavar="DATE", help="The day of the file; today.")
@click.option("--lang", type=click.Choice(("en", "de")), default=None, help="Language.")
def case_(case: str, folder: str, day: str, lang: str | None) -> None:
    """Writes one CASE (WH-7K3Q9D) into a new FOLDER: index.html and index.md, all letters and
    replies, and SHA256SUMS.

    Nothing is overwritten: FOLDER must not be there yet, or be empty.
    """
    from withhold.faces.cli.prove_case import prove_case

    prove_case(case, folder, day, lang or "")
