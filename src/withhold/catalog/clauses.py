"""Reads ``knowledge/clauses/``: the words by which a policy speaks of training, by language.

They are not part of ``Knowledge``: the question is answered without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct, field

from withhold.catalog.load import default_root, ids_in
from withhold.catalog.read import read
from withhold.errors import BadKnowledge
from withhold.facts import Fact

FOLDER = "clauses"

Phrases = Annotated[
    tuple[str, ...],
    Meta(
        description="Phrases: words without capitals, hyphens part words (`opt out`). `a|b_c` "
        "either, a space written `_`; `word*` begins so; `word?` may be missing; `...` up to five "
        "words of the same part of a sentence; `{list}` one of a list of this file."
    ),
]


class Roles(Fact, frozen=True, kw_only=True):
    """Words by the part that they play in a sentence; see ``policies/`` for how they combine."""

    not_training: Annotated[Phrases, Meta(description="Neither train nor model in our sense.")] = ()
    train: Annotated[Phrases, Meta(description="To train, in every form.")] = ()
    build: Annotated[Phrases, Meta(description="To develop or improve: says so with a model.")] = ()
    model: Annotated[Phrases, Meta(description="What is trained: surely AI.")] = ()
    perhaps_model: Annotated[
        Phrases, Meta(description="AI only with `our` or a verb of training.")
    ] = ()
    trainable: Annotated[Phrases, Meta(description="AI only where it is trained.")] = ()
    event: Annotated[Phrases, Meta(description="Training, said without verb and model.")] = ()
    means: Annotated[
        Phrases, Meta(description="What follows is a means, not what is improved.")
    ] = ()
    such_as: Annotated[Phrases, Meta(description="What follows belongs to what came before.")] = ()
    following: Annotated[
        Phrases, Meta(description="At the end of a lead: what is meant follows.")
    ] = ()
    use: Annotated[Phrases, Meta(description="To use, process, share: done to content.")] = ()
    we: Annotated[Phrases, Meta(description="The company that speaks.")] = ()
    reader: Annotated[Phrases, Meta(description="Who is spoken to.")] = ()
    third: Annotated[Phrases, Meta(description="Others whom the company lets train, or not.")] = ()
    vendor: Annotated[Phrases, Meta(description="Those of them who work for the company.")] = ()
    affiliate: Annotated[Phrases, Meta(description="Companies of the same group.")] = ()
    customer: Annotated[Phrases, Meta(description="The customer trains for itself.")] = ()
    people: Annotated[Phrases, Meta(description="People's content and data.")] = ()
    customers: Annotated[Phrases, Meta(description="A customer's content and data.")] = ()
    public: Annotated[Phrases, Meta(description="Content of the open web, or public content.")] = ()
    some: Annotated[Phrases, Meta(description="Content, not said whose.")] = ()
    ours: Annotated[Phrases, Meta(description="The company's own content and service.")] = ()
    negation: Annotated[Phrases, Meta(description="Says no.")] = ()
    no_negation: Annotated[Phrases, Meta(description="Holds such a word and says no `no`.")] = ()
    denies: Annotated[Phrases, Meta(description="Verbs that say no: `prohibit from`.")] = ()
    modal: Annotated[Phrases, Meta(description="Begins what is said anew: `may`, `will`.")] = ()
    turn: Annotated[Phrases, Meta(description="A no before it does not reach behind it.")] = ()
    not_allowed: Annotated[Phrases, Meta(description="Forbids the reader or others.")] = ()
    forbidden: Annotated[Phrases, Meta(description="Forbids, of an act or a content.")] = ()
    competing: Annotated[
        Phrases, Meta(description="Stands only where the reader is restricted.")
    ] = ()
    scraping: Annotated[Phrases, Meta(description="Taking content by machine.")] = ()
    condition: Annotated[Phrases, Meta(description="Says that it depends on something.")] = ()
    opt_out: Phrases = ()
    opt_in: Phrases = ()
    objection: Phrases = ()
    setting: Phrases = ()
    no_control: Annotated[Phrases, Meta(description="Says that there is no way out.")] = ()
    in_spite: Annotated[Phrases, Meta(description="Takes a condition back: `even if`.")] = ()
    default_on: Phrases = ()
    default_off: Phrases = ()
    any_time: Annotated[Phrases, Meta(description="Also what was posted before.")] = ()
    forward_only: Annotated[Phrases, Meta(description="Only what comes from now on.")] = ()
    licence: Annotated[Phrases, Meta(description="Content is given or sold to others.")] = ()
    since: Annotated[Phrases, Meta(description="Stands before the day from which it holds.")] = ()
    elsewhere: Annotated[Phrases, Meta(description="Stands before a place that is not meant.")] = ()
    not_content: Annotated[Phrases, Meta(description="Looks like content and is none.")] = ()
    acts: Annotated[Phrases, Meta(description="Behind a name: a company that does something.")] = ()
    nobody: Annotated[Phrases, Meta(description="With a capital, and still no company.")] = ()
    meaning: Annotated[Phrases, Meta(description="Defines a word.")] = ()
    beside: Annotated[
        Phrases, Meta(description="Speaks of something else than the use itself.")
    ] = ()
    pointer: Annotated[Phrases, Meta(description="Points to another text.")] = ()
    goes_on: Annotated[Phrases, Meta(description="Goes on with the sentence before it.")] = ()
    explains: Annotated[Phrases, Meta(description="Tells how a model works or turns out.")] = ()
    our_model: Annotated[Phrases, Meta(description="Before a model: it is the company's.")] = ()
    their_model: Annotated[Phrases, Meta(description="Before a model: others'.")] = ()
    your_model: Annotated[Phrases, Meta(description="Before a model: the reader's.")] = ()
    any_model: Annotated[Phrases, Meta(description="Before a model: any.")] = ()
    its: Annotated[Phrases, Meta(description="Before a model: of whoever was named last.")] = ()
    nominal: Annotated[
        Phrases, Meta(description="Nouns of improving behind a model: `model development`.")
    ] = ()
    linking: Annotated[
        Phrases, Meta(description="Between a model and its verb: `models are trained`.")
    ] = ()
    made_better: Annotated[Phrases, Meta(description="To improve, not only to make.")] = ()
    computed: Annotated[Phrases, Meta(description="Models of a machine whoever makes them.")] = ()
    subject: Annotated[Phrases, Meta(description="Begins a statement of its own.")] = ()
    inverted: Annotated[Phrases, Meta(description="Before a subject: `nor do we`.")] = ()
    relative: Annotated[Phrases, Meta(description="Begins a clause about a word.")] = ()
    adverb: Annotated[Phrases, Meta(description="Between a no and its verb.")] = ()
    away_from: Annotated[Phrases, Meta(description="Behind a verb that says no: `from`.")] = ()
    states: Annotated[
        Phrases, Meta(description="Before a no behind the training: `is not allowed`.")
    ] = ()
    hard_condition: Annotated[
        Phrases, Meta(description="Begins a condition that holds for a yes as well.")
    ] = ()
    reserves: Annotated[Phrases, Meta(description="What a company does to its own content.")] = ()
    order: Annotated[Phrases, Meta(description="Begins an order: `do not`.")] = ()
    pronoun: Annotated[Phrases, Meta(description="Stands for who or what was named before.")] = ()
    it: Annotated[Phrases, Meta(description="Stands for a thing.")] = ()
    supposing: Annotated[Phrases, Meta(description="Begins what is only supposed.")] = ()
    finite: Annotated[Phrases, Meta(description="Shows that somebody or something acts.")] = ()
    by: Annotated[Phrases, Meta(description="Before the one who acts.")] = ()
    uses_only: Annotated[Phrases, Meta(description="What somebody is given for some uses.")] = ()
    and_not: Annotated[
        Phrases, Meta(description="Behind it: the use that is left out, `and not to`.")
    ] = ()
    exclusion: Annotated[Phrases, Meta(description="Begins an exception.")] = ()
    our_own: Annotated[Phrases, Meta(description="Shows that the company speaks of itself.")] = ()
    mine: Annotated[Phrases, Meta(description="The company's own vendors.")] = ()
    yours: Annotated[Phrases, Meta(description="Makes content of what follows.")] = ()
    person: Annotated[Phrases, Meta(description="Speaks of the company or the reader.")] = ()
    purpose: Annotated[Phrases, Meta(description="Begins a purpose.")] = ()
    noun_begins: Annotated[Phrases, Meta(description="Begins a list item that is no act.")] = ()
    onto: Annotated[Phrases, Meta(description="Behind `train`: what it is trained on.")] = ()
    joins: Annotated[Phrases, Meta(description="Joins two contents.")] = ()
    train_sure: Annotated[Phrases, Meta(description="To train, said of nothing but AI.")] = ()
    you_made: Annotated[
        Phrases, Meta(description="Makes content of the word before it: `you post`.")
    ] = ()
    conjunction: Annotated[Phrases, Meta(description="Before `you post`: no content.")] = ()
    our_choice: Annotated[Phrases, Meta(description="The company itself opted out.")] = ()
    no_object: Annotated[
        Phrases, Meta(description="Behind `training` and not what is trained.")
    ] = ()
    the_object: Annotated[Phrases, Meta(description="Behind `training`: what is trained.")] = ()
    training: Annotated[Phrases, Meta(description="The noun, which may be a course.")] = ()
    past: Annotated[Phrases, Meta(description="Begins no order.")] = ()
    left_out: Annotated[Phrases, Meta(description="Before training that is left out.")] = ()
    state_off: Annotated[Phrases, Meta(description="The training is off: says no.")] = ()
    by_default: Annotated[Phrases, Meta(description="Names the default.")] = ()
    passive: Annotated[Phrases, Meta(description="Begins what is said of content.")] = ()
    of_else: Annotated[Phrases, Meta(description="Behind a way out: of what else.")] = ()
    such: Annotated[Phrases, Meta(description="Points at what was said before.")] = ()


class ClauseWords(Fact, frozen=True, kw_only=True):
    """``clauses/LANG.toml``: the words of one language."""

    gate: Annotated[
        list[str], Meta(description="Letters of which some stand in every text worth reading.")
    ]
    gate_capital: Annotated[
        list[str], Meta(description="The same, as whole words with their capitals: `AI`.")
    ]
    no_answer: Annotated[list[str], Meta(description="Begins an answer that says no.")] = field(
        default_factory=list
    )
    yes_answer: Annotated[list[str], Meta(description="Begins an answer that says yes.")] = field(
        default_factory=list
    )
    lists: Annotated[dict[str, list[str]], Meta(description="Lists that phrases name.")]
    role: Roles
    content: Annotated[dict[str, Phrases], Meta(description="Kind of content -> words for it.")] = (
        field(default_factory=dict)
    )
    audience: Annotated[dict[str, Phrases], Meta(description="Audience -> words for it.")] = field(
        default_factory=dict
    )
    place: Annotated[
        dict[str, Phrases], Meta(description="ISO 3166 code or group -> words for it.")
    ] = field(default_factory=dict)
    months: Annotated[list[str], Meta(description="Twelve names, short ones after a `|`.")]

    def every(self) -> Iterator[tuple[str, str]]:
        """(mark, phrase) of all: ``train``, ``content:post``, ``audience:public``, ``place:EU``."""
        for role in Roles.__struct_fields__:
            for one in getattr(self.role, role):
                yield role, one
        for table in ("content", "audience", "place"):
            for key, many in getattr(self, table).items():
                for one in many:
                    yield f"{table}:{key}", one


class AllClauseWords(Struct, frozen=True, kw_only=True):
    """The words of every language whose clauses are found."""

    langs: dict[str, ClauseWords]


def clause_words(root: Path | None = None) -> AllClauseWords:
    """All words. Raises BadKnowledge for the first file that does not hold."""
    root = root or default_root()
    langs = {
        one: read(root / FOLDER / f"{one}.toml", ClauseWords, f"{FOLDER}/{one}.toml")
        for one in ids_in(root, FOLDER)
    }
    if not langs:
        raise BadKnowledge(f"{FOLDER}: no words there", "give a folder that holds clauses/en.toml")
    return AllClauseWords(langs=langs)
