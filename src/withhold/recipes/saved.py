"""Reads a setting from a page that its owner saved in his own browser: offline, from bytes.

Pure: no network, no files, and it never raises, whatever the bytes are. The recipe's own ``read``
is run over the page in the file; steps that need a browser are left out. The address must stand
in the file itself, and the state in what the page wrote (``saved_state``).

That somebody edited the file cannot be known in general. What an edit by hand tends to break is
looked at (lengths, quotes, nesting, one state against another) and ends in ``not-as-saved`` or
``contradictory``; somebody who wants to deceive himself can. So a state from a file has the
strength ``shown``: "the page you saved on DATE shows OFF", and never ``observed``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog import safe
from withhold.catalog.menu_words import says
from withhold.recipes import match
from withhold.recipes.accessible import Document, Seen, seen
from withhold.recipes.masked import masked
from withhold.recipes.page import Look, Node
from withhold.recipes.result import Reason, Result
from withhold.recipes.run import Run
from withhold.recipes.saved_html import Broken, tree
from withhold.recipes.saved_kind import LARGEST, Kind, kind_of, text_of
from withhold.recipes.saved_mark import mark_of, named_address
from withhold.recipes.saved_mhtml import address_of, archive, day_of
from withhold.recipes.saved_state import told
from withhold.recipes.saved_still import Still
from withhold.steps import (
    AnyStep,
    AwaitWrite,
    Expect,
    Human,
    If,
    MenuWords,
    Note,
    Open,
    PlainStep,
    Press,
    Read,
    Recipe,
    ReloadFresh,
    Sign,
    Target,
)

_NOW = 0.01
"""Seconds to wait for what is to come on a page that does not change any more."""


_MANY = 50
_NOWHERE = "\0"
"""A path that no address has."""


class SavedPage(Struct, frozen=True, kw_only=True):
    """What a file holds. ``kind`` ``picture`` may be kept as evidence; no state is read from it.

    ``trouble`` says why nothing can be said: ``not-a-page``, ``cut-in-half``, ``not-as-saved``,
    ``too-large``, ``no-address``, ``as-sent``, ``other-site``; empty for a page to be read.
    """

    kind: Kind
    address: str = ""
    day: str = ""
    """ISO date on which the file says that it was saved; HTML files do not say."""
    trouble: Reason | Literal[""] = ""
    seen: Seen = Seen(look=Look(address=""), native=frozenset(), parts_missing=False)


def open_saved(body: bytes, domains: Sequence[str]) -> SavedPage:
    """The page in a file; ``domains`` are the hosts, whole, that it may be from."""
    kind = kind_of(body)
    if kind not in ("html", "mhtml"):
        return SavedPage(kind=kind, trouble="not-a-page")
    if len(body) > LARGEST:
        return SavedPage(kind=kind, trouble="too-large")
    try:
        return _from_mhtml(body, domains) if kind == "mhtml" else _from_html(body, domains)
    except Broken as why:
        return SavedPage(kind=kind, trouble=why.trouble)


def _from_html(body: bytes, domains: Sequence[str]) -> SavedPage:
    text = text_of(body)
    mark = mark_of(text)
    if mark.saver == "source":
        return SavedPage(kind="html", trouble="as-sent")
    if mark.saver == "none":
        return SavedPage(kind="html", trouble="no-address")
    if mark.address and not safe.inside(mark.address, domains):
        return SavedPage(kind="html", address=mark.address, trouble="other-site")
    page = tree(text, "shadowrootmode")
    address = mark.address or named_address(page)
    if not address:
        return SavedPage(kind="html", trouble="no-address")
    if not safe.inside(address, domains):
        return SavedPage(kind="html", address=address, trouble="other-site")
    found = seen(Document(page, safe.host_of(address)), address, {})
    if mark.saver == "firefox":  # it leaves shadow roots out
        held = any("-" in one.tag for one in page.below())
        found = replace(found, parts_missing=found.parts_missing or held)
    return SavedPage(kind="html", address=address, seen=found)


def _from_mhtml(body: bytes, domains: Sequence[str]) -> SavedPage:
    address = address_of(body)
    if not address:
        return SavedPage(kind="mhtml", trouble="no-address")
    if not safe.inside(address, domains):
        return SavedPage(kind="mhtml", address=address, trouble="other-site")
    files = archive(body)
    host = safe.host_of(address)
    page = Document(tree(text_of(files.page.body), "shadowmode"), host)
    frames: dict[str, Document] = {}
    for name, part in files.frames.items():
        try:
            frame = tree(text_of(part.body), "shadowmode")
        except Broken:
            continue  # a frame that cannot be read is one that is missing
        # a frame without an address was written by the page itself (srcdoc)
        where = safe.host_of(part.location) if part.location else host
        frames[f"cid:{name}"] = Document(frame, where)
    found = seen(page, address, frames)
    return SavedPage(kind="mhtml", address=address, day=day_of(body), seen=found)


def read_saved(recipe: Recipe, body: bytes, words: MenuWords, account: str = "") -> Result:
    """What the page in the file shows of the recipe's control. ``already-no`` and ``on`` with
    reason ``read`` are shown by the file; every doubt is another outcome. ``account`` is who it
    should be, where the page says who it is."""
    page = open_saved(body, recipe.domains)
    if page.trouble:
        return Result(outcome="unknown", reason=page.trouble, saved=True)
    if not recipe.runs:
        return Result(outcome="unknown", reason="said-by-recipe", saved=True)
    if _is_crowded(recipe, page.seen.look):
        return Result(outcome="changed", reason="two-matches", saved=True)
    still = Still(page.seen.look)
    reduced, reads = _reduced(recipe, page.seen.look)
    result = Run(reduced, still, words, still, still, account=account, pace=0).check()
    name = next((reads[at] for at in reversed(still.steps) if at in reads), "")
    at = result.at if name else "read"
    result = replace(result, saved=True, saved_on=page.day, at=at)
    if result.reason == "no-sign" and reads.get(result.at):
        return _not_there(result, page.seen, recipe, reads[result.at], account)
    if (result.outcome, result.reason) != ("unknown", "state-unreadable") or not name:
        return result
    return _as_read(result, page.seen, recipe, name, words, account)


def _as_read(
    result: Result, page: Seen, recipe: Recipe, name: str, words: MenuWords, account: str
) -> Result:
    target = recipe.target[name]
    found = match.find(target, page.look, recipe.domains)
    if found.index < 0:
        return _not_there(result, page, recipe, name, account)
    state, reason = told(page, found.index, target, words)
    label = page.look.nodes[found.index].name
    if state == "unknown":
        row = masked(page.look, recipe, account, result.account)
        return replace(result, outcome="unknown", reason=reason, words=label, row=row)
    want = "on" if recipe.want == "on" else "off"
    outcome: Literal["already-no", "on"] = "already-no" if state == want else "on"
    return replace(
        result, outcome=outcome, reason=reason, before=state, after=state, words=label, row=()
    )


def _not_there(result: Result, page: Seen, recipe: Recipe, name: str, account: str) -> Result:
    why = match.find(recipe.target[name], page.look, recipe.domains).why
    row = masked(page.look, recipe, account, result.account)
    if why == "not-found" and page.parts_missing:
        return replace(result, outcome="unknown", reason="not-in-file", row=row)
    reason: Reason = why if why != "found" else "not-found"
    return replace(result, outcome="changed", reason=reason, row=row)


def _is_crowded(recipe: Recipe, look: Look) -> bool:
    """Whether so many things bear the words of one target that none of them is meant."""
    asked = {one.target for one in safe.walked(recipe.read) if isinstance(one, Read)}
    asked |= {one.target for signs in recipe.sign.values() for one in signs if one.target}
    asked |= {recipe.account} if recipe.account else set()
    return any(
        sum(_is_like(recipe.target[name], node) for node in look.nodes) > _MANY for name in asked
    )


def _is_like(target: Target, node: Node) -> bool:
    if node.role not in target.role or (target.names and not says(node.name, target.names)):
        return False
    return all(node.attributes.get(name) == value for name, value in target.attribute.items())


# What of a recipe a file can answer ---------------------------------------------------------------


def _reduced(recipe: Recipe, look: Look) -> tuple[Recipe, dict[str, str]]:
    """The recipe with the steps of ``read`` that follow its last way to another page; a read is a
    sign that its target is there. Also the reads: target by place of the step, as a journal names
    it."""
    ways = [at for at, one in enumerate(recipe.read) if isinstance(one, Open | Press)]
    rest = recipe.read[ways[-1] + 1 :] if ways else recipe.read
    steps = [Expect(sign="here", within=_NOW), *_answered(rest)]
    signs = dict(recipe.sign)
    for name, target in recipe.target.items():
        there = match.find(target, look, recipe.domains).index >= 0
        signs[f"read {name}"] = [Sign(target=name) if there else Sign(path=_NOWHERE)]
    reads = {
        f"{place}.expect": step.sign.removeprefix("read ")
        for place, step in _places("read", steps)
        if isinstance(step, Expect) and step.sign.startswith("read ")
    }
    return replace(recipe, read=steps, sign=signs), reads


def _answered(steps: Sequence[AnyStep]) -> list[AnyStep]:
    found: list[AnyStep] = []
    for step in steps:
        if isinstance(step, If):
            then = _plain(step.then)
            # both ways are numbered from 1; so that a place means one step, the other begins later
            filled: list[PlainStep] = [Expect(sign="here", within=_NOW)] * len(then)
            otherwise = [*filled, *_plain(step.otherwise)]
            found.append(If(sign=step.sign, then=then, otherwise=otherwise))
        else:
            found.extend(_plain([step]))
    return found


def _plain(steps: Sequence[PlainStep]) -> list[PlainStep]:
    found: list[PlainStep] = []
    for step in steps:
        if isinstance(step, Read):
            found.append(Expect(sign=f"read {step.target}", within=_NOW))
        elif isinstance(step, Expect):
            found.append(replace(step, within=_NOW))
        elif not isinstance(step, Open | Press | Human | Note | ReloadFresh | AwaitWrite):
            found.append(step)
    return found


def _places(block: str, steps: Sequence[AnyStep]) -> list[tuple[str, AnyStep]]:
    found: list[tuple[str, AnyStep]] = []
    for number, step in enumerate(steps, 1):
        place = f"{block}.{number}"
        found.append((place, step))
        if isinstance(step, If):
            for branch in (step.then, step.otherwise):
                found.extend((f"{place}.{at}", one) for at, one in enumerate(branch, 1))
    return found
