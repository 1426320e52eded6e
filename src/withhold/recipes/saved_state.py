"""Which state a saved page shows of one setting, and how far its markup can be believed.

What the page itself wrote counts: ``aria-checked`` and its like, or the words that a menu of its
own making shows. What a native control was served with (``checked``, ``selected``) is not its
state: Chromium saves a box that was unticked since as ticked. It counts only together with a
second thing that says the same: a word like "Off" beside it, and nothing on the page against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from withhold.catalog.menu_words import says
from withhold.recipes import match
from withhold.recipes.accessible import Seen
from withhold.recipes.page import Look, Node
from withhold.recipes.result import Reason
from withhold.steps import SETTINGS, MenuWords, State, Target

Known = Literal["on", "off"]
Told = tuple[State, Reason]
_ACTIONS = ("button", "link", "menuitem", "tab", "option", "radio", "combobox", "listbox")
_SAID_BY = ("data-state", "data-checked", "data-selected", "data-on", "data-value")
_OTHER = ("aria-checked", "aria-pressed", "aria-selected")
_ON = frozenset(["on", "true", "checked", "selected", "active", "pressed", "yes"])
_OFF = frozenset(["off", "false", "unchecked", "unselected", "inactive", "unpressed", "no"])
_LEVELS = 3
"""How many elements up a word may stand and still be beside a setting."""


def told(seen: Seen, index: int, target: Target, words: MenuWords) -> Told:
    """The control's state as the file shows it: on or off with ``read``, otherwise ``unknown``
    with ``markup-silent``, ``contradictory``, ``state-unreadable`` or ``covered``."""
    look = seen.look
    around = list(_around(look, index))
    if any(look.nodes[one].attributes.get("aria-busy") == "true" for one in around):
        return "unknown", "markup-silent"  # the page says that it is still loading
    if _is_covered(look, around):
        return "unknown", "covered"
    role = look.nodes[index].role
    if role == "radiogroup":
        state, why = _of_group(seen, index, target, words)
    elif role == "combobox":
        state, why = _of_menu(seen, index, target, words)
    else:
        state, why = _of_switch(seen, index, words)
    if target.reads == "opposite" and state != "unknown":
        state = "off" if state == "on" else "on"
    return state, why


# Three kinds of setting -------------------------------------------------------------------------


def _of_switch(seen: Seen, index: int, words: MenuWords) -> Told:
    node = seen.look.nodes[index]
    marks = set(_marks(node))
    if node.state == "mixed":
        return "unknown", "state-unreadable"
    if node.state != "none":
        if index in seen.native and "checked" in node.attributes:
            marks.add("on")
        return _agreed(seen.look, index, node.state, marks, words)
    if index not in seen.native:
        return "unknown", "markup-silent"
    default: Known = "on" if "checked" in node.attributes else "off"
    return _seconded(seen.look, index, default, marks, words)


def _of_group(seen: Seen, index: int, target: Target, words: MenuWords) -> Told:
    look = seen.look
    radios = [one for one in _below(look, index) if look.nodes[one].role == "radio"]
    states = {look.nodes[one].state for one in radios}
    if states == {"none"} and all(one in seen.native for one in radios):
        ticked = [one for one in radios if "checked" in look.nodes[one].attributes]
        default = _words_say(look, radios, ticked, target, words)
        if default == "unknown":
            return "unknown", "markup-silent"
        return _seconded(look, index, default, set(), words)
    if not states <= {"on", "off"} or not radios:
        return "unknown", "markup-silent"
    chosen = [one for one in radios if look.nodes[one].state == "on"]
    state = _words_say(look, radios, chosen, target, words)
    if state == "unknown":
        return "unknown", "state-unreadable"
    for one in radios:
        node = look.nodes[one]
        against: Known = "off" if node.state == "on" else "on"
        ticked_by_default = one in seen.native and "checked" in node.attributes
        if against in set(_marks(node)) or (ticked_by_default and against == "on"):
            return "unknown", "contradictory"
    return _agreed(look, index, state, set(), words)


def _of_menu(seen: Seen, index: int, target: Target, words: MenuWords) -> Told:
    look = seen.look
    if index not in seen.native:
        state = _by_words(look.nodes[index].value, target, words)
        if state == "unknown":
            silent = not look.nodes[index].value
            return "unknown", "markup-silent" if silent else "state-unreadable"
        return _agreed(look, index, state, set(), words)
    options = [one for one in _below(look, index) if look.nodes[one].role == "option"]
    marked = [one for one in options if "selected" in look.nodes[one].attributes] or options[:1]
    default = _words_say(look, options, marked, target, words)
    if default == "unknown":
        return "unknown", "markup-silent"
    return _seconded(look, index, default, set(), words)


def _words_say(
    look: Look, all_: Sequence[int], chosen: Sequence[int], target: Target, words: MenuWords
) -> State:
    """What the one chosen option means; unknown where another option means the same."""
    if len(chosen) != 1:
        return "unknown"
    state = _by_words(look.nodes[chosen[0]].name, target, words)
    others = (_by_words(look.nodes[one].name, target, words) for one in all_ if one != chosen[0])
    return "unknown" if state in others else state


def _by_words(name: str, target: Target, words: MenuWords) -> State:
    on = says(name, target.words_on or words.on)
    off = says(name, target.words_off or words.off)
    if on == off:
        return "unknown"
    return "on" if on else "off"


# What else the page says ------------------------------------------------------------------------


def _agreed(look: Look, index: int, state: Known, marks: set[Known], words: MenuWords) -> Told:
    """A state that the page wrote, unless something else that it wrote says the opposite."""
    close, _, row = _beside(look, index, words)
    against: set[Known] = {"off" if state == "on" else "on"}
    if marks & against or against in (close, row):
        return "unknown", "contradictory"
    return state, "read"


def _seconded(look: Look, index: int, state: Known, marks: set[Known], words: MenuWords) -> Told:
    """A state that a control was served with, where words beside it say the same."""
    close, alone, row = _beside(look, index, words)
    if close == row == {state} and alone and marks <= {state}:
        return state, "read"
    against: set[Known] = {"off" if state == "on" else "on"}
    if marks & against or against in (close, row):
        return "unknown", "contradictory"
    return "unknown", "markup-silent"


def _marks(node: Node) -> Iterator[Known]:
    """Further attributes that speak of a state: they are never believed, only held against it."""
    said = [node.attributes.get(name, "") for name in (*_SAID_BY, *_OTHER)]
    if "type" not in node.attributes or node.attributes["type"] == "button":
        value = node.attributes.get("value", "").lower()
        said.append("" if value == "on" else value)  # "on" is what HTML gives a box without one
    for one in node.attributes.get("class", "").split():
        said.append(re.split(r"[-_:]+", one)[-1])
    for word in said:
        if word.strip().lower() in _ON:
            yield "on"
        elif word.strip().lower() in _OFF:
            yield "off"


def _beside(look: Look, index: int, words: MenuWords) -> tuple[set[Known], bool, set[Known]]:
    """The state words nearest to a setting, whether they stand by it and by nothing else that can
    be pressed, and all state words of its row. Words of buttons, links and options are theirs."""
    own = set(_below(look, index))
    grouped = look.nodes[index].role in ("radiogroup", "combobox")
    said: dict[int, Known] = {}
    row = match.row(look, index)
    for one in row:
        node = look.nodes[one]
        if node.role != "text" or (grouped and one in own) or _is_of_an_action(look, one, index):
            continue
        on, off = says(node.name, words.on), says(node.name, words.off)
        if on != off:
            said[one] = "on" if on else "off"
    at, within, alone = index, own, True
    inside = set(row)
    for level in range(len(row)):
        if said.keys() & within or look.nodes[at].parent not in inside:
            break
        # a word outside its list item or table row, or far above it, is not its own
        alone = alone and level < _LEVELS and look.nodes[at].role not in ("listitem", "row")
        at = look.nodes[at].parent
        within = set(_below(look, at))
    alone = alone and not any(
        look.nodes[one].role in (*_ACTIONS, *SETTINGS) for one in within - own - {at}
    )
    return {said[one] for one in said.keys() & within}, alone, set(said.values())


def _is_of_an_action(look: Look, index: int, setting: int) -> bool:
    return any(look.nodes[one].role in _ACTIONS for one in _around(look, index) if one != setting)


def _is_covered(look: Look, around: Sequence[int]) -> bool:
    """Whether a dialog that says that nothing else can be used stands open elsewhere."""
    return any(
        node.role in ("dialog", "alertdialog")
        and node.attributes.get("aria-modal") == "true"
        and index not in around
        for index, node in enumerate(look.nodes)
    )


def _around(look: Look, index: int) -> Iterator[int]:
    while index >= 0:
        yield index
        index = look.nodes[index].parent


def _below(look: Look, index: int) -> Iterator[int]:
    """A node and all below it: nodes stand depth first, so they follow it."""
    yield index
    inside = {index}
    for at in range(index + 1, len(look.nodes)):
        if look.nodes[at].parent not in inside:
            return
        inside.add(at)
        yield at
