"""The interview on grounds: what a person answers becomes their paragraph, word for word.

An objection under Art. 21(1) GDPR is made "on grounds relating to his or her particular
situation". Only the person knows them, so nothing is added: no question that was left blank leaves
a trace, and no answer is reworded.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from withhold.catalog.rights_words import GroundsQuestions
from withhold.errors import BadInput
from withhold.rights.typed import lines

MOST = 1200
"""Characters of one answer."""
FREE = "free"
"""The key of what fits under no question."""


class Grounds(Struct, frozen=True, kw_only=True):
    """The paragraph, and what is said to the person about it; empty = nothing to say."""

    own_words: str
    warning: dict[str, str]
    """By language; beside the letter, never in it."""


def grounds(answers: Mapping[str, str], known: GroundsQuestions) -> Grounds:
    """The answers in the order of the questions, what is said freely last.

    ``answers`` has ids of questions, and ``free``. Raises BadInput for another key, and for an
    answer of more than 1,200 characters.
    """
    order = [*(one.id for one in known.question), FREE]
    for key in answers:
        if key not in order:
            raise BadInput(f"`{key}` is no question on grounds", f"one of {', '.join(order)}")
    said = [lines("an answer", answers.get(key, ""), MOST) for key in order]
    own = "\n".join(filter(None, said))
    count = len(own.split())
    warning = known.empty if not count else known.short if count < known.enough else {}
    return Grounds(own_words=own, warning=dict(warning))
