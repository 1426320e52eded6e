"""On what it depends whether content trains, and what way out a sentence offers."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from withhold.policies.clause import Offered, OfferedKind
from withhold.policies.events import Event
from withhold.policies.signs import Signs
from withhold.policies.words_ready import Mark
from withhold.words import Default

WITHOUT = "without"
"""Of the words for an exception the one that also tells what nobody asked for."""
SPITE = 12
"""Words behind ``even if`` that it takes back."""
BESIDE = 120
"""Characters between a control's words and the link that is its address, at most."""
NEAR = 45
"""Words between the training and a condition; in a long sentence (a table row) what is further
away belongs to something else."""
LONG = 90
SUPPOSED = 6
"""Words before ``off`` in which an ``if`` is looked for."""
_KINDS: tuple[tuple[str, OfferedKind], ...] = (
    ("opt_out", "opt-out"),
    ("objection", "objection"),
    ("opt_in", "opt-in"),
    ("setting", "setting"),
)


class Depends(Struct, frozen=True):
    """The words on which it depends (None: on nothing said) and the control among them."""

    on: Mark | None
    control: Mark | None
    kind: OfferedKind
    in_spite: Mark | None = None


def depends(signs: Signs, event: Event, denied: bool, below: bool = False) -> Depends:
    """What the sentence makes it depend on; ``below``: a no stands above it, in its lead."""
    first, last = 0, len(signs.here)
    if last > LONG:
        first, last = max(0, event.first - NEAR), event.last + NEAR
    spite = signs.any("in_spite", first=first, last=last)
    none = signs.any("no_control", first=first, last=last)
    if none is not None:
        return Depends(None, none, "none", spite)
    for name, kind in _KINDS:
        for one in signs.of(name, first=first, last=last):
            if one.first >= event.first and one.last <= event.last:
                continue
            if signs.has("our_choice", one.first) or is_off(signs, one):
                continue
            if not (denied or below) and _done_without(signs, one):
                continue
            if name == "setting" and denied and signs.any("condition", first=first) is None:
                continue
            if spite is not None and spite.first <= one.first <= spite.last + SPITE:
                return Depends(None, one, kind, spite)
            return Depends(one, one, kind, spite)
    plain = next(
        (
            one
            for one in sorted(
                signs.of("condition", first=first, last=last), key=lambda one: one.first
            )
            if denied or below or not _done_without(signs, one)
        ),
        None,
    )
    if plain is not None and (denied or signs.has("hard_condition", plain.first)):
        return Depends(plain, None, "not-stated", spite)
    return Depends(None, None, "not-stated", spite)


def _done_without(signs: Signs, one: Mark) -> bool:
    """``We train on your posts without asking you``: no condition; ``but not without`` is one."""
    at = next((at for at in (one.first, one.first - 1) if signs.has("exclusion", at)), -1)
    without = at >= 0 and signs.here.words[at] == WITHOUT
    return without and signs.any("negation", first=max(0, at - 2), last=at) is None


def is_off(signs: Signs, one: Mark) -> bool:
    """``training is off by default``: no condition, but what holds until somebody changes it."""
    off = signs.covers("state_off", one.first)
    first = max(0, one.first - SUPPOSED)
    return off is not None and signs.any("supposing", first=first, last=off.last) is None


def offered(signs: Signs, found: Depends, links: Sequence[tuple[str, str]]) -> Offered:
    """The control as the sentence offers it, with the address of the link nearest to it."""
    if found.control is None:
        return Offered()
    words = signs.words(found.control.first, found.control.last)
    return Offered(kind=found.kind, words=words, url=_address(signs, found.control, links))


def _address(signs: Signs, control: Mark, links: Sequence[tuple[str, str]]) -> str:
    start = signs.here.starts[control.first]
    best: tuple[int, str] = (1 << 30, "")
    for words, address in links:
        at = signs.text.find(words) if words else -1
        if at >= 0:
            best = min(best, (abs(at - start), address))
    return best[1] if best[0] <= BESIDE else ""


def default_of(signs: Signs, says: str, kind: OfferedKind) -> Default:
    """The state that nobody touched, where the sentence tells it."""
    if says != "conditional":
        off = signs.any("default_off") if says == "no" else None
        return "off" if off and signs.any("by_default") is not None else "none"
    if kind == "opt-in":
        return "off"
    if signs.any("default_off") is not None and kind != "opt-out":
        return "off"
    if kind in ("opt-out", "objection") or signs.any("default_on") is not None:
        return "on"
    return "none"
