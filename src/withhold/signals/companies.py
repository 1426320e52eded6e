"""What one company makes of a robots.txt: fallbacks, and control tokens with their fetcher.

A token is answered by its own group or ``*`` and nothing else (RFC 9309, 2.2.1). What a company
does beyond that is its own word, kept as knowledge: Applebot without a group of its own follows
Googlebot's; Applebot-Extended fetches nothing and governs what Applebot's copy is used for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from withhold.signals.robots import Robots
from withhold.site_facts import Crawler
from withhold.words import Statement


def statement(
    robots: Robots,
    crawler: Crawler,
    path: str,
    crawlers: Mapping[str, Crawler],
    *,
    site: str = "",
    place: str = "robots.txt",
    on: date | None = None,
) -> Statement:
    """What the file says to one token, with the line that decides.

    A control token is refused by its own group, and also when every fetcher it governs is
    refused: then there is no copy to use. The reverse never holds: a fetcher that is let in
    does not let in the control token.
    """
    token = crawler.token
    decision = robots.decide(listened_to(robots, crawler), path)
    allowed, line = decision.allowed, decision.line
    why: str = decision.why
    if allowed and crawler.token_kind == "control":
        fetchers = [crawlers[name] for name in crawler.governs if name in crawlers]
        answers = [robots.decide(listened_to(robots, one), path) for one in fetchers]
        if answers and not any(one.allowed for one in answers):
            allowed, line, why = False, answers[0].line, "fetcher-refused"
    text = robots.line_text(line).strip() if line else ""
    return Statement(
        token=token, allowed=allowed, site=site, on=on, line=line, text=text, why=why, place=place
    )


def listened_to(robots: Robots, crawler: Crawler) -> str:
    """The token whose group this crawler obeys: its own, or a documented fallback's."""
    if not robots.has_own_group(crawler.token):
        for other in crawler.fallback:
            if robots.has_own_group(other):
                return other
    return crawler.token


def decide(
    robots: Robots,
    actor: str,
    path: str,
    crawlers: Mapping[str, Crawler],
    *,
    site: str = "",
    place: str = "robots.txt",
    on: date | None = None,
) -> list[Statement]:
    """What the file says to a company's product tokens (``actor`` = operator) and to everyone."""
    return [
        *(
            statement(robots, one, path, crawlers, site=site, place=place, on=on)
            for one in crawlers.values()
            if one.operator == actor
        ),
        everyone(robots, path, site=site, place=place, on=on),
    ]


def everyone(
    robots: Robots, path: str, *, site: str = "", place: str = "robots.txt", on: date | None = None
) -> Statement:
    """What ``User-agent: *`` says, which is all that a company without a token is told."""
    said = robots.decide("*", path)
    text = robots.line_text(said.line).strip() if said.line else ""
    return Statement(
        token="*",
        allowed=said.allowed,
        site=site,
        on=on,
        line=said.line,
        text=text,
        why=said.why,
        place=place,
    )
