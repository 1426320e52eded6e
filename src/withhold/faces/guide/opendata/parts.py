"""What a row says besides the fact itself: what it belongs to, and where its page stands."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct, field

from withhold.facts import Text
from withhold.words import Coverage

Name = Annotated[
    str,
    Meta(
        description="Names the fact in all tables: `platform/id`, of what a company does on the "
        "open web `company-ID/id`."
    ),
]
Address = Annotated[
    str, Meta(description="Its page in the guide, as a path from the guide's first page.")
]
OnPlatformId = Annotated[str, Meta(description="The platform, an id of `platforms.csv`.")]


class OfOwner(Struct, frozen=True, kw_only=True):
    """Of a practice: it stands with a platform or with a company."""

    fact: Name
    platform: Annotated[
        str,
        Meta(description="The platform, an id of `platforms.csv`; empty on the open web."),
    ] = ""
    company: Annotated[
        str,
        Meta(
            description="Of a practice on the open web: the company, an id of `companies.csv`; "
            "empty on a platform."
        ),
    ] = ""


class OfPlatform(Struct, frozen=True, kw_only=True):
    """Of a control, a shield or a dispute."""

    fact: Name
    platform: OnPlatformId


class Covering(Struct, frozen=True, kw_only=True):
    """A row of coverage."""

    platform: OnPlatformId
    control: Annotated[str, Meta(description="A control of this platform.")]
    practice: Annotated[str, Meta(description="A practice of this platform.")]
    covers: Coverage


class Forbidding(Struct, frozen=True, kw_only=True):
    """One practice that one law or order forbids."""

    law: Annotated[str, Meta(description="The law or order, an id of `laws.csv`.")]
    practice: Annotated[str, Meta(description="The practice, a `fact` of `practices.csv`.")]
    since: Annotated[date, Meta(description="Forbidden from this day on.")]
    until: Annotated[date | None, Meta(description="Not forbidden any more from this day on.")]
    places: list[str]
    sources: list[str]


class OfFact(Struct, frozen=True, kw_only=True):
    """Of a source: what rests on it, and its name there."""

    fact: Annotated[
        str,
        Meta(
            description="What rests on this source: a `fact` of practices, controls, shields or "
            "disputes, or `companies/ID`, `crawlers/ID`, `laws/ID`, `signals/ID`, `claims/ID`. "
            "`platforms/ID`: the platform's terms on automated access, and what no single fact "
            "names."
        ),
    ]
    source: Annotated[
        str, Meta(description="The source's id; it is unique within one platform, company ...")
    ]


class OfClaim(Struct, frozen=True, kw_only=True):
    """Of a question that shows how far a claim held."""

    claim: Annotated[str, Meta(description="The claim, an id of `claims.csv`.")]
    nth: Annotated[int, Meta(ge=1, description="Counts the questions of one claim from 1.")]


class Where(Struct, frozen=True, kw_only=True):
    """A place or a group of places."""

    code: Annotated[
        str, Meta(description="ISO 3166 code (`DE`, `US-PA`), `WORLD`, or the name of a group.")
    ]
    name: Annotated[Text, Meta(description="What the place is called.")]
    members: Annotated[list[str], Meta(description="Of a group: the places that belong to it.")] = (
        field(default_factory=list)
    )


class Page(Struct, frozen=True, kw_only=True):
    """Where it stands in the guide."""

    page: Address


class PageIfAny(Struct, frozen=True, kw_only=True):
    """The same of what may have none: a group is nobody's place, a fact may be gone."""

    page: Annotated[str, Meta(description="Its page in the guide; empty where there is none.")] = ""


class Now(Struct, frozen=True, kw_only=True):
    """Of a practice or control: whether it belongs to the past."""

    superseded: Annotated[
        bool, Meta(description="Whether it was replaced and is kept as history only.")
    ]
    page: Address
