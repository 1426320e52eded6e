"""The button "End withhold": for who started it by a double click, and has no Ctrl-C."""

from __future__ import annotations

from withhold.errors import NotFound
from withhold.faces.web.views import Ask, Page, Route
from withhold.faces.web.words import words_of


def end(ask: Ask) -> Page:
    """Ends the server, and says so; with something at work only when that is meant.

    Raises NotFound where the server was started in a terminal, and is ended there.
    """
    t = words_of("app", ask.setting.lang)
    if ask.desk.end is None:
        raise NotFound(t["not_from_here"], t["not_from_here_tip"])
    if ask.desk.jobs.open() and not ask.said("sure"):
        return Page(template="end.html", title=t["end"], values={"t": t})
    ask.desk.end()
    return Page(template="ended.html", title=t["ended"], values={"t": t})


ROUTES = (Route(path="/end", post=end),)
