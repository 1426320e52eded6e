"""Clauses and readings made by hand, so that grading is tested without what finds clauses."""

from __future__ import annotations

from datetime import date
from typing import Any

from withhold.policies.clause import Clause, Decided, Offered
from withhold.policies.document import Document
from withhold.policies.passage import Passage
from withhold.policies.reading import Reading

FILLER = tuple(
    f"Paragraph {'i' * number} of this policy tells how parcels of that kind are weighed and sent."
    for number in range(1, 14)
)


def clause(sentence: str, says: str = "yes", **parts: Any) -> Clause:
    """A clause; ``control`` may be named by its kind."""
    if isinstance(parts.get("control"), str):
        parts["control"] = Offered(kind=parts["control"])
    words = parts.pop("words", ())
    why = tuple(Decided(part="verb", words=one) for one in words)
    return Clause(sentence=sentence, says=says, why=why, **parts)  # type: ignore[arg-type]


def reading(
    *clauses: Clause,
    texts: tuple[str, ...] = FILLER,
    title: str = "Privacy Policy",
    lang: str = "en",
    published: date | None = None,
    in_force: date | None = None,
    places: tuple[str, ...] = (),
) -> Reading:
    """A document of these sentences and of texts that say nothing of training."""
    passages = [Passage(text=one) for one in texts]
    passages += [Passage(text=one.sentence, lead=one.lead) for one in clauses]
    return Reading(
        document=Document(
            title=title,
            lang=lang,
            passages=tuple(passages),
            published=published,
            in_force=in_force,
            places=places,
        ),
        clauses=clauses,
    )
