"""What a sentence leaves to those around it: fragments, list items, headings, what goes on."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from withhold.policies.addressed import we_act
from withhold.policies.conditions import Depends
from withhold.policies.events import Event
from withhold.policies.signs import Signs

FIRST_WORDS = 12
"""Words in which a whole sentence shows that somebody acts."""
TAIL_WORDS = 6
ITEM_LETTERS = 2
TITLE_SHARE, TITLE_LETTERS = 0.7, 3
"""Of a title more than this share of the words longer than that has a capital."""


class Context(Struct, frozen=True):
    """What stands around a sentence: the lead of its list, its headings, whether it is one."""

    lead: Signs | None = None
    headings: Signs | None = None
    heading: bool = False
    answer: Literal["", "yes", "no"] = ""
    """Of a question: how the text behind it begins."""


def understood(signs: Signs, event: Event, context: Context, on: Depends) -> bool:
    """Whether training on people's or public content is meant although none is named as such."""
    if signs.any("pointer", last=2) is not None:
        return False
    if on.control is not None and (event.kind != "build" or event.owner == "our"):
        return True
    if context.heading or titled(signs) or _explained(signs, event):
        return False
    if event.owner == "any" and context.lead is None:
        return False
    if event.kind == "train" and _announces(signs, event):
        return True
    if event.kind != "said" or signs.has("use", event.first):
        said_before = signs.any("some", last=event.first) is not None
        if said_before and signs.any("use", last=event.first + 1) is not None:
            return signs.any("meaning") is None
    if signs.has("purpose", 0) and signs.any("use", first=event.last) is not None:
        return signs.any("some", first=event.last) is not None
    behind = signs.any("some", first=event.last, last=event.last + 4)
    if behind is not None and event.kind == "train" and signs.any("we") is not None:
        return True
    lead = context.lead
    if lead is not None and lead.any("use", "people", "public", "some") is not None:
        return True
    if event.kind == "bare":
        return False
    return _goes_on(signs) or (event.kind != "said" and _fragment(signs))


def _explained(signs: Signs, event: Event) -> bool:
    """Whether it tells how a model works, and not that the company uses something for it."""
    if signs.any("explains") is None:
        return False
    named = signs.any("we") is None and we_act(signs, 0, event.first)
    return not (named and signs.any("use", last=event.first) is not None)


def titled(signs: Signs) -> bool:
    """Whether it is written like a heading: nearly every longer word with a capital."""
    here = signs.here
    long = [
        capital
        for word, capital in zip(here.words, here.capital, strict=True)
        if len(word) > TITLE_LETTERS
    ]
    stop = signs.text.rstrip().endswith(".")
    return len(long) >= 2 and sum(long) > TITLE_SHARE * len(long) and not stop


def _announces(signs: Signs, event: Event) -> bool:
    """``We train our models with:``: what is trained on follows."""
    if not signs.text.rstrip().endswith(":"):
        return False
    if signs.any("we") is not None and signs.any("use", last=event.first) is not None:
        return True
    tail = len(signs.here) - TAIL_WORDS
    return signs.any("means", "some", "such_as", "following", first=tail) is not None


def _goes_on(signs: Signs) -> bool:
    """``This includes training our models``: the content was named before."""
    one = signs.any("goes_on", last=1)
    return one is not None and signs.any("we", last=one.last + 4) is None


def _fragment(signs: Signs) -> bool:
    """``To train our models``, ``training our models``: a purpose without one who acts."""
    if signs.any("modal") is not None or signs.any("finite", last=FIRST_WORDS) is not None:
        return False
    at, words = 0, signs.here.words
    while at < min(2, len(words) - 1) and len(words[at]) <= ITEM_LETTERS:
        if signs.has("purpose", at):
            break
        at += 1
    if signs.has("purpose", at):
        return True
    begins = (signs.covers(name, at) for name in ("build", "train", "use"))
    return any(one is not None and one.first == at for one in begins)
