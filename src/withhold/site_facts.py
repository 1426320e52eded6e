"""What is known of sites: the crawlers that come, the signals that say no, and who hosts them.

Written as ``facts`` is, for a person who adds a fact: these texts become the JSON Schemas.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from withhold.facts import Days, Fact, Slug, Source, Text, Verified
from withhold.words import Purpose, TokenKind, Use


class Honours(Fact, frozen=True, kw_only=True):
    """Whether an actor says that it respects robots.txt for this token."""

    says: Literal["yes", "no", "in-part", "not-stated"]
    looked_at: Annotated[
        str, Meta(description="With not-stated: the place that was looked at.")
    ] = ""
    sources: list[str] = field(default_factory=list)


class Crawler(Fact, frozen=True, kw_only=True):
    """A product token of robots.txt (RFC 9309, 2.2.1), in its own spelling."""

    id: Slug
    token: Annotated[str, Meta(pattern=r"^[A-Za-z_-]+$")]
    name: str = ""
    operator: Slug
    token_kind: Annotated[
        TokenKind,
        Meta(description="`control` tokens never fetch, so they never appear in a log."),
    ]
    purpose: Purpose
    serves: Annotated[
        list[Use],
        Meta(
            description="What else it is said to be for, by its operator or by a list of AI agents "
            "among its sources, where no practice names the token: `ai-input` of an answer engine "
            "or an agent that fetches for a person, `train-ai` of what collects for AI."
        ),
    ] = field(default_factory=list)
    honours: Honours
    aliases: Annotated[
        list[str],
        Meta(description="Names that RFC 9309 does not allow as a token, other spellings."),
    ] = field(default_factory=list)
    governs: Annotated[
        list[str], Meta(description="Of a control token: the fetchers whose copies it governs.")
    ] = field(default_factory=list)
    fallback: Annotated[
        list[str], Meta(description="Tokens whose group is obeyed when it has no own group.")
    ] = field(default_factory=list)
    status: Literal["active", "retired", "undocumented"] = "active"
    what: Text = field(default_factory=dict)
    source: dict[str, Source]
    recheck_after: Days = "180 days"


class Ranges(Fact, frozen=True, kw_only=True):
    """From which addresses crawlers come: one dated list, or the names that the addresses have."""

    id: Slug
    tokens: Annotated[
        list[str],
        Meta(description="The fetchers that the list is for, and no others of the same operator."),
    ]
    operator: Annotated[Slug, Meta(description="A file in knowledge/actors/.")]
    whose_list: Annotated[
        Literal["company", "registry"],
        Meta(
            description="`company`: the operator publishes it as the addresses of these crawlers. "
            "`registry`: what a registry holds to be the operator's network, crawlers or not; an "
            "address outside it is not said to be false."
        ),
    ]
    published_at: Annotated[
        str, Meta(description="Where the list is published; we may have it from a relay.")
    ]
    seen: Annotated[
        date,
        Meta(description="The day of the prefixes; without any, that of the newest source."),
    ]
    prefixes: Annotated[
        list[str],
        Meta(
            description="IPv4 and IPv6 networks (CIDR, no host bits), sorted; neighbouring ones "
            "joined. Empty where the list is not kept here: then the names alone tell."
        ),
    ] = field(default_factory=list)
    names: Annotated[
        list[str],
        Meta(
            description="Domains in which the reverse name of an address lies, where a source says "
            "so. A name counts only when it leads back to the address."
        ),
    ] = field(default_factory=list)
    note: Text = field(default_factory=dict)
    source: dict[str, Source]
    recheck_after: Days = "90 days"


class Heeds(Fact, frozen=True, kw_only=True):
    """Whether an actor says that it respects a signal, and for which uses."""

    actor: Annotated[Slug, Meta(description="A file in knowledge/actors/.")]
    says: Literal["yes", "no", "in-part", "not-stated"]
    uses: list[Use] = field(default_factory=lambda: ["train-ai"])
    looked_at: Annotated[
        str, Meta(description="With not-stated: the place that was looked at.")
    ] = ""
    sources: list[str] = field(default_factory=list)
    note: Text = field(default_factory=dict)


class SignalKind(Fact, frozen=True, kw_only=True):
    """A standard by which a site can say no to a machine."""

    id: Slug
    name: str
    status: str
    version: str = ""
    dated: date
    what: Text
    uses: Annotated[
        list[Use],
        Meta(
            description="What it speaks of by its own text. Of another use it speaks only to an "
            "actor that says so itself (`heeded`): noarchive of AI answers, to Microsoft."
        ),
    ] = field(default_factory=lambda: ["train-ai"])
    heeded: Annotated[
        list[Heeds],
        Meta(description="Who says what of it. An actor that is not named was not looked up."),
    ] = field(default_factory=list)
    source: dict[str, Source]
    recheck_after: Days = "180 days"


class Way(Fact, frozen=True, kw_only=True):
    """One way to put a no onto a site that has no folder of its own: where to click, what to put.

    Words of menus stand in ``steps`` as a source shows them, also inside a translation.
    """

    id: Slug
    name: Annotated[str, Meta(description="Of which editor, plugin or plan, as it calls itself.")]
    steps: Annotated[
        dict[str, list[str]],
        Meta(description="By language, one short sentence each, in order; the same number in all."),
    ]
    paste: Annotated[
        Literal["robots-txt", "template", "nothing"],
        Meta(
            description="What is put there: the text of a robots.txt; the same inside the host's "
            "own template; nothing, since it is a switch."
        ),
    ]
    reach: Annotated[Text, Meta(description="How far it reaches, and what it cannot.")] = field(
        default_factory=dict
    )
    sources: list[str]
    verified: Verified
    recheck_after: Days = "90 days"


class Host(Fact, frozen=True, kw_only=True):
    """A service or program that makes a site and keeps its files out of the owner's hand."""

    id: Slug
    name: str
    aliases: list[str] = field(default_factory=list)
    way: Annotated[
        list[Way], Meta(description="The surest first; none where no source shows one.")
    ] = field(default_factory=list)
    note: Text = field(default_factory=dict)
    source: dict[str, Source]
