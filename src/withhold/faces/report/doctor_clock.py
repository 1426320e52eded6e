"""Did the clock of this machine go back, or far ahead, while things were written down?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from withhold.errors import WithholdError

if TYPE_CHECKING:
    from withhold.faces.cli.setting import Setting

_SHOWN = 5


def lines(setting: Setting) -> Iterator[tuple[str, str, str]]:
    """One line for each step back, and one for what was written on a day that has not come.

    The order of what was recorded does not rest on the clock, so nothing is lost by it; but a day
    that stands beside a record may be wrong.
    """
    from withhold.keep import Store

    if not setting.has_store():
        return
    try:
        with Store.read(setting.home) as store:
            moments = [(one.seq, one.recorded_at) for one in store.observations.links()]
    except WithholdError:
        return  # the store's own line says what is wrong
    steps = list(back(moments))
    for before, after, at, then in steps[:_SHOWN]:
        yield "OK", "clock", f"it went back between obs-{before} ({at}) and obs-{after} ({then})"
    if len(steps) > _SHOWN:
        more = len(steps) - _SHOWN
        yield "OK", "clock", "and once more" if more == 1 else f"and {more} times more"
    ahead = [seq for seq, said in moments if said > setting.now().isoformat()]
    if ahead:
        others = len(ahead) - 1
        which = f"obs-{ahead[0]} and {others} more were" if others else f"obs-{ahead[0]} was"
        yield "OK", "clock", f"{which} written on a day that has not come"


def back(moments: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int, str, str]]:
    """Where a record was written before the one that it follows: both numbers, both moments."""
    for (before, at), (after, then) in pairwise(moments):
        if _is_moment(at) and _is_moment(then) and then < at:
            yield before, after, at[:16], then[:16]


def _is_moment(said: str) -> bool:
    try:
        datetime.fromisoformat(said)
    except ValueError:
        return False
    return True
