"""Which policies there are of a platform, and where: ``knowledge/policies/``.

One file per platform. What they say stands in ``knowledge/platforms/``; how sentences are
understood in ``knowledge/clauses/``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from withhold.facts import Fact, Slug

COLLECTIONS = ("contrib", "pga", "vlopses-us", "vlopses-eu", "genai-contrib", "genai-eu")
"""Collections of Open Terms Archive; the versions of each lie in ``COLLECTION-versions``."""
DocumentKind = Literal["privacy", "terms", "developer-terms", "commercial-terms", "notice", "help"]


class Tracked(Fact, frozen=True, kw_only=True):
    """Where Open Terms Archive keeps its versions: a collection and the path in its repository."""

    collection: Annotated[
        str, Meta(description="`contrib`, `pga`, `vlopses-us`, `genai-contrib` ...")
    ]
    path: Annotated[str, Meta(description="For example `LinkedIn/Privacy Policy.md`.")]


class PolicyDocument(Fact, frozen=True, kw_only=True):
    """One document: whose, where it is served, for whom."""

    id: Slug
    kind: DocumentKind
    title: str
    url: str
    url_seen: Annotated[
        date | None,
        Meta(
            description="The day a source showed the address, of a stored copy the day it was "
            "looked at; left out: remembered."
        ),
    ] = None
    url_from: Annotated[
        str,
        Meta(
            description="What showed it: `declaration` (of a collection in `tracked`), or an id "
            "or title of the source; left out: remembered."
        ),
    ] = ""
    places: Annotated[
        list[str], Meta(description="Whom it is for; WORLD where it says nothing.")
    ] = field(default_factory=lambda: ["WORLD"])
    lang: str = "en"
    tracked: list[Tracked] = field(default_factory=list)
    note: str = ""


class Policies(Fact, frozen=True, kw_only=True):
    """``policies/ID.toml``: the documents of one platform or, for business terms, actor."""

    of: Annotated[Slug, Meta(description="A file in knowledge/platforms/ or knowledge/actors/.")]
    document: list[PolicyDocument]
