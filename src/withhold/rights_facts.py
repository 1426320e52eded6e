"""What is known for rights: who the controller is, through which door, which authority, and words.

Controllers and authorities are legal persons and offices; the facts of many were carried over from
datenanfragen.de (CC0), each with its source and the day of that record.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from withhold.facts import Days, Fact, Slug, Source, Text
from withhold.law_facts import ActKind

LetterLang = Literal["en", "de", "fr", "es"]
LETTER_LANGS: tuple[LetterLang, ...] = ("en", "de", "fr", "es")
Status = Annotated[
    Literal["reviewed", "draft", "machine"],
    Meta(
        description="`reviewed`: a person who writes this language and knows this law has read it "
        "(name the day). `draft`: written with care, read by nobody else. `machine`: translated. "
        "What is not reviewed opens as text under a banner, never as mail ready to send."
    ),
]
Outcome = Literal[
    "granted",
    "granted-future-only",
    "wants-identity",
    "wants-form",
    "wrong-address",
    "refuses-compelling-grounds",
    "refuses-not-your-data",
    "refuses-no-such-law",
    "refuses-other",
    "no-training-claimed",
    "extension",
    "automatic",
    "bounce",
]
"""What a reply says; suggested by phrase, chosen by the person. ``automatic`` and ``bounce`` are no
answers."""
OUTCOMES: tuple[Outcome, ...] = (
    "granted",
    "granted-future-only",
    "wants-identity",
    "wants-form",
    "wrong-address",
    "refuses-compelling-grounds",
    "refuses-not-your-data",
    "refuses-no-such-law",
    "refuses-other",
    "no-training-claimed",
    "extension",
    "automatic",
    "bounce",
)
NO_ANSWER: tuple[Outcome, ...] = ("automatic", "bounce")


class FormField(Fact, frozen=True, kw_only=True):
    """One field of a web form, and what belongs into it."""

    name: Annotated[Text, Meta(description="As the form calls it, by language.")]
    fill: Annotated[
        str,
        Meta(
            description="`name`, `email`, `account`, `place`, `urls`, `letter` (the whole text), "
            "`grounds` (the person's own words), or a literal text after `=`."
        ),
    ]


class Door(Fact, frozen=True, kw_only=True):
    """One way in: a form, an e-mail address, or the post."""

    kind: Literal["form", "email", "post", "registry"]
    to: Annotated[str, Meta(description="URL, e-mail address, or postal address (lines).")]
    acts: Annotated[list[ActKind], Meta(description="Acts that it is for; empty = any.")] = field(
        default_factory=list
    )
    platforms: Annotated[
        list[Slug], Meta(description="Platforms that it is for; empty = all of this controller.")
    ] = field(default_factory=list)
    places: Annotated[list[str], Meta(description="Where it is offered.")] = field(
        default_factory=lambda: ["WORLD"]
    )
    needs: Annotated[
        list[Literal["name", "email", "account", "address", "birth-date", "identity-document"]],
        Meta(description="What they ask for to know you, by their own words."),
    ] = field(default_factory=list)
    needs_login: bool = False
    fields: list[FormField] = field(default_factory=list)
    seen: Annotated[date, Meta(description="The day on which the source named this way in.")]
    sources: list[str]


class Controller(Fact, frozen=True, kw_only=True):
    """Who decides on the processing, by law: a legal person, for some places."""

    id: Slug
    name: Annotated[str, Meta(description="The legal name.")]
    answers_for: Annotated[
        list[str],
        Meta(description="Ids of platforms (`facebook`) or actors (`openai`) that it answers for."),
    ]
    places: Annotated[
        list[str], Meta(description="Of which people: ISO 3166 codes, groups (EEA) or WORLD.")
    ]
    not_places: list[str] = field(default_factory=list)
    since: date | None = None
    until: date | None = None
    seat: Annotated[
        str, Meta(description="ISO 3166 code of its seat, with a US state: `IE`, `US-CA`.")
    ]
    timezone: Annotated[
        str, Meta(description="IANA name; the day of receipt is the local date there.")
    ]
    language: Annotated[str, Meta(description="In which it takes letters: `en`.")] = "en"
    lead_authority: Annotated[
        str, Meta(description="Of an EEA seat: the id of its lead authority, Art. 56 GDPR.")
    ] = ""
    representative: Annotated[
        str, Meta(description="Of a seat elsewhere: its representative in the Union, if named.")
    ] = ""
    code_of_practice: Annotated[
        str,
        Meta(
            description="Contact for complaints of rightsholders under the Code of Practice for "
            "general-purpose AI (copyright chapter), if it signed and names one."
        ),
    ] = ""
    door: list[Door]
    source: dict[str, Source]
    recheck_after: Days = "180 days"
    note: Text = field(default_factory=dict)


class Authority(Fact, frozen=True, kw_only=True):
    """Where a complaint goes."""

    id: Slug
    name: Annotated[str, Meta(description="Its own name, in its own language.")]
    names: Text
    places: Annotated[list[str], Meta(description="Of whose residents: `AT`, `DE-BY`, `US-CA`.")]
    sector: Annotated[
        Literal["general", "private", "public", "church", "broadcasting"],
        Meta(
            description="Whom it watches over: everyone; companies; public bodies; churches; "
            "broadcasters. A complaint about a platform goes to `general` or `private`."
        ),
    ] = "general"
    languages: Annotated[list[str], Meta(description="In which it takes complaints.")]
    email: str = ""
    webform: str = ""
    address: str = ""
    web: str = ""
    seen: date
    source: dict[str, Source]
    recheck_after: Days = "365 days"
    note: Text = field(default_factory=dict)


class Paragraph(Fact, frozen=True, kw_only=True):
    """Whole sentences of a letter, with placeholders in braces."""

    text: str
    when: Annotated[
        list[str],
        Meta(
            description="Conditions that must all hold, of a closed list (see "
            "`withhold.catalog.letter_gaps.CONDITIONS`); `not-...` turns one round."
        ),
    ] = field(default_factory=list)


class Letter(Fact, frozen=True, kw_only=True):
    """One letter in one language: `letters/<lang>/<id>.toml`."""

    id: Annotated[
        Slug,
        Meta(description="An act, or a later letter: `reminder`, `warning`, `complaint` ..."),
    ]
    lang: LetterLang
    status: Status
    on: Annotated[date, Meta(description="The day of that status.")]
    by: Annotated[str, Meta(description="Who reviewed it; empty where nobody did.")] = ""
    subject: str
    asked: Annotated[
        str,
        Meta(
            description="Of an act: how later letters name it inside a sentence, for example "
            "`my objection under {article} to ...`."
        ),
    ] = ""
    paragraph: list[Paragraph]
    note: Text = field(default_factory=dict)


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
