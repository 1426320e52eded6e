"""Whether a no reaches the training that a sentence speaks of.

Read back from the verb to the one who acts: a no on the way is meant; what stands behind another
``may`` or ``will``, a ``but``, or the next subject, is not.
"""

from __future__ import annotations

from withhold.policies.events import Event
from withhold.policies.signs import Signs
from withhold.policies.words_ready import Mark

FAR, AHEAD = 60, 25
"""Words before and behind the training in which a no is looked for."""
BEGINS = 3
"""Words before a training that stands at the beginning: then the no follows."""
SHORT = 3
"""Letters of ``(a)``, ``iii``: with these a part of a list begins."""
SUBJECT_WORDS = 5
"""Words between the no that opens a statement and its verb: ``none of your photos will``."""
UNDONE_WORDS = 8
"""Words before ``prevents`` in which a ``nothing`` takes it back."""
GERUND, GERUND_WORDS = "ing", 12
_BEFORE = ("inverted", "people", "customers", "public", "some")
"""What stands before a subject that begins nothing new: `nor do we`, `data they process`."""
_CONTENT = ("people", "customers", "public")


def denied(signs: Signs, event: Event) -> Mark | None:
    """The no that reaches the event, or None."""
    found = _back(signs, event.verb.first)
    if found is None and event.model is not None and event.model.first < event.verb.first:
        found = _back(signs, event.first)
    return found or _ahead(signs, event)


def no_before_the_end(lead: Signs) -> Mark | None:
    """The no that reaches what stands behind a lead: ``We will never:``."""
    no = _back(lead, len(lead.here))
    if no is None or (no.name == "denies" and _back(lead, no.first) is not None):
        return None  # `nothing prevents us from`
    return no


def _back(signs: Signs, start: int) -> Mark | None:
    for at in range(start - 1, max(-1, start - FAR), -1):
        if (
            at + 1 < len(signs.here)
            and signs.here.broken[at + 1] == 3
            and not _listed(signs, at + 1)
        ):
            return None
        no = _no(signs, at)
        if no is not None and no.first == at and _binds(signs, no, start):
            return no
        denies = signs.covers("denies", at)
        if denies is not None and denies.first == at and _from(signs, denies, start):
            return None if _undone(signs, denies) else denies
        if any(signs.has(name, at) for name in _CONTENT):
            continue
        if signs.has("turn", at) or (signs.has("modal", at) and not _no_near(signs, at)):
            return None
        if signs.has("subject", at) and not any(signs.has(name, at - 1) for name in _BEFORE):
            return None
    return None


def _listed(signs: Signs, at: int) -> bool:
    """Whether the part at this word is one of a list that hangs on what stood before a colon."""
    colon = any(signs.here.broken[k] == 2 for k in range(max(1, at - FAR), at + 1))
    own = any(signs.has(name, at) for name in ("subject", "our_own", "nobody"))
    return colon and len(signs.here.words[at]) <= SHORT and not own


def _no(signs: Signs, at: int) -> Mark | None:
    if signs.has("no_negation", at) or signs.has("no_control", at):
        return None
    return signs.covers("negation", at)


def _undone(signs: Signs, denies: Mark) -> bool:
    """``Nothing in these terms prevents us from``: a no right before takes it back."""
    for at in range(denies.first - 1, max(-1, denies.first - UNDONE_WORDS), -1):
        if _no(signs, at) is not None:
            return True
        if signs.here.broken[at] or signs.has("joins", at) or signs.has("subject", at):
            return False
    return False


def _binds(signs: Signs, no: Mark, start: int) -> bool:
    """Of ``data that is not public``: no. Of ``data that is not used to train``: yes.

    ``Without your name to train`` leaves out the name; ``without using it to train``, the training.
    """
    if signs.has("exclusion", no.first) and not any(
        signs.has("use", at) or signs.here.words[at].endswith(GERUND)
        for at in range(no.last, min(start + 1, len(signs.here)))
    ):
        return False
    if not any(signs.has("relative", at) for at in range(max(0, no.first - 2), no.first)):
        return True
    at = no.last
    while at < start and signs.has("adverb", at):
        at += 1
    return at >= start or signs.has("use", at)


def _no_near(signs: Signs, at: int) -> bool:
    """``may not``, ``never will``, ``no third party may``."""
    begin = at
    while begin > max(0, at - SUBJECT_WORDS) and signs.here.broken[begin] == 0:
        begin -= 1
    opens = begin == 0 or signs.here.broken[begin] > 0
    if opens and begin < at and _no(signs, begin) is not None:
        return signs.any("subject", first=begin, last=at) is None
    near = (at - 1, *range(at + 1, min(len(signs.here), at + 4)))
    return any(_no(signs, k) is not None for k in near)


def _from(signs: Signs, denies: Mark, start: int) -> bool:
    """``prohibits the provider from training``: a ``from`` or an -ing stands between."""
    if start - denies.last <= 1 or any(
        signs.has("away_from", at) for at in range(denies.last, start)
    ):
        return True
    if signs.has("purpose", denies.last - 1):
        return True  # `forbids them to`
    gerund = start < len(signs.here) and signs.here.words[start].endswith(GERUND)
    return gerund and start - denies.last <= GERUND_WORDS


def _ahead(signs: Signs, event: Event) -> Mark | None:
    """``For AI training we never use ...``, ``training on your data is never allowed``."""
    first, last = signs.part(event.first)
    if event.first - first > BEGINS:
        return None
    for at in range(event.last, min(last, event.last + AHEAD)):
        if signs.has("turn", at):
            return None
        no = _no(signs, at)
        if no is not None and no.first == at:
            said = any(signs.has("states", k) for k in range(max(0, at - 2), at + 1))
            return no if said else None
        denies = signs.covers("denies", at)
        if denies is not None and denies.first == at and _stated(signs, denies):
            return denies
        if signs.has("modal", at) and not _no_near(signs, at):
            return None
    return None


def _stated(signs: Signs, denies: Mark) -> bool:
    """``is contractually prohibited``; not ``is restricted to what you allow``."""
    said = any(signs.has("states", k) for k in range(max(0, denies.first - 2), denies.first))
    return said and not signs.has("of_else", denies.last)
