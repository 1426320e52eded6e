"""What ``knowledge/`` is made of: one struct per kind of file, and the parts they share.

Here platforms and actors; laws stand in ``law_facts``, controllers, authorities and letters in
``rights_facts``, what is known of sites in ``site_facts``, what is said in public in ``claims``.

The titles and descriptions given here become the JSON Schemas under ``knowledge/schema/`` and so
the contributor's guide: they are written for a person who adds a fact, not for a programmer.

Dates are ``datetime.date``, spans are half-open ``[since, until)``, places are ISO 3166 codes
(``DE``, ``US-PA``) or names of groups (``EU``), texts that a person reads are tables by language
(``{en = "...", de = "..."}``).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from withhold.words import (
    AccountKind,
    Audience,
    Authored,
    ControlKind,
    Coverage,
    Default,
    Kind,
    Read,
    Says,
    SourceKind,
    Use,
)

Text = Annotated[
    dict[str, str], Meta(description="The same text by language; `en` is required, `de` wanted.")
]
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Days = Annotated[
    str,
    Meta(pattern=r"^[1-9][0-9]* days$", description="After so many days it is due for a look."),
]


class Fact(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of everything that is read from ``knowledge/``: unknown fields are errors."""


class Source(Fact, frozen=True, kw_only=True):
    """Whose words a fact rests on."""

    url: str
    kind: SourceKind
    seen: Annotated[
        date,
        Meta(description="The day on which the source said so (of an archived text: its version)."),
    ]
    read: Read = "whole"
    title: str = ""
    quote: Annotated[str, Meta(description="At most 25 words, literally, in its language.")] = ""


class Practice(Fact, frozen=True, kw_only=True):
    """What an actor says it does with content, of which kinds, where, since when."""

    id: Slug
    says: Says
    use: Use
    actor: Annotated[Slug, Meta(description="A file in knowledge/actors/.")]
    content: list[Kind]
    audience: list[Audience]
    what: Annotated[Text, Meta(description="One plain sentence: what the actor says it does.")]
    places: Annotated[list[str], Meta(description="ISO 3166 codes, groups (EU, EEA) or WORLD.")] = (
        field(default_factory=lambda: ["WORLD"])
    )
    not_places: list[str] = field(default_factory=list)
    plans: Annotated[list[str], Meta(description="Plans it holds for; empty = all.")] = field(
        default_factory=list
    )
    account_kinds: Annotated[
        list[AccountKind], Meta(description="Kinds of account it holds for; empty = all.")
    ] = field(default_factory=list)
    default: Default = "none"
    condition: Annotated[
        Text, Meta(description="With says = conditional: under which condition.")
    ] = field(default_factory=dict)
    basis: Annotated[
        str, Meta(description="The legal basis it names, for example `legitimate-interest`.")
    ] = ""
    announced: date | None = None
    since: Annotated[
        date | None, Meta(description="In force since. Left out when not known: see known_since.")
    ] = None
    since_precision: Literal["day", "month", "year"] = "day"
    known_since: Annotated[
        date | None,
        Meta(description="Where `since` is not known: the first day a source shows it."),
    ] = None
    until: Annotated[date | None, Meta(description="No longer in force from this day on.")] = None
    via: Annotated[
        list[str],
        Meta(description="Of content on sites: product tokens of robots.txt that govern it."),
    ] = field(default_factory=list)
    sources: list[str]
    recheck_after: Days = "180 days"
    note: Text = field(default_factory=dict)


class OldLabel(Fact, frozen=True, kw_only=True):
    """Words that a control carried before; people still search for them."""

    text: str
    lang: str = "en"
    until: date | None = None


class Verified(Fact, frozen=True, kw_only=True):
    """How a control's words were last checked. Never claim more than was seen."""

    how: Annotated[
        Literal["source", "page", "live"],
        Meta(
            description="`source`: a text that describes it. `page`: a saved page that shows it "
            "(name it in `evidence`). `live`: the live page (name the observation)."
        ),
    ]
    on: date
    evidence: str = ""


