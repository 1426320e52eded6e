"""Content-Usage: the preferences of the IETF's AIPREF drafts, in a robots.txt and in a header.

Words by draft-ietf-aipref-vocab-08 (section 6: an RFC 9651 dictionary of ``y`` and ``n``), places
by draft-ietf-aipref-attach-05. Neither is an RFC. Everything but the tokens ``y`` and ``n`` is
unknown, never a no; a dictionary that does not parse leaves every use unknown (6.5).

- Several header lines are one dictionary (RFC 9651, 4.2): of a label that stands twice the last
  counts, also where that is the permissive one. Between header and robots.txt the most restrictive
  counts (vocab-08, 5.1), as between all signals; that is not decided here.
- In a robots.txt the rule with the longest path decides, alone; of equally long ones the most
  restrictive (attach-05, 3.1). A rule without a path is the shortest.
- "no preferences are implied for resources that are disallowed" (attach-05, 3.1): to a token that
  may not fetch the path, neither yes nor no is said. Its no is then the one of robots.txt itself.
- Nothing is retroactive: a no counts from the next fetch of the file and of the page (3.3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import http_sf

from withhold.signals import usage_rules
from withhold.signals.robots import Robots
from withhold.signals.usage_rules import Read, Said, Standard, Value
from withhold.words import Statement, Use

LIMIT = 64 * 1024
"""Octets of one dictionary. A longer one is not read: cut, another member could be the last."""

Note = Literal[
    "not-a-dictionary",  # does not parse by RFC 9651: every use is unknown
    "upper-case-key",  # and would parse in lower case
    "too-long",  # longer than the limit: not read, every use is unknown
    "not-y-or-n",  # a label has another value, such as "n", ?0, or nothing: that use is unknown
    "label-twice",  # the last one counts
    "unknown-label",  # no label of vocab-08; passed over, as it must be (6.4)
    "words-of-content-signal",  # ai-train, ai-input, yes or no: Cloudflare's words, not these
    "outside-groups",  # before the first user-agent line: said to nobody
    "runs-into-next-group",  # see usage_rules
    "longer-path-is-silent",  # a rule with a longer path hides what a shorter one says of a use
    "path-not-crawled",  # to a token that may not fetch the path nothing is said
]
Why = Literal["not-a-dictionary", "upper-case-key", "too-long", "not-y-or-n", "path-not-crawled"]
"""Why a statement says neither yes nor no."""

_USES: dict[str, Use] = {"train-ai": "train-ai", "ai-use": "ai-input", "search": "search"}
_ANSWERS = {"y": True, "n": False}
_FOREIGN = {"ai-train", "ai-input", "yes", "no"}


def read_value(text: str) -> Value:
    """What one dictionary says of the uses that it names; of every use, where it cannot be read."""
    notes: dict[Note, None] = {}
    octets = text.encode("utf-8", "surrogatepass")
    if len(octets) > LIMIT:
        return _unread("too-long")

    def twice(key: str, where: str) -> None:
        if where == "dictionary" and key in _USES:
            notes["label-twice"] = None

    members = _dictionary(octets, twice)
    if members is None:
        lower = _dictionary(octets.lower()) is not None
        return _unread("upper-case-key" if lower else "not-a-dictionary")
    said: list[Said] = []
    for label, member in members.items():
        value = member[0] if isinstance(member, tuple) else member
        token = str(value) if isinstance(value, http_sf.Token) else ""
        if label in _FOREIGN or (label in _USES and token.lower() in _FOREIGN):
            notes["words-of-content-signal"] = None
        elif label not in _USES:
            notes["unknown-label"] = None
        if label in _USES:
            answer = _ANSWERS.get(token)
            said.append(Said(_USES[label], answer, "" if token in _ANSWERS else "not-y-or-n"))
            if answer is None:
                notes["not-y-or-n"] = None
    return Value(tuple(said), tuple(notes))


def _dictionary(
    octets: bytes, twice: http_sf.OnDuplicateKeyType | None = None
) -> http_sf.DictionaryType | None:
    try:
        members = http_sf.parse(octets, tltype="dictionary", on_duplicate_key=twice)
    except http_sf.StructuredFieldError:
        return None
    return members if isinstance(members, dict) else None


def _unread(why: Literal["not-a-dictionary", "upper-case-key", "too-long"]) -> Value:
    return Value(tuple(Said(use, None, why) for use in _USES.values()), (why,))


def in_header(
    values: Sequence[str],
    *,
    site: str = "",
    place: str = "header Content-Usage",
    on: date | None = None,
) -> Read:
    """What the header says of the content it came with, to everyone: one statement per use.

    ``values`` are the lines of that name, in their order; their names have no case.
    """
    if not values:
        return Read([], ())
    text = ", ".join([one.strip(" \t") for one in values])
    value = read_value(text)
    statements = [
        Statement(
            token="*",
            allowed=one.allowed,
            signal="content-usage",
            use=one.use,
            site=site,
            on=on,
            text=text[: usage_rules.TEXT_LIMIT],
            why=one.why,
            place=place,
        )
        for one in value.said
    ]
    return Read(statements, value.notes)


STANDARD = Standard("content-usage", "content-usage", read_value, True, True)


def in_robots(
    robots: Robots,
    path: str,
    *,
    site: str = "",
    place: str = "robots.txt",
    on: date | None = None,
) -> Read:
    """What the Content-Usage rules say of a path: to ``*``, and to each token that they address."""
    return usage_rules.read(robots, STANDARD, path, site=site, place=place, on=on)


def write(wish: Mapping[Use, bool], path: str = "") -> str:
    """The line that says it, for a group of robots.txt, or without a path for a header.

    Uses that have no label are left out; empty where none has one.
    """
    value = write_value(wish)
    return usage_rules.write("Content-Usage", value, path) if value else ""


def write_value(wish: Mapping[Use, bool]) -> str:
    """The dictionary alone, as the rules of a server need it; empty where no use has a label."""
    members: http_sf.DictionaryType = {
        label: (http_sf.Token("y" if wish[use] else "n"), {})
        for label, use in _USES.items()
        if use in wish
    }
    return http_sf.ser(members) if members else ""
