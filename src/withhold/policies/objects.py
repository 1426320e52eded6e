"""What is trained on: whose content, which kinds, whom it was open to, in the sentence's words."""

from __future__ import annotations

from msgspec import Struct

from withhold.policies.clause import Whose
from withhold.policies.events import Event
from withhold.policies.signs import Signs
from withhold.policies.words_ready import Mark
from withhold.words import AUDIENCES, KINDS, Audience, Kind

_WHOSE: tuple[tuple[str, Whose], ...] = (
    ("customers", "customers"),
    ("people", "people"),
    ("public", "public"),
)
_NO_NAME = ("nobody", "model", "perhaps_model", "ours", "not_training", "some")


class Object(Struct, frozen=True):
    """Content in a sentence: the words that name it, whose it is."""

    mark: Mark
    whose: Whose
    said_by: Signs


def object_of(signs: Signs, event: Event) -> Object | None:
    """The content that stands nearest before the training, else the nearest behind it."""
    found: list[tuple[int, int, Mark, Whose]] = []
    for order, (name, whose) in enumerate(_WHOSE):
        for one in signs.of(name):
            if event.kind != "said" and (_over(one, event.verb) or _over(one, event.model)):
                continue
            away = event.first - one.last if one.last <= event.first else one.first - event.last + 3
            found.append((max(0, away), order, one, whose))
    if not found:
        return _of_a_name(signs, event)
    _, _, mark, whose = min(found, key=lambda one: one[:2])
    return Object(mark, whose, signs)


def _of_a_name(signs: Signs, event: Event) -> Object | None:
    """``Boardly content``, ``your own Boardly data``: what stands on the service of that name."""
    here = signs.here
    for one in signs.of("some"):
        at = one.first - 1
        if at < 1 or here.capital[one.first] or here.broken[one.first]:
            continue
        listed = any(signs.has(name, at) for name in _NO_NAME)
        if here.capital[at] and not listed and not event.first <= at < event.verb.last:
            return Object(Mark("some", at, one.last), "not-stated", signs)
    return None


def _over(one: Mark, other: Mark | None) -> bool:
    return other is not None and one.first < other.last and other.first < one.last


def object_words(signs: Signs, mark: Mark) -> str:
    """The words of the object and of what is joined to it, cut at 25."""
    first, last = mark.first, mark.last
    names = ("people", "customers", "public", "some")
    while last < len(signs.here) and last - first < 25 and signs.here.broken[last] < 2:
        over = next((one for name in names if (one := signs.covers(name, last))), None)
        if over is not None and over.first == last:
            last = over.last
        elif signs.has("joins", last) and any(signs.covers(name, last + 1) for name in names):
            last += 1
        else:
            break
    return signs.words(first, min(last, first + 25))


def kinds_of(*sources: Signs) -> tuple[Kind, ...]:
    """The kinds of content that are named, in the order of ``words.KINDS``."""
    return tuple(
        kind for kind in KINDS if any(one.any(f"content:{kind}") is not None for one in sources)
    )


def audience_of(*sources: Signs) -> tuple[Audience, ...]:
    """Whom the content was open to, as far as it is said."""
    return tuple(
        one for one in AUDIENCES if any(s.any(f"audience:{one}") is not None for s in sources)
    )


def named(signs: Signs) -> Object | None:
    """The content that a list item names."""
    for name, whose in (*_WHOSE, ("some", "not-stated")):
        mark = signs.any(name)
        if mark is not None:
            return Object(mark, whose, signs)
    return None
