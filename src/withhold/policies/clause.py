"""A clause: one sentence of a policy that says something about training, and what it says."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from withhold.facts import Practice
from withhold.words import Audience, Default, Kind, Use

ClauseSays = Literal["yes", "no", "conditional"]
Trainer = Literal["own", "affiliate", "third-party", "customer", "reader"]
"""Who trains: the company that speaks; its affiliates; others it names or lets; the customer, for
itself; the reader, of a restriction."""
Whose = Literal["people", "public", "customers", "own", "not-stated"]
"""Members or users; the open web; a customer's (business terms); the company's own."""
Reach = Literal["any-time", "forward-only", "not-stated"]
"""``any-time``: also what was posted before ("regardless of when"); ``forward-only``: not that."""
OfferedKind = Literal["opt-out", "opt-in", "objection", "setting", "none", "not-stated"]
Part = Literal[
    "subject",
    "verb",
    "object",
    "negation",
    "condition",
    "addressed",
    "control",
    "default",
    "reach",
    "place",
    "date",
    "audience",
    "guard",
]


class Decided(Struct, frozen=True, kw_only=True, gc=False):
    """Which words decided which part: ``start`` and ``end`` count code points of the sentence.

    Words of the lead or the headings have ``start`` -1.
    """

    part: Part
    words: str
    start: int = -1
    end: int = -1


class Offered(Struct, frozen=True, kw_only=True, gc=False):
    """The control that a sentence offers: of which kind, in which words, and where (an address)."""

    kind: OfferedKind = "not-stated"
    words: str = ""
    url: str = ""


class Clause(Struct, frozen=True, kw_only=True):
    """What one sentence says, in its context.

    ``says``: that content is used to train (``yes``), that it is not (``no``), or only under a
    condition, with consent, unless somebody objects, opts out or chose a setting
    (``conditional``). ``restricts_reader``: it forbids the reader (or others) to train; that is
    no practice of the company. ``actor_name``: the name of a third party or affiliate, as written.
    ``object`` is the content in the sentence's own words; ``content`` and ``audience`` in ours, as
    far as it names them. ``since``: the day the sentence itself names. ``why``: the words that
    decided, in the order of the sentence. ``start``, ``end``: of its passage in the source.
    """

    sentence: str
    says: ClauseSays
    restricts_reader: bool = False
    actor: Trainer = "own"
    actor_name: str = ""
    whose: Whose = "not-stated"
    object: str = ""
    content: tuple[Kind, ...] = ()
    audience: tuple[Audience, ...] = ()
    use: Use = "train-ai"
    places: tuple[str, ...] = ()
    not_places: tuple[str, ...] = ()
    control: Offered = Offered()
    default: Default = "none"
    reach: Reach = "not-stated"
    since: date | None = None
    why: tuple[Decided, ...] = ()
    headings: tuple[str, ...] = ()
    lead: str = ""
    lang: str = "en"
    start: int = 0
    end: int = 0

    def to_practice(
        self, *, actor: str, source: str, id: str, seen: date | None = None
    ) -> Practice:
        """A draft of the practice for ``knowledge/``, for a person to review.

        See ``draft.practice_of``. Raises ValueError for a restriction of the reader.
        """
        from withhold.policies.draft import practice_of

        return practice_of(self, actor=actor, source=source, id=id, seen=seen)
