"""Wiping from a large file what was forgotten: a job of its own, so that no page waits for it.

If it is cut off, the store still knows that it is due: at the next start of the server, with the
next thing that is written here, or by the next command that saves something it is made up for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from withhold.faces.web.jobs import Job
from withhold.faces.web.words import words_of
from withhold.keep import Store

if TYPE_CHECKING:
    from withhold.faces.web.desk import Desk

KIND = "wipe"
_PATIENCE = 20.0
"""Seconds more for pages that still read what was there before."""


def begin(desk: Desk) -> None:
    """Puts the wiping at the end of what is to be done, once."""
    if any(one.kind == KIND and one.state == "waiting" for one in desk.jobs.open()):
        return
    words = words_of("frame", desk.setting().lang)

    def work(job: Job) -> Sequence[str]:
        job.told(0, doing=words["wiping"])
        with desk.alone(), Store.open(desk.home, puts_off=True) as store:
            if store.wipe_is_due:
                store.wipe(_PATIENCE)
        return [words["wiped"]]

    desk.jobs.start(KIND, words["wipe_title"], work, stops=False)


def begin_if_due(desk: Desk) -> None:
    """The same where something is left to wipe: after what opened the store by itself."""
    if not desk.exists():
        return
    with desk.reading() as store:
        due = store.wipe_is_due
    if due:
        begin(desk)
