"""``withhold prove bundle``. SKETCH: its owner writes it."""

from __future__ import annotations

import click

from withhold.errors import WithholdError


@click.command("bundle")
def command() -> None:
    """SKETCH."""
    raise WithholdError("not built yet", "withhold prove --help")
