"""Clauses in languages whose words stand in freer order than those of English: German.

Asked is what stands in one sentence, not what before what. ``Wir trainieren damit``, ``zum
Training verwenden wir`` and ``um unsere Modelle zu trainieren`` are one thing; a no counts unless a
``sondern`` or ``aber`` parts it from the training. Coarser than the judging of English: how far it
reaches is measured on the tests' own sentences only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from withhold.policies import objects
from withhold.policies.clause import Clause, ClauseSays
from withhold.policies.conditions import Depends, depends
from withhold.policies.document import Document
from withhold.policies.events import Event
from withhold.policies.gate import passes
from withhold.policies.judge import Judged
from withhold.policies.passage import Passage
from withhold.policies.sentences import sentences_of
from withhold.policies.signs import Signs, signs_of
from withhold.policies.told import clause_of
from withhold.policies.words_ready import Mark, Ready, ready

LANGS = ("de",)
LONGEST = 5_000
"""Characters of a sentence that are looked at."""
HEADINGS = 2
"""Innermost headings that are read as context."""
ITEM_WORDS = 60
"""Words of a list item that only names content, at most."""
NEAR_TRAIN, NEAR_BUILD = 14, 5
"""Words from a verb of training, or of improving, to what is trained, on either side."""
_GOES_ON = re.compile(r"[^\WA-ZÄÖÜ]")
_ORDINAL = re.compile(r"(?<!\w)(?:\d{1,2}|[^\W\d])\.$")
_CONTENT = ("people", "customers", "public")


def clauses_of(document: Document) -> Iterator[Clause]:
    """In the order of the document. Never raises for what stands in it."""
    made = ready(document.lang)
    for passage in document.passages:
        for one in _of_passage(passage, made, document.lang):
            # every noun has a capital, so that none is taken for a name
            yield replace(one, actor_name="", lang=document.lang)


def _of_passage(passage: Passage, made: Ready, lang: str) -> Iterator[Clause]:
    lead = signs_of(_last(passage.lead, lang), made) if passage.lead else None
    head = signs_of(" | ".join(passage.headings[-HEADINGS:])[-LONGEST:], made)
    if passes(passage.text, made):
        for start, end in joined(passage.text, lang):
            signs = signs_of(passage.text[start : min(end, start + LONGEST)], made)
            found = judged(signs, lead, head)
            if found is not None:
                yield clause_of(signs, found, passage, made)
    elif lead is not None and passage.kind == "item" and lead.text.endswith(":"):
        found = judged(lead, None, head)
        signs = signs_of(passage.text[:LONGEST], made)
        named = len(signs.here) <= ITEM_WORDS and signs.any(*_CONTENT, "some") is not None
        if named and found is not None and found.restriction is None:
            yield clause_of(signs, found, passage, made, lead)


def _last(lead: str, lang: str) -> str:
    """The sentence on which a list hangs."""
    text = lead[-LONGEST:]
    ends = joined(text, lang)
    return text[ends[-1][0] : ends[-1][1]] if ends else ""


def joined(text: str, lang: str) -> list[tuple[int, int]]:
    """(start, end) of the sentences; ``am 3. November``, ``bzw.`` and ``Art. 6`` end none."""
    found: list[tuple[int, int]] = []
    for start, end in sentences_of(text, lang):
        before = text[found[-1][0] : found[-1][1]] if found else ""
        if found and (_GOES_ON.match(text, start) or _ORDINAL.search(before[-4:])):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def judged(signs: Signs, lead: Signs | None = None, headings: Signs | None = None) -> Judged | None:
    """What a sentence says of training, or None."""
    if signs.text.rstrip().endswith("?") or signs.any("meaning", last=6) is not None:
        return None
    event = event_of(signs, lead, headings)
    if event is None:
        return None
    forbids = _forbids(signs, lead)
    if forbids is not None:
        return Judged(event, "no", forbids)
    content = objects.object_of(signs, event)
    no = denied(signs, event)
    on = _depends(signs, event, no is not None)
    if content is None and not _about_content(signs, event, lead, no, on):
        return None
    if signs.any("pointer", last=3) is not None and on.control is None:
        return None
    says: ClauseSays = "conditional" if on.on is not None else "no" if no is not None else "yes"
    return Judged(event, says, None, no, on, content)


def event_of(signs: Signs, *around: Signs | None) -> Event | None:
    """The first place that speaks of training a model, or of improving AI.

    Where no model is named it may be people that are trained: then AI is spoken of around it, or
    a way out is offered for somebody's content.
    """
    for verb in signs.of("train"):
        model = _nearest(signs, verb, ("model", "perhaps_model"), NEAR_TRAIN)
        if model is not None or _of_ai(signs, *around) or _way_out(signs):
            return Event("train", verb.first, verb.last, verb, model, "")
    for verb in signs.of("build"):
        model = _nearest(signs, verb, ("model",), NEAR_BUILD)
        if model is not None and not _other_object(signs, verb, model):
            return Event("build", verb.first, verb.last, verb, model, "")
    said = signs.any("event")
    return Event("said", said.first, said.last, said, None, "") if said is not None else None


def _of_ai(*around: Signs | None) -> bool:
    return any(
        one is not None and one.any("model", "perhaps_model", "vendor") is not None
        for one in around
    )


def _way_out(signs: Signs) -> bool:
    out = signs.any("opt_out", "objection", "default_on")
    return out is not None and signs.any(*_CONTENT) is not None


def _nearest(signs: Signs, verb: Mark, names: tuple[str, ...], far: int) -> Mark | None:
    first, last = signs.part(verb.first)
    near = (
        (max(one.first - verb.last, verb.first - one.last), one)
        for one in signs.of(*names, first=first, last=last)
    )
    away, found = min(near, key=lambda pair: pair[0], default=(far, None))
    return found if away < far else None


def _other_object(signs: Signs, verb: Mark, model: Mark) -> bool:
    """``Mit KI entwickeln wir unser Angebot``: the verb stands second, its object behind it."""
    behind = signs.any("we", first=verb.last, last=verb.last + 1)
    return behind is not None and model.first < verb.first


def denied(signs: Signs, event: Event) -> Mark | None:
    """The no of the sentence, unless a turn parts it from the training."""
    for no in signs.of("negation", "denies"):
        if any(signs.covers("no_negation", at) for at in range(no.first, no.last)):
            continue
        between = sorted((no.first, event.first))
        if signs.part(no.first) != signs.part(event.first):
            continue
        if signs.any("turn", first=between[0], last=between[1]) is None:
            return no
    return None


def _depends(signs: Signs, event: Event, no: bool) -> Depends:
    """On what it depends; a way out is one only where the sentence offers it or asks for it."""
    found = depends(signs, event, no)
    if found.in_spite is not None or found.on is not None:
        return found
    plain = signs.any("condition")
    if plain is not None and found.kind != "none":
        return Depends(plain, found.control, found.kind, None)
    return found


def _forbids(signs: Signs, lead: Signs | None) -> Mark | None:
    """The words that forbid the reader; a no about people's content is the company's promise."""
    mine = signs.any("people", "customers") is not None
    said = signs.any("not_allowed") or _may_not(signs)
    if said is not None and not mine:
        return said
    reserved = signs.any("forbidden")
    if reserved is not None and not mine:
        return reserved
    if said is not None and signs.any("ours", "competing", "scraping") is not None:
        return said
    if lead is not None and not mine and lead.any("we") is None:
        return lead.any("not_allowed", "forbidden")
    return None


def _may_not(signs: Signs) -> Mark | None:
    """``Sie dürfen``, and a no behind it that nothing turns away from."""
    for one in signs.of("reader"):
        _, last = signs.part(one.first)
        no = signs.any("negation", first=one.last, last=last)
        if no is not None and signs.any("turn", first=one.last, last=no.first) is None:
            return one
    return None


def _about_content(
    signs: Signs, event: Event, lead: Signs | None, no: Mark | None, on: Depends
) -> bool:
    """Whether content is meant that the sentence does not call anybody's, or does not name."""
    used = signs.any("use") is not None
    if used and signs.any("some") is not None:
        return True
    if used and no is not None and event.kind == "train":
        return True
    if on.control is not None:
        return True
    return lead is not None and lead.any(*_CONTENT, "some") is not None
