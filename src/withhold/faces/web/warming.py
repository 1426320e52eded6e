"""What the first pages need is read and imported before somebody asks for it.

Knowledge and words are read before the address is printed (``Desk.make_ready``);
templates and what pages import late take longer: that is done in a thread at once after it,
one by one, and not while a page is being answered.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from withhold.errors import WithholdError
from withhold.faces.web import wiping
from withhold.faces.web.render import pages_of, templates_of

if TYPE_CHECKING:
    from withhold.faces.web.desk import Desk

_LATE = ("babel.dates", "babel.numbers", "holidays.countries")
"""What pages import when they need it."""
_CHARTS = "altair"
"""Needed by what is drawn behind a page only, and the largest of all."""
_AT_MOST = 2.0
"""Seconds that one step waits for pages, so that it comes to its end in any case."""


def begin(desk: Desk) -> None:
    """Begins it; then what an earlier server did not come to wipe."""

    def work() -> None:
        with suppress(WithholdError):  # of a store that cannot be read its pages tell
            warm(desk)

    threading.Thread(target=work, daemon=True).start()


def warm(desk: Desk) -> None:
    """All of it, one step after the other."""
    for step in _steps(desk):
        desk.wait_for_pages(_AT_MOST)
        step()
    wiping.begin_if_due(desk)


def _steps(desk: Desk) -> Iterator[Callable[[], object]]:
    setting = desk.setting()
    pages = pages_of(desk.edition(setting.lang, setting.when))
    for name in _LATE:
        yield partial(_imported, name)
    for name in templates_of(pages):
        yield partial(pages.get_template, name)
    yield partial(_imported, _CHARTS)


def _imported(name: str) -> None:
    with suppress(ModuleNotFoundError):  # an extra that is not there: who needs it says so
        import_module(name)
