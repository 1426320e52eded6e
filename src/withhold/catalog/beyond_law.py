"""What is said where no law helps, of acts that no law gives, and of who acts for a child.

It is knowledge like any other: somebody looked, on a day, in named places.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from msgspec import Meta, field

from withhold.catalog.read import read
from withhold.facts import Fact, Source, Text
from withhold.law_facts import ActKind, Party


class Nothing(Fact, frozen=True, kw_only=True):
    """Where no law was found that gives an act, and what was looked at."""

    places: Annotated[list[str], Meta(description="The most exact one that fits is said.")]
    who: Annotated[list[Party], Meta(description="Of whose acts it speaks.")]
    text: Text
    on: Annotated[date | None, Meta(description="The day of the look; none: nobody looked.")] = None
    sources: list[str] = field(default_factory=list)


class UnderAge(Fact, frozen=True, kw_only=True):
    """Who acts for somebody under age, as far as it is known."""

    places: list[str]
    text: Text
    sources: list[str] = field(default_factory=list)


class Voluntary(Fact, frozen=True, kw_only=True):
    """How far an act reaches that a company offers without a law."""

    reaches: Text
    not_reaches: Text


class NoAuthority(Fact, frozen=True, kw_only=True):
    """Where no authority was found that takes complaints, and what is left."""

    places: list[str]
    text: Text
    sources: list[str] = field(default_factory=list)


class BeyondLaw(Fact, frozen=True, kw_only=True):
    """``knowledge/beyond-law.toml``."""

    nothing: list[Nothing] = field(default_factory=list)
    under_age: list[UnderAge] = field(default_factory=list)
    voluntary: dict[ActKind, Voluntary] = field(default_factory=dict)
    no_authority: list[NoAuthority] = field(default_factory=list)
    choose_part: Annotated[
        Text, Meta(description="`{country}`: said where the state has to be named.")
    ] = field(default_factory=dict)
    unread: Annotated[
        dict[str, Text],
        Meta(description="`{article}`; by `no` and `relayed`: said of a line not seen officially."),
    ] = field(default_factory=dict)
    no_controller: Annotated[
        Text, Meta(description="`{name}`: said where it is not recorded who answers for it.")
    ] = field(default_factory=dict)
    no_basis: Annotated[
        Text, Meta(description="Said where a practice names no legal basis, of an objection.")
    ] = field(default_factory=dict)
    source: dict[str, Source] = field(default_factory=dict)


def beyond_law(root: Path) -> BeyondLaw:
    """What stands in ``beyond-law.toml``; nothing where there is no such file."""
    path = root / "beyond-law.toml"
    return read(path, BeyondLaw, path.name) if path.is_file() else BeyondLaw()
