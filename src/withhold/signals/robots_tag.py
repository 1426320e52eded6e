"""Values of ``X-Robots-Tag`` and of ``<meta name="robots">`` that speak of AI.

There is no standard; this is what the readers document. ``noai`` and ``noimageai`` are DeviantArt's
(2022). ``noarchive`` and ``nocache`` are old words for the cached copy; Bing (2023-09) and Amazon
say that they mean training too. Bing: ``noarchive`` = not for training and not in chat answers,
``nocache`` = only address, title and snippet are used, both = ``nocache``. How values are written
is Google's page on robots meta tags and MDN's on X-Robots-Tag: rules between commas, without case;
an agent's name and a colon before the rules that are for it; what is said to everyone and what is
said to the agent add up, and the more restrictive counts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from withhold.errors import BadInput
from withhold.words import Kind, Statement, Use

EVERYONE = "*"
OURS: dict[str, str] = {
    "noai": "noai",
    "noimageai": "noai",
    "noarchive": "noarchive",
    "nocache": "noarchive",
}
"""The directives that speak of AI, and the signal (id in ``knowledge/signals/``) of each."""

Flaw = Literal[
    "",
    "malformed",  # the word stands in a value, but not alone between commas: readers differ
    "agent-in-meta",  # an agent before a colon, which is the header's form and not the tag's
    "wrong-attribute",  # http-equiv or property instead of name
    "in-body",  # a meta tag that stands in the body, where only some readers look
    "in-noscript",  # one that a reader which runs scripts does not see
]
Why = Literal["images-only", "title-and-snippet", "nocache-wins"]
"""Of a statement, beside a flaw: ``noimageai`` speaks of images alone; ``nocache`` leaves address,
title and snippet in use; ``nocache`` beside ``noarchive`` is taken as ``nocache`` (Bing)."""
Note = Literal[
    "malformed",
    "agent-in-meta",
    "agent-carries-on",  # `bot: a, noai`: the second rule is for the bot as well, not for everyone
    "unknown-agent",  # addressed to a name that no product token of knowledge has
    "noarchive-and-nocache",  # together they refuse less than noarchive alone
]

_VALUED = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")
_AGENT = re.compile(r"\*|(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9_.-]{1,100}", re.ASCII)
_WEEKDAY = re.compile(r"unavailable_after\s*:\s*[a-z]{3,9}\s*\Z", re.I | re.A)
_DATE = re.compile(r"\s*\d\d?[\s-]\w{3}[\s-]\d{2,4}\s[\d:]+(\s(\w{1,3}|[+-]\d{4}))?\s*", re.A)
_TEXT = 200


class Directive(Struct, frozen=True, gc=False):
    """One rule as read: to whom, its name in lower case, its value, and where it stands."""

    token: str
    name: str
    value: str = ""
    flaw: Flaw = ""
    carried: bool = False
    place: str = ""
    line: int | None = None
    text: str = ""


def read(
    value: str, tokens: Sequence[str] = (), *, place: str = "header X-Robots-Tag"
) -> list[Directive]:
    """The rules of one ``X-Robots-Tag``; another header begins again with everyone.

    ``tokens`` are product tokens as knowledge spells them; other agents keep the spelling found.
    """
    spelled = spellings(tokens)
    whole = f"X-Robots-Tag: {value.strip()}"
    agent, prefix, carried = EVERYONE, "", False
    found = []
    for part in _pieces(value):
        named, piece = _addressed(part)
        if named:
            agent, prefix, carried = spelled.get(named.lower(), named), f"{named}: ", False
        # of a long line the words that decide, not the first ones
        text = whole if len(whole) <= _TEXT else f"X-Robots-Tag: {prefix}{piece}"[:_TEXT]
        for one, set_to, flaw in _rules(piece):
            found.append(Directive(agent, one, set_to, flaw, carried, place, None, text))
            carried = agent != EVERYONE
    return found


def said_in_meta(
    token: str,
    content: str,
    *,
    flaw: Flaw = "",
    spelled: Mapping[str, str] | None = None,
    place: str = "meta",
    line: int | None = None,
    text: str = "",
) -> list[Directive]:
    """The rules of one robots meta tag, whose name says to whom; ``flaw`` is the tag's own."""
    found = []
    for part in _pieces(content):
        named, piece = _addressed(part)
        to = (spelled or {}).get(named.lower(), named) if named else token
        own = flaw or ("agent-in-meta" if named else "")
        for one, set_to, wrong in _rules(piece):
            found.append(Directive(to, one, set_to, own or wrong, False, place, line, text[:_TEXT]))
    return found


def spellings(tokens: Iterable[str]) -> dict[str, str]:
    """Product tokens by their lower case; the first of two that differ in case alone stays."""
    found: dict[str, str] = {}
    for token in tokens:
        found.setdefault(token.lower(), token)
    return found


def _pieces(value: str) -> list[str]:
    """What stands between commas; but the comma of a date is no separator (``Wed, 03 Dec 2025``).

    Dates of RFC 822 and RFC 850 begin with a weekday and a comma. What follows has to look like
    one: ``unavailable_after: Friday, noai`` keeps its ``noai``.
    """
    found: list[str] = []
    day = False  # whether the piece before ends in a weekday
    for part in value.split(","):
        if day and _DATE.fullmatch(part):
            found[-1] += f",{part}"
            day = False
        else:
            found.append(part)
            day = _WEEKDAY.search(part) is not None
    return found


def _addressed(part: str) -> tuple[str, str]:
    """The agent before a colon, if there is one, and the rule: dates and values have colons too."""
    piece = part.strip()
    head, colon, rest = piece.partition(":")
    name = head.strip()
    if colon and name.lower() not in (*_VALUED, *OURS) and _AGENT.fullmatch(name):
        return name, rest.strip()
    return "", piece


