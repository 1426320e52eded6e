"""What the other signals of a record say: in its robots.txt, in its headers, in its page's head.

Each is read by its own reader; here stands only which of their statements count for a question.
A statement to a token counts for that token, one to everyone for all (within one file a token's own
replaces it, ``told_by_signals``). What is said of another use counts for nobody, unless the
question is for any refusal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from withhold.signals import content_signal, content_usage, headers, meta, robots_tag, rsl, tdmrep
from withhold.signals.robots import Robots
from withhold.told_by_signals import replaces
from withhold.traces.deciding.answers import Answer, no, unknown, where
from withhold.traces.deciding.heard import EVERYONE, Heard
from withhold.words import Statement

Pairs = Sequence[tuple[str, str]]
_SILENT = (
    "path-not-crawled",  # its no is the one of robots.txt
    "own-group-silent",
    "images-only",
    "title-and-snippet",
    "nocache-wins",
)
"""Why of statements that were read well and say neither yes nor no of this."""


class Spoken(Struct, frozen=True):
    """What the signals come to: what the asker is told, what others are, what cannot be read."""

    own: Answer | None = None
    other: Answer | None = None
    unread: Answer | None = None


NOTHING = Spoken()


def spoken(said: Sequence[Statement], heard: Heard) -> Spoken:
    """Which of the statements refuse, for the asker and for others that are heard."""
    if not said:
        return NOTHING
    to_asker = _to_asker(said, heard)
    own = next((one for one in to_asker if one.allowed is False), None)
    if own is not None:
        return Spoken(own=_no(own, heard))
    odd = [one for one in to_asker if one.allowed is None and one.why not in _SILENT]
    unread = unknown(f"{odd[0].signal}:{where(odd[0])}") if odd else None
    return Spoken(other=_other(said, heard), unread=unread)


def _to_asker(said: Sequence[Statement], heard: Heard) -> list[Statement]:
    """What is said of the use to the asker by name, and then what is said to everyone."""
    use = heard.asking.use
    name = heard.name.lower()
    said = [one for one in said if one.use == use and heard.speaks(one.signal)]
    own = [one for one in said if one.token.lower() == name]
    if heard.name == EVERYONE:
        return own
    to_all = [one for one in said if one.token == EVERYONE]
    return own + [one for one in to_all if not any(replaces(mine, one) for mine in own)]


def _other(said: Sequence[Statement], heard: Heard) -> Answer | None:
    """The first refusal that is said to everyone or to a token that is heard beside the asker."""
    honour, use = heard.asking.honour, heard.asking.use
    if honour == "addressed":
        return None
    for one in said:
        if one.allowed is False and (one.use == use or honour == "any-refusal"):
            answer = _no(one, heard)
            if answer:
                return answer
    return None


def _no(one: Statement, heard: Heard) -> Answer | None:
    token = heard.spoken_to(one.token)
    return no(token, one.signal, where(one)) if token else None


def in_robots(robots: Robots, path: str, heard: Heard) -> Iterator[Statement]:
    """What Content-Usage and Content-Signal in it say of a path."""
    for signal, read in (
        ("content-usage", content_usage.in_robots(robots, path)),
        ("content-signal", content_signal.in_robots(robots, path)),
    ):
        yield from read.statements
        for use, tokens in read.unreached.items():
            if heard.name in tokens or heard.name.lower() in {one.lower() for one in tokens}:
                yield Statement(
                    token=heard.name,
                    allowed=None,
                    signal=signal,
                    use=use,
                    line=robots.group_line(heard.name),
                    why="own-group-silent",
                    place="robots.txt",
                )


def terms_unread(robots: Robots, heard: Heard) -> Answer | None:
    """That a robots.txt names licence terms, which lie elsewhere and are not in the record."""
    if not any(one.key.lower() == "license" for one in robots.others):
        return None
    linked = rsl.linked(robots, heard.name)
    return unknown(f"rsl:{linked[0].line}") if linked else None


def in_page(given: Pairs, html: bytes | None, heard: Heard, path: str) -> list[Statement]:
    """What headers and the page's head say; what adds up in several places is read together."""
    said = headers.read(given, heard.spelled)
    kind = next((value for name, value in given if name.lower() == "content-type"), "")
    head = meta.read(html, kind, heard.spelled) if html else meta.Meta()
    return [
        *content_usage.in_header(said.content_usage).statements,
        *robots_tag.statements(
            (*said.directives, *head.directives),
            kind=heard.asking.kind,
            archive_uses=heard.archive_uses,
        ),
        *tdmrep.decide(
            path,
            header=_tdm(_joined(said.tdm_reservation), said.tdm_policy),
            meta=_tdm(head.tdm_reservation, head.tdm_policy),
        ),
    ]


def _joined(values: Sequence[str]) -> list[str]:
    """Values of a header that came several times, also where somebody has joined the lines by
    commas, as RFC 9110 (5.3) lets anybody."""
    found = [one.strip() for value in values for one in value.split(",")]
    return [one for one in found if one] or found  # empty elements of a list are none (5.6.1)


def _tdm(reservation: Sequence[str], policy: Sequence[str]) -> Pairs:
    return (
        *(("tdm-reservation", value) for value in reservation),
        *(("tdm-policy", value) for value in policy),
    )
