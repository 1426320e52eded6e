"""Where a site's signals contradict each other, or do not say what their owner thinks they say.

Pure. Each conflict has a code with a sentence per language (table ``conflict`` of
``knowledge/reasons/``), the place, the line and the words. None of them changes an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from withhold.catalog.load import Knowledge
from withhold.signals import robots_tag
from withhold.verbs import robots_lines
from withhold.verbs.conflict import TEXT_LIMIT, Conflict
from withhold.verbs.seen import Part, SiteSeen
from withhold.verbs.site_says import statements
from withhold.words import Statement, Use

_TOKEN = re.compile(r"[A-Za-z_-]+\Z")
_MANAGED = re.compile(rb"BEGIN Cloudflare Managed content", re.IGNORECASE)
_COMMENT = re.compile(r"(?:^|\s)#.*")
_USES: tuple[Use, ...] = ("train-ai", "search", "ai-input")
_VALUES = frozenset(
    (
        *("not-yes-or-no", "not-y-or-n", "not-0-or-1", "string-value", "said-twice", "too-long"),
        *("upper-case-key", "not-a-dictionary", "not-json", "not-an-array", "too-deep"),
        *("malformed", "wrong-attribute", "in-body", "in-noscript", "agent-in-meta"),
    )
)
"""Why of a statement that is meant as an answer and is none by its standard."""


def conflicts(
    seen: SiteSeen,
    knowledge: Knowledge,
    *,
    folder: Part | None = None,
    elsewhere: Iterable[Part] = (),
    server_rules: Iterable[Part] = (),
) -> list[Conflict]:
    """All that was found, each once.

    ``folder`` is the robots.txt that lies on the owner's disk, where ``seen`` was served;
    ``elsewhere`` the robots.txt of the site's other origins; ``server_rules`` files of a server.
    """
    said = statements(seen, knowledge.crawlers, knowledge.signals)
    rules = seen.rules
    found = [
        *_no_and_yes(said, knowledge),
        *_neither(said),
        *_served(seen.robots, folder),
        *_origins(seen.robots, elsewhere),
        *(one for part in server_rules for one in _control_tokens(part, knowledge)),
        *_letter_case(seen.page),
    ]
    if rules is not None and seen.robots.read:
        found += [
            *robots_lines.modes(seen, knowledge),
            *robots_lines.names(seen.robots, rules, knowledge),
            *robots_lines.words(seen.robots, rules),
            *robots_lines.limit(seen.robots, rules),
        ]
    return list({(one.code, one.where, one.text): one for one in found}.values())


# Yes here, no there ---------------------------------------------------------------------------


def _no_and_yes(said: Sequence[Statement], knowledge: Knowledge) -> Iterator[Conflict]:
    """Two places that say the opposite of one use to the same hearers."""
    for use in _USES:
        tokens = {
            token.lower()
            for actor in knowledge.actors.values()
            for practice in actor.practice
            if practice.use == use
            for token in practice.via
        } | {"*"}
        spoken = [
            one
            for one in said
            if (one.use == use or (not one.use and one.token.lower() in tokens and one.line))
        ]
        no = _first(one for one in spoken if one.allowed is False)
        yes = _first(
            one for one in spoken if one.allowed and (one.signal != "robots.txt" or _explicit(one))
        )
        for against in no:
            for allows in yes:
                same = against.signal == allows.signal and against.place == allows.place
                if not same and _share(against, allows):
                    yield Conflict(
                        code="says-no-and-yes",
                        place=against.place,
                        line=against.line,
                        text=against.text,
                        facts={
                            "use": use,
                            "there": _where(allows),
                            "other": allows.text,
                            "token": against.token,
                        },
                    )


def _first(some: Iterable[Statement]) -> list[Statement]:
    """One for each place and line, the one to everyone before others."""
    found: dict[tuple[str, str, int | None], Statement] = {}
    for one in some:
        key = (one.signal, one.place, one.line)
        if key not in found or one.token == "*":
            found[key] = one
    return list(found.values())


def _explicit(one: Statement) -> bool:
    """Whether robots.txt lets a token in by a rule of its own; most let in by saying nothing."""
    return one.why == "own-group" and one.text.lower().lstrip().startswith("allow")


def _share(one: Statement, other: Statement) -> bool:
    """Whether somebody is told both: in one file a group of one's own stands for itself."""
    if one.token.lower() == other.token.lower():
        return True
    if "*" not in (one.token, other.token):
        return False
    named = other if one.token == "*" else one
    own = named.why == "own-group" if named.signal == "robots.txt" else True
    return not (own and one.place == other.place)


def _where(one: Statement) -> str:
    return f"{one.place}:{one.line}" if one.line else one.place


