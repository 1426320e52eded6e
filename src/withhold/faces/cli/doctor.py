"""``withhold doctor``: is everything in order? OK, SKIP or FAIL, with a reason each."""

from __future__ import annotations

import click

from withhold.faces.cli.setting import Setting


@click.command("doctor")
def command() -> int:
    """Looks at the program, the knowledge, the store and the optional parts."""
    from withhold.faces.report import doctor

    failed = False
    for state, what, why in doctor.lines(Setting()):
        failed = failed or state == "FAIL"
        click.echo(f"{state:<4} {what}: {why}")
    return 1 if failed else 0
