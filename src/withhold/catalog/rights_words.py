"""Reads the words around letters: banners, dates, grounds, next steps, and what a reply says.

One file of ``knowledge/`` each. They are not part of ``Knowledge``: the question is answered
without them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from msgspec import Meta, field

from withhold.catalog.load import default_root
from withhold.catalog.read import read
from withhold.facts import Fact, Slug, Text


class Citing(Fact, frozen=True, kw_only=True):
    """How a language cites `Art. 18(1)(d) GDPR`; the parts that are there are put together."""

    article: Annotated[str, Meta(description="`Art. {n}`")]
    paragraph: Annotated[str, Meta(description="` Abs. {n}`")]
    point: Annotated[str, Meta(description="` Buchst. {n}`")]
    law: Annotated[str, Meta(description="` {n}`")]
    laws: Annotated[
        dict[str, str], Meta(description="English name of a law, as in `article` -> its own.")
    ] = field(default_factory=dict)


class LetterWords(Fact, frozen=True, kw_only=True):
    """`letter-words.toml`: what the tool says around letters, dates and citations."""

    advice: Annotated[Text, Meta(description="Stands beside every letter, never in it.")]
    banner: Annotated[
        dict[str, Text], Meta(description="Over a letter that is not reviewed, by its status.")
    ]
    warning: Annotated[
        dict[str, Text],
        Meta(description="Code of `withhold.catalog.letter_gaps.WARNINGS` -> words."),
    ]
    yours: Annotated[
        Text, Meta(description="Over the letter in the person's language, which is not sent.")
    ]
    months: Annotated[dict[str, list[str]], Meta(description="Twelve, by language.")]
    day: Annotated[dict[str, str], Meta(description="`{day}`, `{month}`, `{year}`, by language.")]
    cite: Annotated[dict[str, Citing], Meta(description="By language.")]
    happened: Annotated[
        dict[str, Text],
        Meta(
            description="What happened in a case, as a complaint lists it: by kind of event, or "
            "by outcome of a reply. `{date}` is the day in words."
        ),
    ] = field(default_factory=dict)
    annex: Annotated[
        dict[str, Text],
        Meta(description="How an annex is named: `letter`, `reply`. `{date}` as above."),
    ] = field(default_factory=dict)
    complaint: Annotated[
        dict[str, str],
        Meta(
            description="Beginning of a law's id -> the article on complaints to an authority; the "
            "longest that fits counts."
        ),
    ] = field(default_factory=dict)


class GroundsQuestion(Fact, frozen=True, kw_only=True):
    """One plain question, and what may be said to it; it never says it for the person."""

    id: Slug
    ask: Annotated[Text, Meta(description="The question, in all languages of letters.")]
    hint: Annotated[Text, Meta(description="What it is meant by it, without an answer to copy.")]


class GroundsQuestions(Fact, frozen=True, kw_only=True):
    """`grounds.toml`: the questions by which somebody finds their own grounds, Art. 21(1) GDPR."""

    question: list[GroundsQuestion]
    intro: Text
    empty: Annotated[Text, Meta(description="The warning where nothing was answered.")]
    short: Annotated[Text, Meta(description="The warning where very little was answered.")]
    enough: Annotated[int, Meta(description="Words below which it is very little.", ge=1)]
    on: date


class ReplyWords(Fact, frozen=True, kw_only=True):
    """`reply-words.toml`: phrases that suggest an outcome, by outcome and language.

    Compared without case and accents, in one sentence. `...` stands for up to six words between;
    `a|b` for either; `word*` begins so, `*word` ends so; `word?` may be missing; ` + ` joins what
    stands in one sentence in any order.
    """

    phrase: Annotated[
        dict[str, dict[str, list[str]]],
        Meta(
            description="Outcome -> language -> phrases. `~` before one: counts only where nothing "
            "stronger was said. `&` before one: counts only where something was granted as well."
        ),
    ]
    idea: Annotated[
        dict[str, dict[str, list[str]]],
        Meta(description="Language -> idea (`stop`, `find`, `deadline`) -> phrases that say it."),
    ] = field(default_factory=dict)
    claim: Annotated[
        dict[str, list[str]],
        Meta(
            description="Outcome -> ideas that say it where they stand in one sentence, in every "
            "language: `not-idea` under a negation, `yes-idea` under none, `!idea` nowhere in it; "
            "`~` and `&` as above. A claim goes before phrases."
        ),
    ] = field(default_factory=dict)
    offer: Annotated[
        dict[str, list[str]],
        Meta(description="Phrases of a sentence that only offers something: `if you wish`."),
    ] = field(default_factory=dict)
    small_words: Annotated[
        dict[str, list[str]], Meta(description="Words by which a language is known.")
    ] = field(default_factory=dict)
    negation: Annotated[
        dict[str, list[str]], Meta(description="Words that turn a phrase round, by language.")
    ] = field(default_factory=dict)
    condition: Annotated[
        dict[str, list[str]],
        Meta(description="Phrases that make a decision one that may come later: `if`, `once`."),
    ] = field(default_factory=dict)
    perhaps: Annotated[
        dict[str, list[str]],
        Meta(description="Phrases by which something only may be asked later: `might`."),
    ] = field(default_factory=dict)
    by_a_program: Annotated[
        dict[str, list[str]], Meta(description="Phrases by which a program says that it writes.")
    ] = field(default_factory=dict)
    boilerplate: Annotated[
        dict[str, list[str]],
        Meta(description="Phrases of sentences below a letter that are no part of what it says."),
    ] = field(default_factory=dict)
    topic: Annotated[
        dict[str, list[str]],
        Meta(description="Phrases of which a letter on a request holds at least one."),
    ] = field(default_factory=dict)
    ticket_systems: Annotated[
        list[str],
        Meta(description="Domains of services through which many companies answer."),
    ] = field(default_factory=list)


class ClockWords(Fact, frozen=True, kw_only=True):
    """`clock-words.toml`: how the steps of a deadline are said."""

    say: Annotated[
        dict[str, Text],
        Meta(
            description="Id of a step -> a short phrase; ids and gaps are a closed list, see "
            "`withhold.catalog.clock_gaps.CLOCK_GAPS`."
        ),
    ]


class NextSteps(Fact, frozen=True, kw_only=True):
    """`next-steps.toml`: what is said of the next step, of doubts and of troubles of a message."""

    days: Annotated[
        dict[str, int],
        Meta(
            description="How long we advise to wait where no law says it: `after-reminder`, "
            "`after-warning`, `after-answer` (to a refusal), `without-term`."
        ),
    ]
    step: Annotated[
        dict[str, Text],
        Meta(description="Kind of the step -> whole sentences; the one gap is `{by}`, a date."),
    ]
    outcome: Annotated[
        dict[str, Text], Meta(description="Outcome -> how a person is asked for it.")
    ]
    doubt: Annotated[
        dict[str, Text], Meta(description="Why a message was not, or not surely, matched.")
    ]
    trouble: Annotated[dict[str, Text], Meta(description="What could not be read of a message.")]


def letter_words(root: Path | None = None) -> LetterWords:
    """What is said around letters: banners, warnings, dates, citations."""
    return read((root or default_root()) / "letter-words.toml", LetterWords, "letter-words.toml")


def grounds_questions(root: Path | None = None) -> GroundsQuestions:
    """The questions by which somebody finds their own grounds."""
    return read((root or default_root()) / "grounds.toml", GroundsQuestions, "grounds.toml")


def reply_words(root: Path | None = None) -> ReplyWords:
    """The phrases that suggest what a reply says."""
    return read((root or default_root()) / "reply-words.toml", ReplyWords, "reply-words.toml")


def clock_words(root: Path | None = None) -> ClockWords:
    """How the steps of a deadline are said."""
    return read((root or default_root()) / "clock-words.toml", ClockWords, "clock-words.toml")


def next_steps(root: Path | None = None) -> NextSteps:
    """What is said of the next step in a case."""
    return read((root or default_root()) / "next-steps.toml", NextSteps, "next-steps.toml")
