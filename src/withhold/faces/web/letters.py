"""Letters: every case with where it stands, the dates by month, the way to a new one."""

from __future__ import annotations

from withhold.faces.web import (
    letters_case,
    letters_dates,
    letters_files,
    letters_forget,
    letters_new,
    letters_next,
    letters_replies,
)
from withhold.faces.web.letters_known import PART, all_standings, known, row
from withhold.faces.web.views import Ask, Page, Route


def show(ask: Ask) -> Page:
    """All cases, the open ones first."""
    have = known(ask)
    found = all_standings(ask, have)
    rows = [row(one, have) for one in found]
    open_ = [one for one in rows if one.is_open or one.unread]  # over, but with a reply to read
    return Page(
        template="letters.html",
        title=have.p["title"],
        part=PART,
        command="withhold plan" if rows else "withhold apply SUBJECT --letter",
        values={
            "p": have.p,
            "open": open_,
            "runs": sum(one.is_open for one in rows),
            "over": [one for one in rows if one not in open_],
            "months": letters_dates.months(found, have),
            "late": sum(bool(one.late) for one in open_),
            "unread": sum(len(one.unread) for one in rows),
        },
        covers_not=(have.p["not_sent"], have.p["not_read"], have.words["disclaimer"]),
    )


ROUTES = (
    Route(path="/letters", get=show),
    *letters_new.ROUTES,
    *letters_next.ROUTES,
    *letters_case.ROUTES,
    *letters_files.ROUTES,
    *letters_replies.ROUTES,
    *letters_forget.ROUTES,
    *letters_dates.ROUTES,
)
