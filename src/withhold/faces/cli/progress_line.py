"""How far a command is: one line on stderr that is written over, where somebody looks at it."""

from __future__ import annotations

import sys

import click


def progress(text: str) -> None:
    """Shows it in place of what stood there; empty = takes it away."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{text}", err=True, nl=False)
