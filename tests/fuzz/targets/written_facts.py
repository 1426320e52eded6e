"""Files in which facts and wishes are written: owner, knowledge, recipes, wishes, checklists."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from tests.fuzz.target import TOP, Target
from withhold.catalog import read, safe
from withhold.catalog.load import Knowledge, default_root, load
from withhold.catalog.recipes import load_recipe, menu_words
from withhold.catalog.scaffold import scaffold
from withhold.catalog.schema import KINDS
from withhold.catalog.step_words import StepWords, step_words
from withhold.errors import BadInput, BadKnowledge
from withhold.exports import checklist
from withhold.recipes.explain import explain
from withhold.signals import wish_file
from withhold.steps import MenuWords
from withhold.verbs import owner

_NAMES = sorted(KINDS)


@cache
def _folder() -> Path:
    """A folder of this process; the keeper of it lives as long."""
    _KEEPERS.append(tempfile.TemporaryDirectory(prefix="fuzz-"))
    return Path(_KEEPERS[-1].name)


_KEEPERS: list[Any] = []


def _written(body: bytes) -> Path:
    path = _folder() / "a.toml"
    path.write_bytes(body)
    return path


def _one_line(why: BadInput) -> None:
    assert "\n" not in why.message, "an error is one line"
    assert why.message
    assert why.tip


def knowledge(body: bytes) -> None:
    """BadKnowledge in one line, or a fact that is the same when written out and read again."""
    if not body:
        return
    kind = KINDS[_NAMES[body[0] % len(_NAMES)]]
    try:
        found = read.read(_written(body[1:]), kind)
    except BadKnowledge as why:
        _one_line(why)
        return
    assert msgspec.convert(msgspec.to_builtins(found), kind) == found


def of_owner(body: bytes) -> None:
    """BadKnowledge in one line, or an owner whose observations are named one by one."""
    try:
        found = owner.from_file(_written(body))
    except BadKnowledge as why:
        _one_line(why)
        return
    assert len({one.id for one in found.seen}) == len(found.seen)
    assert set(found.public_until) <= {one.key for one in found.accounts}


@cache
def _known() -> tuple[Knowledge, MenuWords, StepWords]:
    return load(default_root(), ["linkedin"], crawlers=False), menu_words(), step_words()


def recipe(body: bytes) -> None:
    """BadKnowledge in one line, or a recipe that can be looked at and said in both languages."""
    known, menu, words = _known()
    try:
        found = load_recipe(_written(body))
    except BadKnowledge as why:
        _one_line(why)
        return
    safe.troubles(found, menu)
    safe.presses(found)
    control = known.platforms["linkedin"].control[0]
    safe.other_want(found, control)
    for lang in ("en", "de"):
        assert all(one.text for one in explain(found, control, lang, lang, words, menu))


def wish(body: bytes) -> None:
    """BadInput in one line, or a wish."""
    try:
        wish_file.read(body.decode("utf-8", "replace"), ["openai", "google"])
    except BadInput as why:
        _one_line(why)


def ticks(body: bytes) -> None:
    """BadInput, or a checklist: nothing in it is both understood and not."""
    with suppress(BadInput):
        found = checklist.read(body)
        refused = {one.path for one in found.not_understood}
        assert not refused & {one.path for one in (*found.ticks, *found.accounts)}


def _knowledge() -> Iterator[bytes]:
    today = date(2026, 11, 26)
    for kind in ("platform", "actor", "crawler"):
        yield bytes([_NAMES.index(kind)]) + scaffold(kind, "example-name", today).encode()
    folders = {"ranges": "ranges", "hosts": "host", "laws": "law", "recipes": "recipe",
               "signals": "signal", "authorities": "authority", "policies": "policies"}  # fmt: skip
    for folder, kind in folders.items():
        files = sorted(
            (TOP / "knowledge" / folder).glob("*.toml"), key=lambda one: one.stat().st_size
        )
        yield bytes([_NAMES.index(kind)]) + files[0].read_bytes()
    for name in ("places", "menu-words", "grounds"):
        body = (TOP / "knowledge" / f"{name}.toml").read_bytes()
        yield bytes([_NAMES.index(name)]) + body


def _owners() -> Iterator[bytes]:
    yield (TOP / "examples" / "owner.toml").read_bytes()
    yield b'place = "DE"\n[[account]]\nplatform = "x"\npublic_until = 2024-01-01\n'
    yield b'place = "DE"\n[[site]]\nurl = "https://a.example"\nfolder = "../x"\n'
    done = b'control = "x/y"\nvalue = "off"\non = 2024-02-29\nhow = "told"\n'
    yield b'place = "US-PA"\n[[done]]\n' + done


def _recipes() -> Iterator[bytes]:
    files = sorted(
        (TOP / "knowledge" / "recipes").glob("*.toml"), key=lambda one: one.stat().st_size
    )
    yield from (one.read_bytes() for one in files[:12])


def _wishes() -> Iterator[bytes]:
    yield b'base = "no-training"\nalso = []\n[companies]\nopenai = "no"\n'
    yield b'[uses]\ntrain-ai = "no"\n[companies.google]\nsearch = "yes"\n'


def _checklists() -> Iterator[bytes]:
    tick = {"step": "acme/switch", "account": "acme", "value": "off", "on": "2026-11-26"}
    whole = {
        "schema": "withhold/checklist/1",
        **{"guide": "2026-11-25", "saved": "2026-11-26", "place": "US-PA", "lang": "en"},
        "accounts": [{"platform": "acme", "name": ""}],
        "ticks": [tick, {**tick, "value": "sent", "on": "2024-02-29"}],
    }
    yield json.dumps(whole).encode()
    yield json.dumps({**whole, "ticks": [], "kind": "business", "audience": "followers"}).encode()


TARGETS = (
    Target(
        name="knowledge",
        law="BadKnowledge in one line, or a fact that is the same when written and read again",
        once=knowledge,
        seeds=_knowledge,
        dictionary="toml",
        longest=8192,
    ),
    Target(
        name="owner",
        law="BadKnowledge in one line, or an owner",
        once=of_owner,
        seeds=_owners,
        dictionary="toml",
    ),
    Target(
        name="recipe",
        law="BadKnowledge in one line, or a recipe that can be said to a person",
        once=recipe,
        seeds=_recipes,
        dictionary="toml",
        longest=8192,
    ),
    Target(
        name="wish",
        law="BadInput in one line, or a wish",
        once=wish,
        seeds=_wishes,
        dictionary="toml",
    ),
    Target(
        name="checklist",
        law="BadInput, or a checklist; nothing is both understood and not",
        once=ticks,
        seeds=_checklists,
    ),
)
