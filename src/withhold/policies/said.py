"""What one version of a document says, kept ready to be compared and without its passages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from withhold.policies.clause import Clause
from withhold.policies.overlap import LONG, Face, alike, lines_of
from withhold.policies.reading import Reading
from withhold.policies.sentences import normal

_NEAR = 85.0
_DECIDING = ("verb", "object", "subject", "negation")


class Said(Struct, frozen=True, kw_only=True):
    """A version by what it says: its practices by sentence and lead, each once; its sentences.

    ``whole`` are the letters of the document in one run, so that a sentence is found in it however
    it was cut.
    """

    practices: dict[str, Clause]
    restrictions: dict[str, Clause]
    lines: tuple[str, ...] = ()
    whole: str = ""
    face: Face = Face()
    lang: str = ""
    published: date | None = None
    in_force: date | None = None

    def holds(self, clause: Clause) -> bool:
        """Whether its sentence stands in this version, as a clause or not, under the same lead.

        Then what changed is how the page was cut, not what it says. Where the sentence stands
        there nearly so, the words that decide must be among its words.
        """
        sentence, lead = normal(clause.sentence), normal(clause.lead)
        if lead and lead not in self.whole:
            return False
        if len(sentence) >= LONG and sentence in self.whole:
            return True
        words = [normal(one.words) for one in clause.why if one.part in _DECIDING]
        if not words or len(sentence) < LONG:
            return False
        longest, shortest = len(sentence) * 1.5, len(sentence) * 0.6
        other = [normal(one.sentence) for one in self.practices.values() if one.says != clause.says]
        return any(
            shortest <= len(line) <= longest
            and all(word in line for word in words)
            and alike(sentence, line) >= _NEAR
            and not any(line in said or said in line for said in other)
            for line in self.lines
        )


def said_in(reading: Reading) -> Said:
    """What a document says, without the document."""
    document = reading.document
    lines = lines_of(document)
    return Said(
        practices=_once(reading.practices),
        restrictions=_once(one for one in reading.clauses if one.restricts_reader),
        lines=lines,
        whole="".join(lines),
        face=Face(title=document.title, places=document.places, lines=len(lines)),
        lang=document.lang,
        published=document.published,
        in_force=document.in_force,
    )


def _once(clauses: Iterable[Clause]) -> dict[str, Clause]:
    found: dict[str, Clause] = {}
    for one in clauses:
        found.setdefault(key_of(one), one)
    return found


def key_of(clause: Clause) -> str:
    """What makes a clause the same one: the letters of its sentence and of what it hangs on."""
    return f"{normal(clause.lead)}\n{normal(clause.sentence)}"
