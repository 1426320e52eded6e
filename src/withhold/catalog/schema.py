"""The JSON Schemas of ``knowledge/``, from the words themselves; their texts are the guide.

They say which fields a file has, of which type, and what each means. What a schema cannot say
(a source for every fact, dates in order, known places) the lint says.
"""

from __future__ import annotations

from typing import Any

import msgspec

from withhold.archive_facts import (
    FacebookLabels,
    InstagramLabels,
    NotRead,
    TakeoutLabels,
    XFiles,
)
from withhold.catalog.beyond_law import BeyondLaw
from withhold.catalog.clauses import ClauseWords
from withhold.catalog.load import Corrections, History, Retired
from withhold.catalog.places import PlacesFile
from withhold.catalog.policy_words import PolicyWords
from withhold.catalog.reveals import LangWords
from withhold.catalog.rights_words import (
    ClockWords,
    GroundsQuestions,
    LetterWords,
    NextSteps,
    ReplyWords,
)
from withhold.catalog.sentences import Sentences
from withhold.catalog.step_words import StepWords
from withhold.claims import Claim
from withhold.facts import Actor, Fact, Platform
from withhold.law_facts import Law
from withhold.policy_facts import Policies
from withhold.rights_facts import Authority, Controller, Letter
from withhold.site_facts import Crawler, Host, Ranges, SignalKind
from withhold.steps import MenuWords, Recipe

DIALECT = "https://json-schema.org/draft/2020-12/schema"

KINDS: dict[str, type[Fact]] = {
    "platform": Platform,
    "actor": Actor,
    "crawler": Crawler,
    "law": Law,
    "beyond-law": BeyondLaw,
    "controller": Controller,
    "authority": Authority,
    "grounds": GroundsQuestions,
    "letter": Letter,
    "letter-words": LetterWords,
    "reply-words": ReplyWords,
    "next-steps": NextSteps,
    "clock-words": ClockWords,
    "ranges": Ranges,
    "signal": SignalKind,
    "host": Host,
    "claim": Claim,
    "history": History,
    "retired": Retired,
    "corrections": Corrections,
    "places": PlacesFile,
    "sentences": Sentences,
    "recipe": Recipe,
    "menu-words": MenuWords,
    "policy-words": PolicyWords,
    "step-words": StepWords,
    "reveal-words": LangWords,
    "clause-words": ClauseWords,
    "policies": Policies,
    "facebook-labels": FacebookLabels,
    "instagram-labels": InstagramLabels,
    "takeout-labels": TakeoutLabels,
    "x-files": XFiles,
    "not-read": NotRead,
}
"""Name of a schema -> what a file of that kind is read into."""


def schemas() -> dict[str, dict[str, Any]]:
    """Name -> JSON Schema (2020-12). TOML dates are strings of format ``date`` in it."""
    made = {name: {"$schema": DIALECT, **msgspec.json.schema(kind)} for name, kind in KINDS.items()}
    # as JSON has it: a default that is a tuple in the struct is an array there
    return msgspec.json.decode(msgspec.json.encode(made), type=dict[str, dict[str, Any]])


def schema_of(file: str) -> str:
    """The name of the schema of a file of knowledge, by its path below ``knowledge/``."""
    folder, _, name = file.rpartition("/")
    if not folder or file in ("history/retired.toml", "history/corrections.toml"):
        return name.removesuffix(".toml")
    if folder == "archives":
        return name.removesuffix(".toml")
    if folder.startswith("letters/"):
        return "letter"
    special = {
        "history": "history",
        "reasons": "sentences",
        "authorities": "authority",
        "reveals": "reveal-words",
        "clauses": "clause-words",
        "policies": "policies",
        "ranges": "ranges",
    }
    return special.get(folder, folder.removesuffix("s"))