def _rules(piece: str) -> Iterator[tuple[str, str, Flaw]]:
    """The rule of a piece: name, value, flaw. Several where our words stand between others."""
    if not piece:
        return
    head, colon, rest = piece.partition(":")
    name = head.strip().lower()
    if not colon and name in OURS:
        yield name, "", ""
        return
    if name in _VALUED:
        yield name, rest.strip(), ""
        return
    lower = piece.lower()
    meant = [word for word in dict.fromkeys(re.split(r"[^a-z]+", lower)) if word in OURS]
    joined = re.sub(r"[^a-z]+", "", lower)
    if joined in OURS and not meant:  # "no-ai"
        meant = [joined]
    if meant:
        for word in meant:
            yield word, "", "malformed"
    else:
        yield name, rest.strip(), ""


def statements(
    directives: Iterable[Directive],
    *,
    kind: Kind = "page",
    archive_uses: Sequence[Use] = ("train-ai",),
    site: str = "",
    on: date | None = None,
) -> list[Statement]:
    """What the rules say of content of this kind: per signal, one for each token and place.

    Rules of several places (header and meta) belong into one call: what they say adds up, and
    ``nocache`` in one weakens ``noarchive`` in the other. A named agent's statement has what is
    said to everyone in it. ``archive_uses`` are the uses that ``noarchive`` speaks of: to Bing
    also ``ai-input``, which is knowledge of who heeds it and so the caller's.
    """
    by_token: dict[str, dict[str, list[Directive]]] = {}
    for one in directives:
        if one.name in OURS:
            by_signal = by_token.setdefault(one.token.lower(), {})
            by_signal.setdefault(OURS[one.name], []).append(one)
    to_all = {
        signal: {(one.name, one.flaw) for one in some}
        for signal, some in by_token.get(EVERYONE, {}).items()
    }
    found = []
    for token in sorted(by_token, key=lambda name: name != EVERYONE):
        for signal, own in sorted(by_token[token].items()):
            said = {(one.name, one.flaw) for one in own} | to_all.get(signal, set())
            allowed, why, names = _heard(signal, said, kind)
            uses = archive_uses if signal == "noarchive" else ("train-ai",)
            for at, says in _places(own, names).items():
                for use in uses:
                    found.append(
                        Statement(
                            token=own[0].token,
                            allowed=allowed,
                            signal=signal,
                            use=use,
                            site=site,
                            on=on,
                            line=says.line,
                            text=says.text,
                            why=why,
                            place=at,
                        )
                    )
    return found


def _places(own: Sequence[Directive], names: tuple[str, ...]) -> dict[str, Directive]:
    """The first directive at each place that decides, or else the first there."""
    found: dict[str, Directive] = {}
    for one in own:
        before = found.get(one.place)
        if before is None or (one.name in names and before.name not in names):
            found[one.place] = one
    return found


def _heard(
    signal: str, said: set[tuple[str, Flaw]], kind: Kind
) -> tuple[bool | None, str, tuple[str, ...]]:
    """The answer of what is said together, why, and the names that decide it."""
    plain = {name for name, flaw in said if not flaw}
    if signal == "noai":
        if "noai" in plain:
            return False, "", ("noai",)
        if "noimageai" in plain:
            return (False if kind in ("image", "photo") else None), "images-only", ("noimageai",)
    elif "nocache" in plain:
        both = "noarchive" in plain
        return None, "nocache-wins" if both else "title-and-snippet", ("nocache",)
    elif "noarchive" in plain:
        return False, "", ("noarchive",)
    return None, sorted(flaw for _, flaw in said if flaw)[0], ()


def notes(directives: Iterable[Directive], tokens: Sequence[str] = ()) -> list[Note]:
    """The traps met in rules that speak of AI. Without ``tokens`` no agent is unknown."""
    known = spellings(tokens)
    plain: dict[str, set[str]] = {}
    found: dict[Note, bool] = {}
    for one in directives:
        if one.name not in OURS:
            continue
        token = one.token.lower()
        if one.flaw == "malformed" or one.flaw == "agent-in-meta":
            found[one.flaw] = True
        if one.carried:
            found["agent-carries-on"] = True
        if known and token != EVERYONE and token not in known:
            found["unknown-agent"] = True
        if not one.flaw:
            plain.setdefault(token, set()).add(one.name)
    everyones = plain.get(EVERYONE, set())
    if any({"noarchive", "nocache"} <= said | everyones for said in plain.values()):
        found["noarchive-and-nocache"] = True
    return list(found)


def write(
    refused: Collection[Use],
    tokens: Sequence[str] = (EVERYONE,),
    signals: Collection[str] = ("noai", "noarchive"),
) -> list[tuple[str, str]]:
    """Who is told which rules so that these uses are refused: ``[(token, "noai, ...")]``.

    Everyone first, so that a proxy that joins headers into one line changes nothing. Nothing is
    written that takes a page out of search. ``noarchive`` always refuses training, so it is not
    written for ``ai-input`` alone; ``nocache`` never is, for it would weaken ``noarchive``.
    Raises BadInput for a token that cannot stand before a colon.
    """
    if "train-ai" not in refused:
        return []
    names = [name for name, signal in OURS.items() if name != "nocache" and signal in signals]
    for token in tokens:
        if token != EVERYONE and _addressed(f"{token}:") != (token, ""):
            raise BadInput(
                f"{token!r} is no product token",
                "letters, digits, `_`, `-` and `.`, and not the name of a rule",
            )
    told = sorted(dict.fromkeys(tokens), key=lambda token: token != EVERYONE)
    return [(token, ", ".join(names)) for token in told] if names else []
