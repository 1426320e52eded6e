"""How a robots.txt is written: lines that readers take differently, or that nobody takes as meant.

Pure; ``conflicts`` puts these beside what contradicts each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from withhold.catalog.load import Knowledge
from withhold.signals import content_signal, content_usage, robots
from withhold.signals.robots import Robots
from withhold.signals.usage_rules import split_path
from withhold.verbs.conflict import TEXT_LIMIT, Conflict
from withhold.verbs.seen import Part, SiteSeen

_AGENT = re.compile(r"[ \t]*user-?[ \t]?agent[ \t]*:[ \t]*([^#]*)", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z_-]+\Z")
_NOTES = {
    ("content-signal", "words-of-content-usage"): "words-of-content-usage",
    ("content-usage", "words-of-content-signal"): "words-of-content-signal",
    ("content-signal", "letter-case"): "letter-case",
    ("content-signal", "outside-groups"): "outside-groups",
    ("content-usage", "outside-groups"): "outside-groups",
}


def modes(seen: SiteSeen, knowledge: Knowledge) -> Iterator[Conflict]:
    """Lines that refuse at Google and not by the standard, or the reverse."""
    body = seen.robots.body
    by_rfc, by_google = robots.read(body, "rfc"), robots.read(body, "google")
    tokens = ["*", *knowledge.crawlers]
    paths = list(dict.fromkeys((seen.path, "/")))
    both = zip(
        tokens, by_rfc.decide_all(tokens, paths), by_google.decide_all(tokens, paths), strict=True
    )
    for token, rfc, google in both:
        for one, other in zip(rfc, google, strict=True):
            if one.allowed != other.allowed:
                code, refuses = ("google-only", other) if one.allowed else ("rfc-only", one)
                source = by_google if one.allowed else by_rfc
                line = refuses.line
                text = source.line_text(line).strip() if line else ""
                yield Conflict(
                    code=code,
                    place=seen.robots.place,
                    line=line,
                    text=text[:TEXT_LIMIT],
                    facts={"token": token},
                )


def names(part: Part, rules: Robots, knowledge: Knowledge) -> Iterator[Conflict]:
    """User-agent lines with a name that RFC 9309, 2.2.1 does not allow: readers differ on it."""
    known = {token.lower(): token for token in knowledge.crawlers}
    for number, line in _lines(rules):
        found = _AGENT.match(line)
        name = found[1].strip() if found else ""
        if not name or name == "*" or _TOKEN.match(name):
            continue
        cut = re.match(r"[A-Za-z_-]*", name)
        meant = known.get(cut[0].lower(), "") if cut else ""
        facts = {"name": name[:TEXT_LIMIT], "meant": meant}
        code = "name-with-more" if meant else "name-not-a-token"
        text = line.strip()[:TEXT_LIMIT]
        yield Conflict(code=code, place=part.place, line=number, text=text, facts=facts)


def _lines(rules: Robots) -> Iterator[tuple[int, str]]:
    number = 1
    while True:
        try:
            yield number, rules.line_text(number)
        except IndexError:
            return
        number += 1


def words(part: Part, rules: Robots) -> Iterator[Conflict]:
    """Words of the one standard in the line of the other, letter case, lines outside groups."""
    readers = {
        "content-signal": content_signal.read_value,
        "content-usage": content_usage.read_value,
    }
    for other in rules.others:
        key = other.key.lower()
        if key not in readers:
            continue
        notes = list(readers[key](split_path(other.value)[1]).notes)
        if not other.tokens:
            notes.append("outside-groups")
        for note in notes:
            if code := _NOTES.get((key, note)):
                text = rules.line_text(other.line).strip()[:TEXT_LIMIT]
                yield Conflict(code=code, place=part.place, line=other.line, text=text)


def limit(part: Part, rules: Robots) -> Iterator[Conflict]:
    """A robots.txt over 500 KiB: crawlers may stop reading there (RFC 9309, section 2.5)."""
    if "limit-500-kib" in rules.notes:
        size = f"{len(part.body) // 1024}"
        yield Conflict(code="over-the-limit", place=part.place, facts={"size": size})
