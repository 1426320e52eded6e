"""``withhold watch --every 1d``: looks again and again in the foreground, until it is stopped."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import click
from msgspec.structs import replace

from withhold.errors import BadInput, WithholdError
from withhold.faces.cli.watch_round import Options, look

_UNITS = {"m": 60, "h": 3600, "d": 86400}
_AT_MOST = 366 * 86400


def seconds(said: str, *, fetches: bool = False) -> int:
    """``30m``, ``6h``, ``1d`` in seconds; raises BadInput.

    ``fetches``: others' servers are asked each time, which is done once an hour at most.
    """
    found = re.fullmatch(r"([1-9][0-9]{0,4})([mhd])", said.strip())
    number = int(found[1]) * _UNITS[found[2]] if found else 0
    if not 0 < number <= _AT_MOST:
        raise BadInput(f"--every {said}: is no time", "30m, 6h or 1d; at most 366d")
    if fetches and number < _UNITS["h"]:
        raise BadInput(
            f"--every {said}: servers are asked once an hour at most", "--every 6h, or 1d"
        )
    return number


def repeat(
    options: Options,
    every: int,
    *,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], datetime] = datetime.now,
    once: Callable[[Options], bool] = look,
) -> bool:
    """Until Ctrl-C, which ends well. Whether any look found a change for the worse.

    A look that fails is told and the next one comes as usual; only what cannot get better by
    waiting (nothing owned, no place, an address that is none) ends the first.
    """
    options = replace(options, one_line=True)
    worse, first = False, True
    try:
        while True:
            try:
                worse |= once(options)
            except WithholdError as why:
                if first and why.exit_code != WithholdError.exit_code:
                    raise
                click.echo(f"withhold: this look failed: {why.message}", err=True)
            except OSError as why:
                click.echo(f"withhold: this look failed: {why.strerror}", err=True)
            first = False
            then = now() + timedelta(seconds=every)
            click.echo(f"withhold: next look {then:%Y-%m-%d %H:%M}; Ctrl-C ends it", err=True)
            sleep(every)
    except KeyboardInterrupt:
        click.echo("\nwithhold: stopped; what was told is kept", err=True)
    return worse
