"""What is said in public about training, and the questions that show how far it held.

Written as ``facts`` is, for a person who adds a claim: these texts become the JSON Schemas.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from withhold.facts import Days, Fact, Slug, Source, Text
from withhold.words import AccountKind, Audience, Kind, Use


class Ask(Fact, frozen=True, kw_only=True):
    """A question that shows how far a claim held: asked for the day it was said, and again today.

    Of a post on a platform, or of a page on a site: one of the two.
    """

    actor: Annotated[Slug, Meta(description="A file in knowledge/actors/.")]
    place: Annotated[
        str, Meta(description="Where the person or the site is: `US-PA`, `DE`; no group.")
    ]
    platform: Annotated[str, Meta(description="A file in knowledge/platforms/.")] = ""
    site: Annotated[str, Meta(description="Instead of a platform: the domain of a site.")] = ""
    robots: Annotated[
        str,
        Meta(
            description="Of a site: the robots.txt that it is asked with, in our own writing. It "
            "stands for what a source reports; it is no copy of the site's file."
        ),
    ] = ""
    kind: Kind = "post"
    audience: Audience = "public"
    account_kind: AccountKind = "personal"
    use: Use = "train-ai"
    seen: Annotated[
        dict[str, Literal["on", "off", "sent", "confirmed", "refused"]],
        Meta(
            description="Control of the platform -> the state that its owner says it was put into "
            "on the day before the claim was said, for `with the switch off`."
        ),
    ] = field(default_factory=dict)


class Claim(Fact, frozen=True, kw_only=True):
    """Something that is said in public about training, kept with its place and source.

    It is no fact: where ``held`` is set, ``facts`` and ``asks`` show what it is measured by.
    """

    id: Slug
    text: Annotated[Text, Meta(description="What is said, in our own words.")]
    by: Annotated[str, Meta(description="Who says it.")]
    places: list[str] = field(default_factory=lambda: ["WORLD"])
    part_of: Annotated[
        str, Meta(description="What it was said in, for claims shown together: `article-2024`.")
    ] = ""
    said_on: Annotated[
        date | None, Meta(description="The day it was said; questions are asked for that day.")
    ] = None
    held: Annotated[
        Literal["", "as-written", "changed-since", "imprecise"],
        Meta(
            description="How far it held. `as-written`: as it was said, then and today. "
            "`changed-since`: then, and the answer is another today. `imprecise`: not even then "
            "as it was said. Left out where nobody worked it out."
        ),
    ] = ""
    why: Annotated[
        Text, Meta(description="One or two plain sentences: why it held so far and no further.")
    ] = field(default_factory=dict)
    facts: Annotated[
        list[str],
        Meta(description="What that rests on: `platform/id` of practices and controls each."),
    ] = field(default_factory=list)
    asks: Annotated[
        list[Ask], Meta(description="The questions that show it: as many as tell the story, 1-4.")
    ] = field(default_factory=list)
    source: dict[str, Source]
    recheck_after: Days = "365 days"
