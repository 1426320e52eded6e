"""Finds one target on a page, or says why not: exactly one match, or none.

A candidate has one of the roles and one of the names; every anchor that the target gives (heading,
near, attribute) has to agree. What fits twice is never chosen between.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from withhold.catalog.menu_words import plain, says
from withhold.recipes.page import Look, Node
from withhold.steps import SETTINGS, MenuWords, Sign, State, Target, Words

Why = Literal["found", "not-found", "two-matches", "anchors-disagree"]


class Found(Struct, frozen=True, kw_only=True):
    """One node, by its index in the look; or why there is none (``index`` -1)."""

    index: int = -1
    why: Why = "not-found"


def find(target: Target, look: Look, domains: Sequence[str]) -> Found:
    """The one node that the target means.

    ``two-matches``: several fit all that is said. ``anchors-disagree``: the name is there and the
    second anchor is not beside it, so it may be another switch of the same name.
    """
    named = _candidates(target, look, domains)
    fitting = [index for index in named if anchored(target, look, index)]
    if len(fitting) == 1:
        return Found(index=fitting[0], why="found")
    if fitting:
        return Found(why="two-matches")
    return Found(why="anchors-disagree" if named and target.names else "not-found")


def names_of(target: Target, look: Look, domains: Sequence[str]) -> list[str]:
    """The different names of all that fits a target: a link and the text in it have one."""
    fitting = (one for one in _candidates(target, look, domains) if anchored(target, look, one))
    return list({plain(look.nodes[one].name): look.nodes[one].name for one in fitting}.values())


def _candidates(target: Target, look: Look, domains: Sequence[str]) -> list[int]:
    hosts = frozenset(domains)
    return [
        index
        for index, node in enumerate(look.nodes)
        if node.role in target.role and node.host in hosts and _named(target, node)
    ]


def _named(target: Target, node: Node) -> bool:
    return not target.names or says(node.name, target.names)


def anchored(target: Target, look: Look, index: int) -> bool:
    """Whether every second anchor that the target gives is there."""
    node = look.nodes[index]
    if any(node.attributes.get(name) != value for name, value in target.attribute.items()):
        return False
    if target.heading and not any(says(one, target.heading) for one in headings(look, index)):
        return False
    return not target.near or any(
        says(look.nodes[one].name, target.near) for one in row(look, index)
    )


def headings(look: Look, index: int) -> list[str]:
    """The headings that a node stands under, nearest first: the outline of the page at it."""
    level = 7
    over: list[str] = []
    for node in reversed(look.nodes[:index]):
        if node.role == "heading" and (node.level or 2) < level:
            level = node.level or 2
            over.append(node.name)
    return over


def row(look: Look, index: int) -> list[int]:
    """The nodes around a setting that belong to no other: the widest part of the page that holds
    this one and no other setting."""
    children = _children(look)
    own = _below(children, index)
    widest = own
    at = index
    while (at := look.nodes[at].parent) >= 0:
        inside = _below(children, at)
        others = inside - own
        if any(look.nodes[one].role in SETTINGS for one in others) or len(inside) > 400:
            break
        widest = inside
    return sorted(widest)


def _children(look: Look) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for index, node in enumerate(look.nodes):
        found.setdefault(node.parent, []).append(index)
    return found


def _below(children: dict[int, list[int]], index: int) -> set[int]:
    found = set()
    waiting = [index]
    while waiting:
        at = waiting.pop()
        found.add(at)
        waiting.extend(children.get(at, ()))
    return found


# The state of a setting --------------------------------------------------------------------------


def state(target: Target, look: Look, index: int, words: MenuWords) -> State:
    """On, off, or unknown: of a switch its own, of a group or menu by the words of the chosen."""
    node = look.nodes[index]
    found: State
    if node.role in ("radiogroup", "combobox"):
        found = _of_words(_chosen(look, index), target, words)
    else:
        found = node.state if node.state in ("on", "off") else "unknown"
    if target.reads == "opposite" and found != "unknown":
        found = "off" if found == "on" else "on"
    return found


def _chosen(look: Look, index: int) -> str:
    node = look.nodes[index]
    if node.role == "combobox":
        return node.value
    on = [
        look.nodes[one].name
        for one in _below(_children(look), index)
        if look.nodes[one].role == "radio" and look.nodes[one].state == "on"
    ]
    return on[0] if len(on) == 1 else ""


def _of_words(chosen: str, target: Target, words: MenuWords) -> State:
    on = says(chosen, target.words_on or words.on)
    off = says(chosen, target.words_off or words.off)
    if on == off:
        return "unknown"
    return "on" if on else "off"


def option(look: Look, index: int, wanted: Words) -> Found:
    """The one option or radio of a group or menu that says one of the words: its own, or where it
    holds none (a menu of another kind, opened elsewhere on the page) any."""
    own = sorted(_below(_children(look), index))
    holds = any(look.nodes[one].role in ("radio", "option") for one in own)
    within = own if holds or look.nodes[index].role == "radiogroup" else range(len(look.nodes))
    fitting = [
        one
        for one in within
        if look.nodes[one].role in ("radio", "option", "menuitemradio", "menuitem")
        and says(look.nodes[one].name, wanted)
    ]
    if len(fitting) == 1:
        return Found(index=fitting[0], why="found")
    return Found(why="two-matches" if fitting else "not-found")


# Signs --------------------------------------------------------------------------------------------


def shows(sign: Sign, look: Look, targets: dict[str, Target], domains: Sequence[str]) -> bool:
    """Whether all that a sign asks for is on the page."""
    hosts = frozenset(domains)
    if sign.path and not _path(look.address).startswith(sign.path):
        return False
    nodes = [node for node in look.nodes if node.host in hosts]
    if sign.heading and not any(
        node.role == "heading" and says(node.name, sign.heading) for node in nodes
    ):
        return False
    if sign.text and not any(says(node.name, sign.text) for node in nodes):
        return False
    return not sign.target or find(targets[sign.target], look, domains).why != "not-found"


def _path(address: str) -> str:
    after = address.partition("://")[2]
    return "/" + after.partition("/")[2]
