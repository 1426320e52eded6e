"""What a robots.txt says to the tokens that are heard: the refusal that is nearest to the asker.

First what the asker is told itself, then what the other tokens are told, in the order of ``Heard``.
All are answered in one pass over the file.
"""

from __future__ import annotations

from withhold.signals import companies
from withhold.signals.robots import Decision, Robots
from withhold.site_facts import Crawler
from withhold.traces.deciding.answers import Answer, no
from withhold.traces.deciding.heard import EVERYONE, Heard

LAYER = "robots"
_Rows = list[tuple[Decision, ...]]


def refusals(robots: Robots, path: str, heard: Heard) -> tuple[Answer | None, Answer | None]:
    """The refusal that the asker is told, and else the first that another token is told."""
    rows = robots.decide_all(heard.tokens, (path,))
    asker = heard.asker
    if asker and (asker.fallback or asker.token_kind == "control"):
        own = _by_company(robots, asker, path, heard)
    else:
        own = _refused(heard.name, rows[0][0])
    return own, None if own else _other(robots, path, heard, rows)


def _other(robots: Robots, path: str, heard: Heard, rows: _Rows) -> Answer | None:
    """What another token is told; ``*`` is one, for most have no group of their own."""
    everyone = rows[-1]
    place_of = heard.place_of
    named = sorted(  # of the few tokens that a file names
        [place_of[one] for one in map(str.lower, robots.tokens) if one in place_of]
    )
    found: Answer | None = None
    at = len(heard.others)
    for place in named:
        if 0 < place <= at and not rows[place][0].allowed:
            found, at = _refused(heard.tokens[place], rows[place][0]), place - 1
            break
    for number, crawler, places in heard.more if named else ():
        if number >= at:
            break
        if not places.isdisjoint(named):
            more = _by_company(robots, crawler, path, heard)
            if more:
                return more
    if found is None and heard.others and not everyone[0].allowed:
        return _refused(EVERYONE, everyone[0])
    return found


def _refused(token: str, said: Decision) -> Answer | None:
    if said.allowed:
        return None
    return no(token if said.why == "own-group" else EVERYONE, LAYER, said.line or 0)


def _by_company(robots: Robots, crawler: Crawler, path: str, heard: Heard) -> Answer | None:
    """By what the company says that it obeys beside the token's own group."""
    said = companies.statement(robots, crawler, path, heard.crawlers)
    if said.allowed is not False:
        return None
    everyone = said.why == "star-group" or (
        said.why == "fetcher-refused"
        and not any(robots.has_own_group(one) for one in crawler.governs)
    )
    return no(EVERYONE if everyone else crawler.token, LAYER, said.line or 0)
