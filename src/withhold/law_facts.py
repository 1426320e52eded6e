"""What is known of laws: what they forbid by themselves, which acts they give, and their clocks.

A law says what a text says and where. An act is one demand toward one controller; a clock is a
rule by which a date is counted, in the words of the text that sets it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from withhold.facts import Days, Fact, Slug, Source, Text

ActKind = Annotated[
    Literal[
        "object-training",
        "restrict",
        "erase",
        "access",
        "recipients",
        "withdraw-consent",
        "opt-out-of-sale",
        "voluntary-form",
        "reserve",
        "copyright-complaint",
        "removal",
        "opt-out-registry",
    ],
    Meta(
        description="One demand. Of a person: `object-training`, `restrict` (meanwhile), `erase`, "
        "`access` (was my data used?), `recipients` (tell those who received it, and me who they "
        "are), `withdraw-consent`, `opt-out-of-sale` (sale or sharing), `voluntary-form` (what a "
        "company offers without a law). Of an author or publisher: `reserve` (against text and "
        "data mining), `copyright-complaint`, `removal`, `opt-out-registry`."
    ),
]
ACTS: tuple[ActKind, ...] = (
    "object-training",
    "restrict",
    "erase",
    "access",
    "recipients",
    "withdraw-consent",
    "opt-out-of-sale",
    "voluntary-form",
    "reserve",
    "copyright-complaint",
    "removal",
    "opt-out-registry",
)
Party = Annotated[
    Literal["person", "author", "publisher"],
    Meta(
        description="Who may demand it: whom the data is about; who made the work; who publishes "
        "works of others under a licence or contract."
    ),
]
Counts = Annotated[
    Literal["eu-1182-71", "corresponding-date", "calendar-days", "business-days"],
    Meta(
        description="How a period is counted. `eu-1182-71`: Regulation (EEC, Euratom) 1182/71, the "
        "day of the event does not count, a month ends on the day of the same number or the "
        "month's last, and where that is no working day on the next one. `corresponding-date`: "
        "the date of the same number in the next month, as English law and the ICO count. "
        "`calendar-days`: every day. `business-days`: Monday to Friday but for public holidays."
    ),
]


class Forbids(Fact, frozen=True, kw_only=True):
    """Practices that a law or an order forbids without any act of the owner."""

    practices: Annotated[list[str], Meta(description="`platform/practice-id` each.")]
    since: date
    until: date | None = None
    places: list[str] = field(default_factory=lambda: ["WORLD"])
    sources: list[str]


class Clock(Fact, frozen=True, kw_only=True):
    """How long the other side, or the owner, has: a rule, never a date."""

    id: Annotated[
        Slug,
        Meta(
            description="`answer` is the clock of an answer to an act; others by name, for example "
            "`acknowledge`, `appeal`, `authority-news`."
        ),
    ]
    rule: Annotated[
        Text,
        Meta(description="One sentence that names the rule and its paragraph, shown at each date."),
    ]
    starts: Annotated[
        Literal["receipt", "sent", "answer", "complaint"],
        Meta(description="The day of which event it counts from."),
    ] = "receipt"
    months: int = 0
    days: Annotated[int, Meta(description="Calendar or business days, as `counts` says.")] = 0
    counts: Counts
    rolls: Annotated[
        bool, Meta(description="Ending on no working day it ends on the next working day.")
    ] = False
    holidays: Annotated[
        Literal["controller", "law"],
        Meta(description="Whose public holidays: of the controller's seat, or of the law's place."),
    ] = "controller"
    extension_months: Annotated[
        int, Meta(description="By how much more it may be extended, if they say so in time.")
    ] = 0
    extension_days: int = 0
    extension_says: Annotated[
        Text, Meta(description="What an extension needs: until when it is said, with what reasons.")
    ] = field(default_factory=dict)
    pauses: Annotated[
        list[Literal["identity"]],
        Meta(description="What stops it: they rightly ask who you are, until you have answered."),
    ] = field(default_factory=list)
    restarts: Annotated[
        list[Literal["identity"]],
        Meta(description="What starts it only once they have it: the answer to who you are."),
    ] = field(default_factory=list)
    not_holidays: Annotated[
        list[str],
        Meta(
            description="Days by their English name that a calendar marks and this rule does not."
        ),
    ] = field(default_factory=list)
    since: date | None = None
    until: date | None = None
    sources: list[str]


class LawAct(Fact, frozen=True, kw_only=True):
    """One demand that a law gives: to whom, on what, how far it reaches."""

    act: ActKind
    article: Annotated[str, Meta(description="As it is cited in a letter: `Art. 21(1) GDPR`.")]
    who: Annotated[list[Party], Meta(description="Who may demand it.")] = field(
        default_factory=lambda: ["person"]
    )
    bases: Annotated[
        list[str],
        Meta(
            description="Legal bases of a practice on which it lies (`legitimate-interest`, "
            "`public-task`, `consent`, `contract`); empty = whatever the basis, also where none "
            "was named."
        ),
    ] = field(default_factory=list)
    uses: Annotated[
        list[str], Meta(description="Uses of a practice that it reaches; empty = all.")
    ] = field(default_factory=list)
    reaches: Annotated[Text, Meta(description="One sentence: what it reaches.")]
    not_reaches: Annotated[Text, Meta(description="One sentence: what it does not reach.")]
    needs_grounds: bool = False
    clock: Annotated[
        str, Meta(description="Id of a clock of this law; empty = no term is set.")
    ] = ""
    since: date | None = None
    until: date | None = None
    read: Annotated[
        Literal["official", "relayed", "no"],
        Meta(
            description="Whether the official text of this very line was seen by us. `no` and "
            "`relayed` are said aloud wherever the act is shown."
        ),
    ]
    sources: list[str]


class Law(Fact, frozen=True, kw_only=True):
    """A law or an order that a verdict or a letter cites. It states what a text says and where."""

    id: Slug
    name: Text
    cite: str
    places: list[str]
    what: Text
    in_force: date | None = None
    until: date | None = None
    bases: Annotated[
        list[str], Meta(description="Practices on this basis are reached by it, if named.")
    ] = field(default_factory=list)
    needs_grounds: bool = False
    forbids: list[Forbids] = field(default_factory=list)
    act: Annotated[list[LawAct], Meta(description="The acts it gives.")] = field(
        default_factory=list
    )
    clock: Annotated[list[Clock], Meta(description="The rules its dates are counted by.")] = field(
        default_factory=list
    )
    source: dict[str, Source]
    recheck_after: Days = "365 days"
    note: Text = field(default_factory=dict)
