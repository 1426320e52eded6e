"""Content-Signal: Cloudflare's line in a group of robots.txt.

``Content-Signal: search=yes, ai-input=no, ai-train=no``, where a path may stand in front
(contentsignals.org). What yes, no and nothing mean is the policy's text, clauses a to c: nothing
"neither grants nor restricts". Its draft (draft-romm-aipref-contentsignals-00, expired 2026-04-04)
has the words only. Neither says how to read what is unusual. Read here:

- Names and values have no case, as the keys of a robots.txt; noted, since others may compare it.
- Of a use that is named twice, in a line or in lines with equally long paths, the no counts.
- Else the longest path decides, as in the rest of the file, among the lines that name the use: a
  line about a path leaves standing what it does not name.
- A Disallow does not take the line back: the text speaks of collecting, not of fetching.
- ``use=`` (2026, under test) says how to consume and allows or forbids none of our uses: a note.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from withhold.signals import usage_rules
from withhold.signals.robots import Robots
from withhold.signals.usage_rules import Read, Said, Standard, Value
from withhold.words import Use

LIMIT = 64 * 1024
"""Characters of one line's value. A longer one is not read: cut, a no could be missing."""

Note = Literal[
    "too-long",  # longer than the limit: not read, every use is unknown
    "not-yes-or-no",  # a signal has another value, or none: that use is unknown
    "letter-case",  # a name or a value is not in lower case; read all the same
    "signal-twice",  # in one line; the no counts
    "unknown-signal",  # no signal of the policy; passed over
    "words-of-content-usage",  # train-ai, ai-use, y or n: AIPREF's words, not these
    "use-immediate",  # "use=": interact, store nothing
    "use-reference",  # index, excerpt, link back
    "use-full",  # summarise and reproduce
    "use-other",  # a value that is not one of the three
    "outside-groups",  # before the first user-agent line: said to nobody
    "runs-into-next-group",  # see usage_rules
]
Why = Literal["too-long", "not-yes-or-no"]
"""Why a statement says neither yes nor no."""

_USES: dict[str, Use] = {"search": "search", "ai-input": "ai-input", "ai-train": "train-ai"}
_ANSWERS = {"yes": True, "no": False}
_FOREIGN = {"train-ai", "ai-use", "y", "n"}
_CONSUMED: dict[str, Note] = {
    "immediate": "use-immediate",
    "reference": "use-reference",
    "full": "use-full",
}


def read_value(text: str) -> Value:
    """What one line's value says of the uses that it names."""
    if len(text) > LIMIT:
        return Value(tuple(Said(use, None, "too-long") for use in _USES.values()), ("too-long",))
    notes: dict[Note, None] = {}
    said: dict[Use, Said] = {}
    for pair in text.split(","):
        spelled, _, given = (part.strip() for part in pair.partition("="))
        name, value = spelled.lower(), given.lower()
        if not name and not value:
            continue
        if name == "use":
            notes[_CONSUMED.get(value, "use-other")] = None
            continue
        if name in _FOREIGN or (name in _USES and value in _FOREIGN):
            notes["words-of-content-usage"] = None
        elif name not in _USES:
            notes["unknown-signal"] = None
        if name not in _USES:
            continue
        if (name, value) != (spelled, given):
            notes["letter-case"] = None
        one = Said(_USES[name], _ANSWERS.get(value), "" if value in _ANSWERS else "not-yes-or-no")
        if one.allowed is None:
            notes["not-yes-or-no"] = None
        before = said.get(one.use)
        if before:
            notes["signal-twice"] = None
        if before is None or _restricts(one) > _restricts(before):
            said[one.use] = one
    return Value(tuple(said.values()), tuple(notes))


def _restricts(one: Said) -> int:
    """No before yes before unknown (vocab-08, 5.1, for want of a rule of its own)."""
    return (None, True, False).index(one.allowed)


STANDARD = Standard("content-signal", "content-signal", read_value, False, False)


def in_robots(
    robots: Robots,
    path: str,
    *,
    site: str = "",
    place: str = "robots.txt",
    on: date | None = None,
) -> Read:
    """What the Content-Signal lines say of a path: to ``*``, and to each token they address."""
    return usage_rules.read(robots, STANDARD, path, site=site, place=place, on=on)


def write(wish: Mapping[Use, bool], path: str = "") -> str:
    """The line that says it, for a group of robots.txt.

    Uses that are no signal are left out; empty where none is one.
    """
    value = ", ".join(
        f"{name}={'yes' if wish[use] else 'no'}" for name, use in _USES.items() if use in wish
    )
    return usage_rules.write("Content-Signal", value, path) if value else ""
