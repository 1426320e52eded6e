"""Who trains: the company that speaks, its affiliates, others whom it lets, or the customer."""

from __future__ import annotations

from withhold.policies.clause import Trainer
from withhold.policies.events import Event
from withhold.policies.signs import Signs
from withhold.policies.words_ready import Mark
from withhold.words import Use

NEAR = 14
"""Words before the training among which others are looked for as those who act."""
NAME_WORDS = 4


def trainer_of(signs: Signs, event: Event) -> tuple[Trainer, Mark | None]:
    """Who it is, and the words that say so (None: nobody else is named)."""
    first, last = event.first, event.last
    mark = signs.any("customer", first=max(0, first - 4), last=last)
    if mark is not None:
        return "customer", mark
    if event.owner == "our" and signs.any("its", first=max(0, first - 2), last=last) is None:
        return "own", None
    start = max(signs.part(first)[0], first - NEAR)
    affiliate = signs.any("affiliate", first=start, last=last)
    third = next(
        (one for one in signs.of("third", first=start, last=last) if _other(signs, one)), None
    )
    if affiliate is not None and (third is None or affiliate.first > third.first):
        return ("own", None) if _with_us(signs, affiliate) else ("affiliate", affiliate)
    if third is not None and third.first >= event.verb.last and signs.has("joins", third.first - 1):
        return "own", None  # `train our or third-party models`
    if third is not None and not _with_us(signs, third):
        return "third-party", third
    if third is None and event.owner == "their":
        return "third-party", event.verb
    return "own", None


def use_of(signs: Signs, trainer: Trainer) -> tuple[Use, Mark | None]:
    """Training, or licensing to others who train."""
    licence = signs.any("licence") if trainer == "third-party" else None
    return ("licence-to-third-party", licence) if licence is not None else ("train-ai", None)


def name_of(signs: Signs, mark: Mark | None) -> str:
    """The name that stands beside those words: of ``our parent company Microsoft`` the last."""
    if mark is None:
        return ""
    here = signs.here
    for first in range(mark.first, min(len(here), mark.last + NAME_WORDS)):
        if first > mark.last and here.broken[first] >= 2:
            return ""
        named = here.capital[first] and (first > 0 or signs.covers("vendor", first) is not None)
        if named and signs.covers("nobody", first) is None and not _common(signs, first):
            last = first + 1
            while last < len(here) and here.capital[last] and here.broken[last] == 0:
                last += 1
            return signs.words(first, last).removesuffix("'s").removesuffix("’s")
    return ""


def _other(signs: Signs, mark: Mark) -> bool:
    """A name alone may be the company's own; where ``we`` or ``our`` stands beside, it is not."""
    if not (signs.here.capital[mark.first] and mark.first > 0):
        return not signs.here.capital[mark.first] or _speaks(signs) or mark.last - mark.first > 1
    return _speaks(signs) and signs.any("train", "build", first=mark.first) is not None


def _speaks(signs: Signs) -> bool:
    return signs.any("our_own") is not None


def _with_us(signs: Signs, mark: Mark) -> bool:
    """``we and our affiliates``: then it is the company itself as well."""
    before = max(0, mark.first - 4)
    we = signs.any("we", first=before, last=mark.first)
    return we is not None and signs.any("joins", first=we.last, last=mark.first) is not None


def _common(signs: Signs, at: int) -> bool:
    """Whether the word is one of the listed words for somebody, which is no name."""
    names = ("people", "customers", "reader", "model", "some", "ours", "we")
    return any(signs.covers(name, at) is not None for name in names)
