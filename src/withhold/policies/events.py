"""Where a sentence speaks of training: a verb of training or improving, and what is trained.

``we train our models`` (active), ``models are trained``, ``model training`` (the model first),
``improve our services, including AI models`` (what follows belongs to the object) and whole
phrases (``for AI purposes``). ``improve our services using AI`` is none: there AI is the means.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct, structs

from withhold.policies.signs import Signs
from withhold.policies.words_ready import Mark

AFTER_TRAIN, AFTER_BUILD, AFTER_LIST, BEFORE = 14, 9, 22, 4
"""Words between verb and model: of training, of improving, with ``including``, model first."""
ADJACENT, WHOSE = 5, 5
"""Words behind ``train our`` and before a model that are looked at."""
POSSESSIVE = "'s"
Owner = Literal["our", "their", "your", "any", ""]
_OWNERS: tuple[tuple[str, Owner], ...] = (
    ("our_model", "our"),
    ("their_model", "their"),
    ("your_model", "your"),
    ("any_model", "any"),
)
EventKind = Literal["train", "build", "said", "bare"]


class Event(Struct, frozen=True):
    """One such place: ``first`` and ``last`` (not included) count words; whose model it is.

    ``bare``: a verb of training without anything that is trained. Not ``sure``: a model of which
    it is not said that it is the company's.
    """

    kind: EventKind
    first: int
    last: int
    verb: Mark
    model: Mark | None
    owner: Owner
    sure: bool = True


def events_of(signs: Signs) -> list[Event]:
    """In the order of the sentence; a phrase inside a verb with its model counts once."""
    found = [*_trained(signs), *_built(signs), *_said(signs)]
    found.sort(key=lambda one: (one.first, one.last))
    whole = [one for one in found if one.kind in ("train", "build") and one.sure]
    return [
        one
        for one in found
        if one.kind in ("train", "build")
        or not any(other.first < one.last and one.first < other.last for other in whole)
    ]


def _trained(signs: Signs) -> Iterator[Event]:
    for verb in signs.of("train"):
        first, last = signs.part(verb.first)
        far = min(last, verb.last + AFTER_TRAIN)
        model = (
            _after(signs, verb, far, ("model", "perhaps_model"))
            or _adjacent(signs, verb, last)
            or _before(signs, verb, first)
        )
        if model is not None:
            yield _event(signs, "train", verb, model)
        else:
            yield Event("bare", verb.first, verb.last, verb, None, "")


def _adjacent(signs: Signs, verb: Mark, last: int) -> Mark | None:
    """``train our systems``: what is trained, whatever it is, with a word or two before it."""
    if not (signs.has("our_model", verb.last) or signs.has("their_model", verb.last)):
        return None
    return signs.any("trainable", first=verb.last + 1, last=min(last, verb.last + ADJACENT))


def _built(signs: Signs) -> Iterator[Event]:
    for verb in signs.of("build"):
        _, last = signs.part(verb.first)
        near, far = min(last, verb.last + AFTER_BUILD), min(last, verb.last + AFTER_LIST)
        if signs.has("by", verb.last):
            near = far = verb.last  # `created by our AI` improves none
        model = _after(signs, verb, near, ("model",))
        listed = signs.any("such_as", first=verb.last, last=far)
        if model is None and listed is not None:
            model = _after(signs, verb, far, ("model",), listed)
        if model is not None:
            yield _event(signs, "build", verb, model)
            continue
        perhaps = _after(signs, verb, near, ("perhaps_model",))
        if perhaps is not None:
            event = _event(signs, "build", verb, perhaps)
            sure = event.owner == "our" or signs.any("model") is not None
            rival = signs.any("competing", first=perhaps.first) is not None
            if (
                sure
                or rival
                or signs.has("made_better", verb.first)
                or signs.has("computed", perhaps.first)
            ):
                yield structs.replace(event, sure=sure)
            continue
        behind = next(
            (one for one in signs.of("model", "perhaps_model") if one.last == verb.first), None
        )
        if behind is not None and signs.has("nominal", verb.first):
            yield _event(signs, "build", verb, behind)


def _said(signs: Signs) -> Iterator[Event]:
    for one in signs.of("event"):
        means = signs.any("means", first=one.first + 1, last=one.last)
        if means is not None and means.last - means.first > 2 and means.last < one.last:
            continue  # `used with the help of AI`
        yield Event("said", one.first, one.last, one, one, _owner(signs, one.first, one.last))


def _after(
    signs: Signs, verb: Mark, last: int, names: tuple[str, ...], listed: Mark | None = None
) -> Mark | None:
    """What is trained: the nearest model behind the verb that is no means."""
    for one in sorted(signs.of(*names, first=verb.last, last=last), key=lambda one: one.first):
        if listed is not None and one.first < listed.first:
            continue
        means = signs.any("means", first=verb.last, last=one.first)
        if means is None or (listed is not None and listed.first > means.first):
            return one
    return None


def _before(signs: Signs, verb: Mark, first: int) -> Mark | None:
    """The model of ``models are trained`` and ``model training``."""
    best: Mark | None = None
    for one in signs.of("model", "perhaps_model", first=first, last=verb.first):
        between = range(one.last, verb.first)
        if (
            one.last <= verb.first
            and len(between) <= BEFORE
            and all(signs.has("linking", at) or signs.has("build", at) for at in between)
        ):
            best = one
    return best


def _event(signs: Signs, kind: EventKind, verb: Mark, model: Mark) -> Event:
    first, last = min(verb.first, model.first), max(verb.last, model.last)
    if verb.first < model.first:
        start = max(verb.last, model.first - WHOSE)
    else:
        start = max(0, model.first - 3)
    return Event(kind, first, last, verb, model, _owner(signs, start, model.last))


def _owner(signs: Signs, first: int, last: int) -> Owner:
    """Whose model: the last word before or in it that says so; a name with ``'s`` is a company."""
    owner: Owner = ""
    for at in range(first, last):
        if signs.here.words[at].endswith(POSSESSIVE) and signs.here.capital[at]:
            owner = "our"
        owner = next((said for role, said in _OWNERS if signs.has(role, at)), owner)
    return owner
