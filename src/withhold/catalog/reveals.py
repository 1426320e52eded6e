"""Reads ``knowledge/reveals/``: the words by which a post gives something away, by language.

They are not part of ``Knowledge``: the question is answered without them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct, field

from withhold.catalog.load import default_root, ids_in
from withhold.catalog.read import read
from withhold.errors import BadKnowledge
from withhold.facts import Fact

FOLDER = "reveals"
SAID_KINDS = ("birth_date", "school", "employer", "health", "belief", "minor")
"""Kinds that are told by what is said, each a table of phrases in every language."""


class Said(Fact, frozen=True, kw_only=True):
    """Phrases of one kind.

    Without case and accents, in one sentence; an apostrophe parts words (``i m``). ``a|b_c``
    either, a space written ``_``; ``word*`` begins so, ``*word`` ends so and is longer; ``word?``
    may be missing; ``...`` up to six words; ``^`` in front: a sentence begins there; ``{list}``
    one of a list of this file; ``<name>`` words with a capital, ``<age>`` 1 to 17, ``<aged>`` the
    same with its end (``6yo``), ``<number>`` digits, ``<date>`` a day with its month.
    """

    sure: list[str] = field(default_factory=list)
    possible: Annotated[list[str], Meta(description="Shown as possible only.")] = field(
        default_factory=list
    )
    nothing: Annotated[
        list[str], Meta(description="What overlaps one of these gives nothing away.")
    ] = field(default_factory=list)
    together: Annotated[
        list[str],
        Meta(
            description="Parts, joined by ` + `, that tell it in any order in one sentence; the "
            "first is what it is about. A part is one word or several in a row, `~` in front: "
            "anywhere in the text."
        ),
    ] = field(default_factory=list)
    perhaps: Annotated[list[str], Meta(description="The same, shown as possible only.")] = field(
        default_factory=list
    )
    against: Annotated[
        list[str],
        Meta(description="Words and `{lists}` that take back what parts tell in their sentence."),
    ] = field(default_factory=list)


class Streets(Fact, frozen=True, kw_only=True):
    """How an address is written."""

    joined: Annotated[list[str], Meta(description="Ends of one word: `strasse`.")] = field(
        default_factory=list
    )
    after: Annotated[list[str], Meta(description="Stands after the name: `street`.")] = field(
        default_factory=list
    )
    after_capital: Annotated[
        list[str], Meta(description="The same, only with a capital: `Close`, `Way`.")
    ] = field(default_factory=list)
    before: Annotated[list[str], Meta(description="Stands before the name: `rue`.")] = field(
        default_factory=list
    )
    number_first: bool = False
    """Whether the house number stands before the street (with ``before`` only)."""
    small: Annotated[
        list[str], Meta(description="Words inside a name of a street without a capital.")
    ] = field(default_factory=list)
    nameless: Annotated[
        list[str], Meta(description="First words of streets that have no word for street: `am`.")
    ] = field(default_factory=list)
    number_words: Annotated[list[str], Meta(description="Before a house number: `no`, `nr`.")] = (
        field(default_factory=list)
    )
    not_names: Annotated[list[str], Meta(description="No name of a street: `one way street`.")] = (
        field(default_factory=list)
    )
    near: Annotated[
        list[str], Meta(description="Said before an address that is written without capitals.")
    ] = field(default_factory=list)


class Calls(Fact, frozen=True, kw_only=True):
    """What is said beside numbers."""

    near: Annotated[list[str], Meta(description="Said before a telephone number.")]
    other: Annotated[list[str], Meta(description="Said before a number that is none.")]
    units: Annotated[list[str], Meta(description="Said after a number that is none.")] = field(
        default_factory=list
    )
    regions: Annotated[
        list[str], Meta(description="ISO 3166 codes whose numbers are tried in this language.")
    ]


class Spelled(Fact, frozen=True, kw_only=True):
    """How an e-mail address is written so that no program sees it."""

    at: list[str] = field(default_factory=list)
    dot: list[str] = field(default_factory=list)


class LangWords(Fact, frozen=True, kw_only=True):
    """``reveals/LANG.toml``: the words of one language."""

    small: Annotated[list[str], Meta(description="Frequent words: none is looked for alone.")]
    negation: Annotated[list[str], Meta(description="Inside a phrase: nothing is given away.")]
    unsure: Annotated[
        list[str], Meta(description="Up to three words before a phrase: it is possible only.")
    ]
    months: Annotated[list[str], Meta(description="Twelve names, short ones after a `|`.")]
    date_words: Annotated[
        list[str], Meta(description="Between day, month and year: `of`, `de`.")
    ] = field(default_factory=list)
    day_ends: Annotated[list[str], Meta(description="After the number of a day: `th`.")] = field(
        default_factory=list
    )
    age_ends: Annotated[list[str], Meta(description="Right after the number of an age: `6yo`.")]
    ages: Annotated[list[str], Meta(description="Ages under 18 in words.")]
    not_names: Annotated[
        list[str], Meta(description="With a capital at times, and still no name: `Monday`.")
    ]
    places: Annotated[list[str], Meta(description="Towns and countries: no name of an employer.")]
    name_words: Annotated[list[str], Meta(description="Small words inside a name: `of`, `de la`.")]
    lists: Annotated[dict[str, list[str]], Meta(description="Lists that phrases name.")]
    birth_date: Said
    school: Said
    employer: Said
    health: Said
    belief: Said
    minor: Said
    address: Streets
    phone: Calls
    email: Spelled


class RevealWords(Struct, frozen=True, kw_only=True):
    """The words of every language that is read."""

    langs: dict[str, LangWords]


def reveal_words(root: Path | None = None) -> RevealWords:
    """All words. Raises BadKnowledge for the first file that does not hold."""
    root = root or default_root()
    langs = {
        one: read(root / FOLDER / f"{one}.toml", LangWords, f"{FOLDER}/{one}.toml")
        for one in ids_in(root, FOLDER)
    }
    if not langs:
        raise BadKnowledge(f"{FOLDER}: no words there", "give a folder that holds reveals/en.toml")
    return RevealWords(langs=langs)
