"""A policy as a document: what it is called, when it says it holds, for whom, and its passages."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from withhold.policies.passage import Passage


class Document(Struct, frozen=True, kw_only=True):
    """What was made of one text.

    ``title`` its first main heading, empty where it has none. ``lang`` an ISO 639-1 code, ``""``
    where it could not be told. ``published`` the day it says it was last updated, ``in_force``
    the day it says it takes effect: the document's own words, None where it says nothing.
    ``places`` whom it is for by its own words (ISO 3166 codes and groups; empty = not stated),
    ``not_places`` whom it is not for ("if you live outside the US").
    ``kept`` is the share of the visible input text (0 to 1, letters and digits counted) that
    stands in passages: nothing is dropped silently.
    """

    title: str = ""
    lang: str = ""
    passages: tuple[Passage, ...] = ()
    published: date | None = None
    in_force: date | None = None
    places: tuple[str, ...] = ()
    not_places: tuple[str, ...] = ()
    kept: float = 1.0
    notes: tuple[str, ...] = ()
    """Codes of trouble: ``empty``, ``fallback`` (trafilatura was needed), ``pages-unread`` ..."""
