"""What a recipe may never do, said before it runs and held while it runs.

Every press of a run passes ``may_press``; every address passes ``inside``. A recipe from elsewhere
is read with ``troubles`` and shown with ``presses`` before its first use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from withhold.catalog.menu_words import may_press
from withhold.facts import Control
from withhold.steps import (
    FORMAT,
    SETTINGS,
    AnyStep,
    Choose,
    Expect,
    If,
    MenuWords,
    Note,
    Open,
    Press,
    Read,
    Recipe,
    Set,
    Words,
)

LIMIT = 40
"""Steps of a block. There are no loops, so this bounds a run."""


def host_of(url: str) -> str:
    """The host of an https address, in small letters, without a port; empty for any other."""
    scheme, found, rest = url.partition("://")
    if not found or scheme.lower() != "https":
        return ""
    authority = rest.partition("/")[0].partition("?")[0].partition("#")[0]
    if "@" in authority or "\\" in authority:
        return ""
    return authority.rpartition(":")[0].lower() if ":" in authority else authority.lower()


def inside(url: str, domains: Sequence[str]) -> bool:
    """Whether an address is of the listed hosts, exactly: a subdomain is another host."""
    return bool(host_of(url)) and host_of(url) in domains


def walked(steps: Iterable[AnyStep]) -> Iterator[AnyStep]:
    """All steps of a block, with those inside an ``if``."""
    for step in steps:
        yield step
        if isinstance(step, If):
            yield from step.then
            yield from step.otherwise


def presses(recipe: Recipe) -> list[str]:
    """The names of the targets that a run may press, as a person is shown them."""
    found: list[str] = []
    for block in (recipe.set, recipe.undo, recipe.read, recipe.verify):
        for step in walked(block):
            if isinstance(step, Set | Press | Choose) and step.target in recipe.target:
                names = recipe.target[step.target].names
                found.extend(one for many in names.values() for one in many[:1])
    return list(dict.fromkeys(found))


def troubles(recipe: Recipe, words: MenuWords) -> list[str]:
    """Why a recipe may not be run, one plain sentence each; empty where it may."""
    if recipe.format > FORMAT:
        return [f"format {recipe.format}: this withhold knows up to {FORMAT}; bring it up to date"]
    return [*_blocks(recipe), *_steps(recipe, words), *_targets(recipe)]


def other_want(recipe: Recipe, control: Control) -> str:
    """Why what a recipe wants is not what says no at its control; empty where it is.

    A recipe that wants the opposite would read an open switch as a no. Who may see something is
    read as a switch on some pages and chosen by its words on others.
    """
    allowed = [control.want]
    if control.kind == "audience":
        allowed += ["on", "off"]
    if recipe.want in allowed:
        return ""
    return f"{recipe.control} says no with {' or '.join(allowed)}, not with {recipe.want}"


def _blocks(recipe: Recipe) -> Iterator[str]:
    given = [name for name in ("read", "set", "verify") if getattr(recipe, name)]
    undone = bool(recipe.undo) or bool(recipe.undo_not)
    if given and (len(given) < 3 or not undone):
        yield "read, set, verify and undo come all four or none (or say why not in undo_not)"
    if not given and recipe.undo:
        yield "undo without read, set and verify"
    if given and recipe.want not in ("on", "off"):
        yield f"want {recipe.want}: a setting that is read is on or off, so it wants one of them"
    if recipe.read and not isinstance(recipe.read[0], Open):
        yield "read: begins with open, so that it is known where"
    if given and "here" not in recipe.sign:
        yield "no sign `here`: nothing would show that this is the page"
    if recipe.undo and recipe.undo_not:
        yield "undo and undo_not: one of the two"
    for name in ("read", "verify"):
        block = list(walked(getattr(recipe, name)))
        if block and not any(isinstance(one, Read) for one in block):
            yield f"{name}: reads nothing"
        if any(isinstance(one, Set | Choose) for one in block):
            yield f"{name}: changes something; only set and undo may"
    verify = [one.__struct_config__.tag for one in recipe.verify]
    if verify and "reload-fresh" not in verify and "open" not in verify:
        yield "verify: needs reload-fresh or open before it reads"
    for name in ("set", "undo"):
        block = list(walked(getattr(recipe, name)))
        writes = [one for one in block if isinstance(one, Set | Choose)]
        if block and not writes:
            yield f"{name}: sets nothing"
        if block and not any(one.__struct_config__.tag == "await-write" for one in block):
            yield f"{name}: does not wait for the page's write"


def _steps(recipe: Recipe, words: MenuWords) -> Iterator[str]:
    for name in ("show", "read", "set", "verify", "undo"):
        block = list(walked(getattr(recipe, name)))
        if len(block) > LIMIT:
            yield f"{name}: {len(block)} steps; at most {LIMIT}"
        for step in block:
            if isinstance(step, Open) and not inside(step.url, recipe.domains):
                yield f"{name}: opens {step.url}, which is none of {', '.join(recipe.domains)}"
            if isinstance(step, Expect | If) and step.sign not in recipe.sign and name != "show":
                yield f"{name}: no sign `{step.sign}`"
            wanted = getattr(step, "target", None)
            if wanted is not None and wanted not in recipe.target:
                yield f"{name}: no target `{wanted}`"
                continue
            if name == "show" or not isinstance(step, Set | Press | Choose | Note):
                continue
            target = recipe.target[step.target]
            if isinstance(step, Press) and target.act == "none":
                yield f"{name}: presses {wanted}, which is not marked navigate or save"
            for one in _forbidden(target.names, words):
                yield f"{name}: presses “{one}”, a word that is never pressed"


def _forbidden(names: Words, words: MenuWords) -> Iterator[str]:
    for many in names.values():
        yield from (one for one in many if not may_press(one, words))


def _targets(recipe: Recipe) -> Iterator[str]:
    set_ones = {
        step.target
        for block in (recipe.set, recipe.undo)
        for step in walked(block)
        if isinstance(step, Set | Choose)
    }
    for name in sorted(set_ones & recipe.target.keys()):
        target = recipe.target[name]
        if not (target.heading or target.near or target.attribute):
            yield f"target {name}: a write needs a second anchor: heading, near or attribute"
        if not target.names and not target.attribute:
            yield f"target {name}: neither a name nor an attribute"
        if not set(target.role) <= {*SETTINGS, "button"}:
            yield f"target {name}: roles that hold no state"
    for name, signs in recipe.sign.items():
        for sign in signs:
            if sign.target and sign.target not in recipe.target:
                yield f"sign {name}: no target `{sign.target}`"
            if not (sign.path or sign.heading or sign.text or sign.target):
                yield f"sign {name}: asks for nothing"
    if recipe.account and recipe.account not in recipe.target:
        yield f"account: no target `{recipe.account}`"
