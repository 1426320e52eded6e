"""One sentence in its context: what it says of training, or nothing."""

from __future__ import annotations

from msgspec import Struct, structs

from withhold.policies import addressed, objects, under_a_no
from withhold.policies.clause import ClauseSays
from withhold.policies.conditions import Depends, depends, is_off
from withhold.policies.context import Context, understood
from withhold.policies.events import Event, events_of
from withhold.policies.negation import denied
from withhold.policies.signs import Signs
from withhold.policies.words_ready import Mark

MEANING_WORDS = 12
"""Words in which a definition says what it defines."""
EXPLAINS_WORDS = 25
"""Words around a training in which it is told how a model works."""
DOES_ITSELF = 2
"""Words between content and what it does by itself: ``your prompts help our models learn``."""
TAKES_IT_BACK = 4
"""Words between ``opt out`` and ``training``."""
_FIRST: tuple[ClauseSays, ...] = ("no", "conditional", "yes")


class Judged(Struct, frozen=True):
    """What was found: the event that decides, and the words for each part."""

    event: Event
    says: ClauseSays
    restriction: Mark | None = None
    no: Mark | None = None
    depends: Depends | None = None
    object: objects.Object | None = None
    lead: Signs | None = None
    headings: Signs | None = None


def judged(signs: Signs, context: Context) -> Judged | None:
    """The practice or restriction of a sentence, or None.

    A question says nothing unless it is answered.
    """
    events = events_of(signs)
    lead = context.lead if under_a_no.hangs_on(signs, context.lead) else None
    below = addressed.forbids_the_reader(lead) if lead is not None and events else None
    asked = not context.answer and signs.text.rstrip().endswith("?")
    if not events or _defines(signs) or asked:
        return None
    restriction: Judged | None = None
    found: list[Judged] = []
    for event in events:
        if event.kind == "bare" and not _bare_counts(signs, event, context):
            continue
        forbids = addressed.restricts(signs, event, context.lead, context.headings) or below
        if forbids is not None:
            restriction = restriction or Judged(
                event, "no", forbids, lead=context.lead, headings=context.headings
            )
            continue
        one = _practice(signs, event, context, lead)
        if one is not None:
            found.append(one if lead is None else _below(one, lead))
    if found:
        return min(found, key=lambda one: _FIRST.index(one.says))
    return restriction


def _below(one: Judged, lead: Signs) -> Judged:
    """What an item says under its lead: with ``We do not:`` a yes becomes a no."""
    no = under_a_no.no_of(lead)
    if no is None or one.says == "no":
        return one
    depends_on = one.says == "conditional" or under_a_no.on_condition(lead)
    says: ClauseSays = "conditional" if depends_on else "no"
    return structs.replace(one, says=says, no=no, lead=lead)


def _practice(signs: Signs, event: Event, context: Context, lead: Signs | None) -> Judged | None:
    if _something_else(signs, event):
        return None
    no = denied(signs, event)
    below = lead is not None and under_a_no.no_of(lead) is not None
    on = depends(signs, event, no is not None, below)
    off = next((one for one in signs.of("state_off") if is_off(signs, one)), None)
    content = objects.object_of(signs, event)
    if content is None:
        if not (event.sure or _the_model(signs, event)):
            return None
        if off is None and not understood(signs, event, context, on):
            return None
    elif event.kind == "said" and off is None and not (on.control or signs.any("use")):
        away = event.first - content.mark.last
        inside = event.first <= content.mark.first and content.mark.last <= event.last
        if not (inside or 0 <= away <= DOES_ITSELF):
            return None
    says: ClauseSays = "yes"
    if on.on is not None:
        says = "conditional"
    elif no is not None or context.answer == "no" or off is not None:
        says = "no"
    return Judged(event, says, None, no or off, on, content)


def _something_else(signs: Signs, event: Event) -> bool:
    """How a model works, what is not guaranteed, training that is left out."""
    first, last = event.first - EXPLAINS_WORDS, event.last + EXPLAINS_WORDS
    explains = signs.any("explains", first=first, last=last)
    acts = addressed.we_act(signs, 0, event.first) or signs.any("we", "person") is not None
    if explains is not None and not acts:
        return True
    if signs.any("beside", last=event.first) is not None:
        return True
    return event.model is not None and signs.has("left_out", event.model.first - 1)


def _defines(signs: Signs) -> bool:
    """``"AI feature" means ...``."""
    one = signs.any("meaning", last=MEANING_WORDS)
    before = "" if one is None else signs.text[: signs.here.starts[one.first]]
    return "“" in before or '"' in before


def _bare_counts(signs: Signs, event: Event, context: Context) -> bool:
    """A ``train`` without a model counts where AI is spoken of, or it is ``train on your data``."""
    if any(
        one is not None and one.any("model", "perhaps_model") is not None
        for one in (signs, context.lead, context.headings)
    ) or signs.has("train_sure", event.first):
        return True
    nxt = event.last
    on = signs.any("people", "customers", "public", "ours", first=nxt, last=nxt + 4)
    if on is not None and signs.has("onto", nxt):
        return True
    out = signs.any("opt_out", last=event.first)
    if out is not None and event.first - out.last <= TAKES_IT_BACK:
        return True
    whose = signs.any("people", "customers", "vendor")
    if whose is None:
        said = signs.any("some", last=event.first) is not None and signs.has(
            "training", event.first
        )
        return said and denied(signs, event) is not None  # `connector data isn't used for training`
    verb = not signs.has("training", event.first) or _has_object(signs, nxt)
    used = signs.any("use", last=event.first) is not None and whose.first < event.first
    reader = signs.any("reader", last=2)
    if used and verb and (reader is None or signs.any("we", last=event.first) is not None):
        return True
    no = denied(signs, event) is not None
    return no or depends(signs, event, no).on is not None


def _has_object(signs: Signs, at: int) -> bool:
    """``training synthetic voices``: something that is trained follows."""
    if signs.has("the_object", at):
        return True
    if at >= len(signs.here) or signs.here.broken[at] or signs.has("no_object", at):
        return False
    return signs.has("purpose", at - 2)


def _the_model(signs: Signs, event: Event) -> bool:
    """``improve the model``: the one that everybody there knows."""
    model = event.model
    if model is None or event.kind != "build" or signs.any("our_own") is None:
        return False
    return signs.has("the_object", model.first - 1)
