"""``policies/ID.toml`` list the documents of a platform or company that is there, each once.

Ids are unique in a file; no address stands for two documents, and each is https; places and
collections are known; no day lies in the future. An address that a source showed names that
source and the day, and one that is only remembered names neither. ``help`` is for pages that
name a control or answer questions, so it is never tracked as a policy is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.addresses import is_web
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge, ids_in
from withhold.catalog.policies import FOLDER, place_of, policies_of
from withhold.policy_facts import COLLECTIONS, PolicyDocument


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    addresses: dict[str, str] = {}
    tracked: dict[tuple[str, str], str] = {}
    for owner in ids_in(root, FOLDER):
        file = f"{FOLDER}/{owner}.toml"
        if owner not in knowledge.platforms and owner not in knowledge.actors:
            yield Finding(file=file, thing="of", message=f"unknown platform or actor {owner!r}")
        listed = policies_of(root, owner).document
        if not listed:
            yield Finding(file=file, message="no document")
        ids = [one.id for one in listed]
        for twice in sorted({one for one in ids if ids.count(one) > 1}):
            yield Finding(file=file, thing=twice, message="id used twice")
        for one in listed:
            name = f"{owner}/{one.id}"
            said = [*_address(one, today), *_places(one, knowledge), *_tracked(one)]
            other = addresses.setdefault(place_of(one.url), name)
            if other != name:
                said.append(f"url: also stands for {other}")
            for where in one.tracked:
                other = tracked.setdefault((where.collection, where.path), name)
                if other != name:
                    said.append(f"tracked: {where.path} also stands for {other}")
            for message in said:
                yield Finding(file=file, thing=one.id, message=message)


def _address(one: PolicyDocument, today: date) -> Iterator[str]:
    if not one.url.startswith("https://") or not is_web(one.url):
        yield "url: expected one https address"
    if one.url_seen and one.url_seen > today:
        yield f"url_seen {one.url_seen} lies in the future"
    if bool(one.url_seen) != bool(one.url_from):
        yield "url_seen and url_from: both, or neither where the address is only remembered"


def _places(one: PolicyDocument, knowledge: Knowledge) -> Iterator[str]:
    if not one.places:
        yield "places: for whom? WORLD where it says nothing"
    for place in one.places:
        if place not in knowledge.places.names:
            yield f"unknown place {place!r}"


def _tracked(one: PolicyDocument) -> Iterator[str]:
    for where in one.tracked:
        if where.collection not in COLLECTIONS:
            yield f"unknown collection {where.collection!r}"
        if not where.path.endswith(".md") or where.path.count("/") != 1:
            yield f"tracked: expected `Service/Terms.md`; got {where.path!r}"
    if one.kind == "help" and one.tracked:
        yield "help: a page that is tracked as a policy is is a notice"
