"""The clauses of a document: what may speak of training, its sentences, what each says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import structs

from withhold.policies.clause import Clause
from withhold.policies.context import Context
from withhold.policies.document import Document
from withhold.policies.gate import passes
from withhold.policies.judge import Judged, judged
from withhold.policies.passage import Passage
from withhold.policies.sentences import sentences_of
from withhold.policies.signs import Signs, signs_of
from withhold.policies.told import clause_of
from withhold.policies.way_out import wants_a_way_out, way_out_in
from withhold.policies.words_ready import Ready, ready

Answer = Literal["", "yes", "no"]
_FIRST_WORD = re.compile(r"\W{0,4}(\w{1,12})(?![\w'’])")
LONGEST = 5_000
"""Characters of a sentence that are read as one; a longer one is cut at a space before."""
HEADINGS = 2
"""Innermost headings that are read as context."""
ITEM_WORDS = 60
"""Words of a list item that only names content, at most."""


def clauses_of(document: Document) -> Iterator[Clause]:
    """In the order of the document. Never raises for what stands in it."""
    made = ready()
    leads: dict[str, tuple[Signs, Judged | None]] = {}
    asked: Passage | None = None
    for passage in document.passages:
        if asked is not None and (answer := _answer(passage.text, made)):
            yield from _of_passage(asked, made, answer)
        asked = None
        if passes(passage.text, made):
            yield from _of_passage(passage, made)
            if passage.text.rstrip().endswith("?"):
                asked = passage
        elif passage.lead and passage.kind == "item" and passes(passage.lead, made):
            yield from _of_item(passage, made, leads)


def _of_passage(passage: Passage, made: Ready, answer: Answer = "") -> Iterator[Clause]:
    """Its clauses; with ``answer`` of the question that it ends with only."""
    context: Context | None = None
    sentences = _sentences(passage.text)
    waiting: Clause | None = None
    for at, sentence in enumerate(sentences):
        last = at == len(sentences) - 1
        before, waiting = waiting, None
        if not passes(sentence, made) or (answer and not last):
            if before is not None:
                yield _with_way_out(before, sentence, passage, made)
            continue
        if context is None:
            context = _context(passage, made)
        here = context
        if sentence.endswith("?"):
            said = answer if last else _answer(sentences[at + 1], made)
            here = structs.replace(context, answer=said, heading=False)
        signs = signs_of(sentence, made)
        found = judged(signs, here)
        if before is not None:
            yield before if found else _with_way_out(before, sentence, passage, made)
        if found is None:
            continue
        clause = clause_of(signs, found, passage, made)
        if wants_a_way_out(clause) and not last:
            waiting = clause
        else:
            yield clause


def _with_way_out(clause: Clause, behind: str, passage: Passage, made: Ready) -> Clause:
    return structs.replace(clause, control=way_out_in(behind, made, passage.links))


def _answer(text: str, made: Ready) -> Answer:
    """Whether a text begins with a no or a yes."""
    word = _FIRST_WORD.match(text)
    first = word[1].casefold() if word is not None else ""
    if first in made.words.no_answer:
        return "no"
    return "yes" if first in made.words.yes_answer else ""


def _of_item(
    passage: Passage, made: Ready, leads: dict[str, tuple[Signs, Judged | None]]
) -> Iterator[Clause]:
    """An item that names content under a lead that says what is done with it."""
    if passage.lead not in leads:
        sentences = _sentences(passage.lead)
        last = sentences[-1] if sentences else ""
        signs = signs_of(last, made)
        told = judged(signs, Context()) if last.rstrip().endswith(":") else None
        leads[passage.lead] = (signs, told)
    lead, found = leads[passage.lead]
    if found is None or found.restriction is not None:
        return
    signs = signs_of(passage.text[:LONGEST], made)
    if len(signs.here) <= ITEM_WORDS and signs.any("people", "customers", "public", "some"):
        yield clause_of(signs, _narrowed(found, signs), passage, made, lead)


def _narrowed(found: Judged, item: Signs) -> Judged:
    """What the lead says, under the condition of the item: ``... (unless users opt out)``."""
    if found.says == "yes" and item.any("opt_out", "opt_in", "objection") is not None:
        return structs.replace(found, says="conditional")
    return found


def _context(passage: Passage, made: Ready) -> Context:
    headings = " | ".join(passage.headings[-HEADINGS:])
    return Context(
        signs_of(passage.lead[-LONGEST:], made) if passage.lead else None,
        signs_of(headings[-LONGEST:], made) if headings else None,
        passage.kind == "heading",
    )


def _sentences(text: str) -> list[str]:
    """The sentences of a passage, none longer than ``LONGEST``."""
    found: list[str] = []
    for start, end in sentences_of(text):
        while end - start > LONGEST:
            cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
            cut = cut if cut > 0 else start + LONGEST
            found.append(text[start:cut])
            start = cut
        found.append(text[start:end])
    return found
