"""Better, worse or unclear: one clause before and after, by its parts, for whose content it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from withhold.policies.clause import Clause, ClauseSays
from withhold.policies.sentences import normal

Grade = Literal["better", "worse", "unclear", "moved", "document-replaced", "re-rendered"]
"""For the person whose content it is. ``moved``: the same clauses stand elsewhere in the document.
``re-rendered``: what it says of training is the same, whatever else changed. ``document-replaced``:
another document stands under the same name, so that nothing can be compared."""
Why = Literal[
    "practice-new",
    "practice-gone",
    "practice-denied",
    "denial-new",
    "denial-gone",
    "says-more",
    "says-less",
    "default-on",
    "default-off",
    "control-new",
    "control-gone",
    "reach-any-time",
    "reach-less",
    "content-more",
    "content-less",
    "audience-more",
    "audience-less",
    "trainer-more",
    "trainer-less",
    "places-more",
    "places-less",
    "reworded",
    "said-again",
    "only-with-consent",
]
_WEIGHT: dict[ClauseSays, int] = {"no": 0, "conditional": 1, "yes": 2}
_CONTROLS = ("opt-out", "opt-in", "objection", "setting")
_LESS = ("content-less", "audience-less", "places-less")
Graded = tuple[Grade, tuple[Why, ...]]


def grade_edited(before: Clause, after: Clause, reworded: bool) -> Graded:
    """Of a clause that is there before and after; without a changed part nothing is said.

    ``reworded``: so little of the sentence is left that the same parts are no proof.
    """
    if before.says != after.says == "no":
        return "better", ("says-less",)
    if after.says != before.says == "no":
        return "worse", ("says-more",)
    worse, better, unclear = _told(before, after)
    if after.says == before.says == "no":  # a denial that holds more is the better one
        less = [one for one in unclear if one in _LESS]
        worse, better = [*better, *less], worse
        unclear = [one for one in unclear if one not in _LESS]
    why = (*worse, *better, *unclear)
    if worse:
        return "worse", why
    if better:
        return ("unclear" if unclear else "better"), why
    if unclear:
        return "unclear", why
    return ("unclear", ("reworded",)) if reworded else ("re-rendered", ())


def grade_new(clause: Clause, before: Sequence[Clause]) -> Graded:
    """Of a clause that was not there; ``before`` are all practices of the earlier version."""
    if clause.says == "no":
        return "better", ("denial-new",)
    told = [one for one in before if one.says != "no"]
    controlled = any(one.control.kind in _CONTROLS for one in before)
    if clause.says == "conditional":
        if _with_consent(clause):
            return "unclear", ("only-with-consent",)
        own = clause.actor in ("own", *(one.actor for one in told))
        if told and own and clause.control.kind in _CONTROLS and not controlled:
            return "better", ("control-new",)
    return _new_practice(clause, told)


def _new_practice(clause: Clause, told: Sequence[Clause]) -> Graded:
    """Worse, but of the same content by the same company once more: that is only unclear."""
    again = any(
        _WEIGHT[one.says] >= _WEIGHT[clause.says]
        and one.actor == clause.actor
        and normal(one.object) == normal(clause.object) != ""
        for one in told
    )
    why: list[Why] = []
    if clause.reach == "any-time" and not any(one.reach == "any-time" for one in told):
        why.append("reach-any-time")
    if set(clause.content) - {kind for one in told for kind in one.content}:
        why.append("content-more")
    if set(clause.audience) - {kind for one in told for kind in one.audience}:
        why.append("audience-more")
    if clause.actor in ("affiliate", "third-party") and not any(
        one.actor == clause.actor for one in told
    ):
        why.append("trainer-more")
    return ("unclear", ("said-again",)) if again and not why else ("worse", ("practice-new", *why))


def grade_gone(clause: Clause, after: Sequence[Clause], denied: bool) -> Graded:
    """Of a clause that is no longer there: silence is not a no, unless a denial came with it."""
    if clause.says == "no":
        return "worse", ("denial-gone",)
    if denied:
        return "better", ("practice-denied",)
    others = [one for one in after if one.says != "no"]
    controlled = any(one.control.kind in _CONTROLS for one in after)
    if clause.control.kind in _CONTROLS and others and not controlled:
        return "worse", ("control-gone",)
    return "unclear", ("practice-gone",)


def _told(before: Clause, after: Clause) -> tuple[list[Why], list[Why], list[Why]]:
    """(for the worse, for the better, unclear), part by part, of a practice that is no denial."""
    worse: list[Why] = []
    better: list[Why] = []
    unclear: list[Why] = []
    if _WEIGHT[after.says] != _WEIGHT[before.says]:
        if _WEIGHT[after.says] > _WEIGHT[before.says]:
            worse.append("says-more")
        else:
            better.append("says-less")
    was_off, is_off = _with_consent(before), _with_consent(after)
    if was_off and (after.control.kind in ("opt-out", "objection") or after.default == "on"):
        worse.append("default-on")
    elif is_off and (before.control.kind in ("opt-out", "objection") or before.default == "on"):
        better.append("default-off")
    had, has = before.control.kind in _CONTROLS, after.control.kind in _CONTROLS
    if had and not has:
        worse.append("control-gone")
    elif has and not had:
        better.append("control-new")
    if after.reach == "any-time" != before.reach:
        worse.append("reach-any-time")
    elif before.reach != after.reach:
        unclear.append("reach-less")
    _more(before.content, after.content, "content-more", "content-less", worse, unclear)
    _more(before.audience, after.audience, "audience-more", "audience-less", worse, unclear)
    _where(before, after, worse, unclear)
    if before.actor != after.actor:
        if after.actor in ("affiliate", "third-party"):
            worse.append("trainer-more")
        else:
            unclear.append("trainer-less")
    return worse, better, unclear


def _more(
    before: Sequence[str],
    after: Sequence[str],
    more: Why,
    less: Why,
    worse: list[Why],
    unclear: list[Why],
) -> None:
    """Of lists that say nothing where they are empty: what was added, what was dropped."""
    if set(after) - set(before):
        (worse if before else unclear).append(more)
    elif set(before) - set(after):
        unclear.append(less)


def _where(before: Clause, after: Clause, worse: list[Why], unclear: list[Why]) -> None:
    """Of places no list means everywhere, and those that are left out are fewer."""
    if set(before.places) != set(after.places):
        wider = before.places and (not after.places or set(after.places) - set(before.places))
        (worse if wider else unclear).append("places-more" if wider else "places-less")
    elif set(before.not_places) != set(after.not_places):
        wider = set(before.not_places) - set(after.not_places)
        (worse if wider else unclear).append("places-more" if wider else "places-less")


def _with_consent(clause: Clause) -> bool:
    """Whether nothing is done until somebody says yes."""
    return clause.control.kind == "opt-in" or clause.default == "off"
