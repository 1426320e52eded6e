"""What is known of platforms' archives beside their structure: ``knowledge/archives/``.

Structures, keys and file names of a format are code (``exports/``). What a platform writes in the
language of an account, and long lists of files that hold nothing published, are data with sources.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta

from withhold.facts import Fact, Source

ByLang = Annotated[
    dict[str, tuple[str, ...]], Meta(description="Words by language, as they were seen.")
]


class SeenIn(Fact, frozen=True, kw_only=True):
    """What shows the labels of these languages."""

    where: str
    seen: date
    langs: list[str]


class FacebookNotPublished(Fact, frozen=True, kw_only=True):
    """What holds nothing that the member wrote or showed."""

    folders: frozenset[str]
    files: Annotated[tuple[str, ...], Meta(description="Parts of names.")]


class FacebookLabels(Fact, frozen=True, kw_only=True):
    """Labels and months of Facebook's archives by language, and what is passed over."""

    source: dict[str, SeenIn]
    label: dict[str, dict[str, list[str]]]
    month: Annotated[
        dict[str, list[list[str]]],
        Meta(description="By language, January to December: how the month's name begins."),
    ]
    not_published: FacebookNotPublished


class InstagramNotPublished(Fact, frozen=True, kw_only=True):
    """Names of what holds no post of the member's."""

    folders: frozenset[str]
    files: frozenset[str]
    keys: Annotated[tuple[str, ...], Meta(description="How the key of a list begins.")]
    flat: Annotated[
        frozenset[str], Meta(description="Files beside `media.json` in an archive of 2020.")
    ]


class InstagramLabels(Fact, frozen=True, kw_only=True):
    """Labels and months of Instagram's archives by language, and what is passed over."""

    source: dict[str, SeenIn]
    label: dict[str, dict[str, list[str]]]
    month: Annotated[
        dict[str, list[str]], Meta(description="By language: the shortened names, in order.")
    ]
    not_published: InstagramNotPublished


class TakeoutLabels(Fact, frozen=True, kw_only=True):
    """Column names and values of a Google Takeout by language."""

    source: dict[str, Source]
    columns: Annotated[dict[str, ByLang], Meta(description="What a column means -> its names.")]
    visibility: Annotated[dict[str, ByLang], Meta(description="Audience -> the values for it.")]
    prompts: Annotated[ByLang, Meta(description="What stands before a prompt to Gemini.")]


class Names(Fact, frozen=True, kw_only=True):
    """Names that files of one sort assign to."""

    names: tuple[str, ...]


class XFiles(Fact, frozen=True, kw_only=True, rename={"not_published": "not-published"}):
    """Files of X's archive that are not read, and why."""

    source: dict[str, Source]
    not_published: Names
    others: Annotated[Names, Meta(description="What other people wrote.")]


class NotReadHere(Fact, frozen=True, kw_only=True):
    """An archive that people have and that no reader is for."""

    name: str
    tails: Annotated[tuple[str, ...], Meta(description="How the paths end by which it is told.")]


class NotRead(Fact, frozen=True, kw_only=True):
    """Archives that are not read, so that a person hears that it is the right file."""

    platform: list[NotReadHere]