class Control(Fact, frozen=True, kw_only=True):
    """How to say no, and how far that reaches. Kind ``none`` says that no control exists."""

    id: Slug
    kind: ControlKind
    covers: Annotated[
        dict[str, Coverage], Meta(description="Practice id -> full, part or not. Be exact.")
    ]
    sources: list[str]
    want: Annotated[
        str,
        Meta(
            description="The state that says no: `off`, `on`, `sent` (forms and e-mail), or for "
            "kind audience the audience that results: `followers`, `private`."
        ),
    ] = ""
    places: list[str] = field(default_factory=lambda: ["WORLD"])
    not_places: list[str] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)
    account_kinds: Annotated[
        list[AccountKind], Meta(description="Kinds of account that have it; empty = all.")
    ] = field(default_factory=list)
    reaches: Annotated[
        list[Authored], Meta(description="Whose posts it reaches; others' photos of you rarely.")
    ] = field(default_factory=lambda: ["own", "own-over-others"])
    effect: Literal["forward-only", "also-past", "not-stated"] = "not-stated"
    scope: Literal["account", "blog", "site", "device", "workspace", "chat", "post"] = "account"
    posts: Annotated[
        Literal["all", "new", "older"],
        Meta(description="With kind = audience: the posts whose audience it sets."),
    ] = "all"
    minutes: Annotated[int, Meta(ge=0, le=240)] = 0
    url: str = ""
    url_seen: Annotated[bool, Meta(description="The address was seen in a source.")] = False
    label: Annotated[
        dict[str, str], Meta(description="The exact words on the page, per language.")
    ] = field(default_factory=dict)
    label_seen: Annotated[bool, Meta(description="The words were seen in a source.")] = False
    old_labels: list[OldLabel] = field(default_factory=list)
    path: dict[str, list[str]] = field(default_factory=dict)
    needs: Annotated[
        list[str], Meta(description="login, password, app, evidence, admin, owner ...")
    ] = field(default_factory=list)
    undo: Literal["yes", "no", "not-known"] = "yes"
    cost: Annotated[Text, Meta(description="What it costs the owner, for example reach.")] = field(
        default_factory=dict
    )
    helps: Annotated[Text, Meta(description="With kind none: what still helps, honestly.")] = field(
        default_factory=dict
    )
    note: Text = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    verified: Verified
    recheck_after: Days = "90 days"


class Shield(Fact, frozen=True, kw_only=True):
    """A platform's own robots.txt towards others' AI crawlers. Set by it, not by the member."""

    stance: Literal["closed", "part", "open", "not-known"]
    what: Text
    refuses: Annotated[
        list[str], Meta(description="Product tokens it is known to refuse; `*` = everyone.")
    ] = field(default_factory=list)
    admits: Annotated[
        list[str], Meta(description="With `*`: product tokens it is known to let in all the same.")
    ] = field(default_factory=list)
    since: date | None = None
    known_since: date | None = None
    until: date | None = None
    sources: list[str] = field(default_factory=list)
    recheck_after: Days = "90 days"


class Dispute(Fact, frozen=True, kw_only=True):
    """Where sources disagree both are kept, and the verdict says so."""

    id: Slug
    about: Annotated[list[str], Meta(description="Ids of the practices or controls concerned.")]
    text: Text
    sources: list[str]


class Automation(Fact, frozen=True, kw_only=True):
    """What the platform's terms say of automated access by a member's own tool."""

    says: Literal["forbids", "silent", "allows", "not-looked-up"]
    source: str = ""


class Export(Fact, frozen=True, kw_only=True):
    """Where a member gets the archive of what they posted."""

    url: str = ""
    format: str = ""
    checked: bool = False


class Platform(Fact, frozen=True, kw_only=True):
    """A service that hosts other people's content."""

    id: Slug
    name: str
    operator: Annotated[Slug, Meta(description="A file in knowledge/actors/.")]
    tier: Annotated[
        Literal[1, 2], Meta(description="1: every practice and control. 2: best effort.")
    ]
    aliases: list[str] = field(default_factory=list)
    audiences: Annotated[list[Audience], Meta(description="Audiences a post can have here.")] = (
        field(default_factory=lambda: ["public"])
    )
    unit: Annotated[
        Literal["account", "blog", "site", "workspace"],
        Meta(description="What one control switches; a Tumblr blog is an account of its own."),
    ] = "account"
    languages: list[str] = field(default_factory=list)
    shown_in: Annotated[
        list[str],
        Meta(description="Languages, beside English and German, in which its recipes are told."),
    ] = field(default_factory=list)
    automation_terms: Automation
    source: dict[str, Source]
    practice: list[Practice]
    control: list[Control]
    shield: list[Shield] = field(default_factory=list)
    dispute: list[Dispute] = field(default_factory=list)
    export: Export = Export()
    note: Text = field(default_factory=dict)


class Actor(Fact, frozen=True, kw_only=True):
    """A company or project asked about; ``anyone`` = others who scrape what is public."""

    id: Slug
    name: str
    names: Annotated[
        Text, Meta(description="Only where the name is no proper name: by language.")
    ] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    parent: str = ""
    source: dict[str, Source]
    practice: Annotated[
        list[Practice], Meta(description="What it does with content on the open web.")
    ] = field(default_factory=list)
    note: Text = field(default_factory=dict)
