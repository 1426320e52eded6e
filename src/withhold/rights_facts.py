"""What is known for rights: who the controller is, through which door, which authority; letters.

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
