"""The part: watch. What changed since the last look, what comes, what waits, what policies said."""

from __future__ import annotations

from functools import partial

from withhold.faces.web.views import Ask, Page, Route
from withhold.faces.web.watch_found import LastLook, Waiting, last_look, waiting
from withhold.faces.web.watch_look import ROUTES as LOOK
from withhold.faces.web.watch_look import Reach, reach_of
from withhold.faces.web.watch_policies import ROUTES as POLICIES
from withhold.faces.web.watch_policies import called, rows
from withhold.faces.web.words import words_of

SYSTEMS = ("systemd", "cron", "launchd")


def show(ask: Ask) -> Page:
    """All of it; nothing is looked at by opening the page."""
    setting = ask.setting
    words = words_of("watch", setting.lang)
    there = ask.desk.exists()
    last, reach = LastLook(), Reach()
    waits: Waiting | None = Waiting()
    fresh = True
    if there:
        last = ask.desk.kept(setting, "watch-last", lambda: last_look(ask))
        waits, fresh = ask.desk.later(setting, "watch-waits", lambda: waiting(ask))
        reach = ask.desk.kept(setting, "watch-reach", lambda: reach_of(setting))
    fetches = " --sites" * bool(reach.sites) + " --policies" * bool(reach.policies)
    return Page(
        template="watch.html",
        title=words["title"],
        part="watch",
        values={
            "w": words,
            "last": last,
            "waits": waits,
            "fresh": fresh,
            "reach": reach,
            "called": partial(called, ask.desk.knowledge),
            "policies": rows(ask) if there else (),
            "install": [
                (one, f"withhold watch{fetches} --every 1d --install {one} --write")
                for one in SYSTEMS
            ],
        },
        command="withhold watch",
        covers_not=(words["not_looked"], words["not_told_before"], words["not_secret_changes"]),
        refresh=0 if fresh else 2,
    )


ROUTES = (Route(path="/watch", get=show), *LOOK, *POLICIES)