def _neither(said: Sequence[Statement]) -> Iterator[Conflict]:
    """A signal that is there and says neither, as its value is none; groups that repeat nothing.

    A group that refuses its token by robots.txt need not repeat what `*` is told besides.
    """
    refused = {one.token for one in said if one.signal == "robots.txt" and one.allowed is False}
    for one in said:
        if one.allowed is not None:
            continue
        if one.why in _VALUES:
            yield Conflict(
                code="says-neither",
                place=one.place,
                line=one.line,
                text=one.text,
                facts={"why": one.why},
            )
        elif (
            one.why == "own-group-silent"
            and one.use == "train-ai"
            and one.signal != "rsl"
            and _TOKEN.match(one.token)
            and one.token not in refused
        ):
            yield Conflict(
                code="own-group-silent",
                place=one.place,
                line=one.line,
                facts={"token": one.token, "signal": one.signal},
            )


# Served, on the disk, at other origins --------------------------------------------------------


def _served(served: Part, folder: Part | None) -> Iterator[Conflict]:
    if folder is None or not folder.read or not served.read or _alike(served.body, folder.body):
        return
    managed = _MANAGED.search(served.body)
    if managed and not _MANAGED.search(folder.body):
        line = served.body.count(b"\n", 0, managed.start()) + 1
        text = managed[0].decode("ascii")
        facts = {"there": folder.place}
        yield Conflict(code="managed-block", place=served.place, line=line, text=text, facts=facts)
        return
    line, text = _first_difference(served.body, folder.body)
    yield Conflict(
        code="served-differs",
        place=served.place,
        line=line,
        text=text,
        facts={"there": folder.place},
    )


def _origins(here: Part, elsewhere: Iterable[Part]) -> Iterator[Conflict]:
    """Another origin with other rules; what could not be read there differs in nothing."""
    if not here.read and here.missing != "none":
        return
    for there in elsewhere:
        if there.missing in ("not-asked", "unreachable", "unreachable-429"):
            continue
        if there.missing != here.missing or not _alike(there.body, here.body):
            line, text = _first_difference(here.body, there.body)
            yield Conflict(
                code="origins-differ",
                place=here.place,
                line=line,
                text=text,
                facts={"there": there.place},
            )


def _alike(one: bytes, other: bytes) -> bool:
    """Whether line by line they say the same, however lines end (RFC 9309, 2.2: CR, LF or both)."""
    return one == other or one.splitlines() == other.splitlines()


def _first_difference(one: bytes, other: bytes) -> tuple[int, str]:
    """The first line that is another one there, and its words here."""
    mine, theirs = one.splitlines(), other.splitlines()
    for number, (line, against) in enumerate(zip(mine, theirs, strict=False), start=1):
        if line != against:
            return number, _text(line)
    number = min(len(mine), len(theirs)) + 1
    return number, _text(mine[number - 1]) if number <= len(mine) else ""


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").strip()[:TEXT_LIMIT]


# Headers and server rules ---------------------------------------------------------------------


def _letter_case(page: Part) -> Iterator[Conflict]:
    """Right by the standard (names and rules have no case), read as a yes by a known checker."""
    for name, value in page.headers if page.read else ():
        lower = name.lower()
        odd = lower == "tdm-reservation" and name != lower and value.strip() == "1"
        if lower == "x-robots-tag":
            said = {word for word in re.split(r"[^A-Za-z]+", value) if word != word.lower()}
            odd = any(word.lower() in robots_tag.OURS for word in said)
        if odd:
            text = f"{name}: {value}"[:TEXT_LIMIT]
            yield Conflict(code="case-read-as-yes", place=page.place, text=text)


def _control_tokens(part: Part, knowledge: Knowledge) -> Iterator[Conflict]:
    """Rules of a server that wait for a token which never fetches, so that they never match."""
    controls: Mapping[str, str] = {
        token.lower(): token
        for token, one in knowledge.crawlers.items()
        if one.token_kind == "control"
    }
    if not controls:
        return
    named = re.compile(
        r"(?<![A-Za-z_-])(" + "|".join(map(re.escape, controls)) + r")(?![A-Za-z_-])",
        re.IGNORECASE,
    )
    for number, raw in enumerate(part.body.splitlines(), start=1):
        line = raw[:10_000].decode("utf-8", "replace")
        for token in dict.fromkeys(one.lower() for one in named.findall(_COMMENT.sub("", line))):
            one = Conflict(
                code="control-token-in-server-rules",
                place=part.place,
                line=number,
                text=line.strip()[:TEXT_LIMIT],
            )
            yield replace(one, facts={"token": controls[token]})
