"""Changes a page by a seed, as a redesign would: what it says and does stays the same.

Renamed ids, classes and data attributes; rows and sections in another order; elements wrapped in
one to four others; another language; other levels of headings; ``aria-label`` in place of a label;
texts in pieces. Mutants with a look-alike of the setting in the other section are a set of their
own: most recipes cannot tell the two apart then, and have to stop.
"""

from __future__ import annotations

import random
from typing import Literal

from tests.replicas import pages
from tests.replicas.described import LANGUAGES, Replica, State, said
from tests.replicas.pages import SETTING
from tests.replicas.tree import El, el
from tests.replicas.variants import Variant

Kind = Literal["renamed", "shuffled", "wrapped", "translated", "levels", "aria", "pieces"]
KINDS: tuple[Kind, ...] = (
    "renamed",
    "shuffled",
    "wrapped",
    "translated",
    "levels",
    "aria",
    "pieces",
)
TWINS_FROM = 1000
"""Seeds from here on have a look-alike, too."""
_WRAPPED_IN = ("div", "section", "article", "main", "li", "dd", "td", "form", "fieldset", "header")


def kinds(seed: int) -> list[Kind]:
    """What a seed changes: one to four of the kinds; every fourth is in another language, too."""
    chance = random.Random(f"kinds {seed}")  # noqa: S311
    others = [one for one in KINDS if one != "translated"]
    chosen = chance.sample(others, chance.randint(1, 4))
    if chance.random() < 0.25:
        chosen.append("translated")
    return [one for one in KINDS if one in chosen]


def variant(seed: int) -> Variant:
    """The variant that a mutant is made of: its language, and whether it has a look-alike."""
    chance = random.Random(f"variant {seed}")  # noqa: S311
    changed = kinds(seed)
    return Variant(
        id=f"mutant-{seed}",
        lang=chance.choice(LANGUAGES[1:]) if "translated" in changed else "en",
        twin="apart" if seed >= TWINS_FROM else "",
    )


def settings(one: Replica, of: Variant, states: dict[str, State], seed: int) -> El:
    """The settings of a page, changed. The same seed makes the same page each time."""
    tree = pages.settings(one, of, states)
    changed = kinds(seed)
    chance = random.Random(f"tree {seed}")  # noqa: S311
    if "shuffled" in changed:
        _shuffle(tree, chance)
    if "levels" in changed:
        for heading in tree.of_kind("heading"):
            heading.tag = f"h{chance.randint(2, 6)}"
    if "aria" in changed:
        _aria(tree, pages.named(said(one.label, of.lang), one, of))
    if "pieces" in changed:
        for text in (*tree.of_kind("label"), *tree.of_kind("heading")):
            _in_pieces(text, chance)
    if "wrapped" in changed:
        _wrap(tree, chance)
    return rename(tree, seed)


def rename(tree: El, seed: int) -> El:
    """Other ids, classes and data attributes, the same in every part of the page."""

    def change(node: El) -> None:
        node.attributes = renamed(node.attributes, seed)

    tree.each(change)
    return tree


def renamed(attributes: dict[str, str], seed: int) -> dict[str, str]:
    """Attributes with other ids, classes and names of data."""
    if "renamed" not in kinds(seed):
        return attributes
    found: dict[str, str] = {}
    for name, value in attributes.items():
        if name in ("id", "for", "aria-labelledby") and value != "place":
            found[name] = _other(value, seed)
        elif name == "class":
            found[name] = " ".join([*value.split(), _other(value, seed)])
        elif name.startswith("data-") and name not in ("data-part", "data-to"):
            found[f"data-{_other(name, seed)}"] = value
        else:
            found[name] = value
    return found


def _other(name: str, seed: int) -> str:
    return f"x{random.Random(f'{seed} {name}').getrandbits(32):08x}"  # noqa: S311


def _shuffle(tree: El, chance: random.Random) -> None:
    for holder in list(tree.walk()):
        for kind in ("section", "row"):
            places = [
                place
                for place, one in enumerate(holder.children)
                if isinstance(one, El) and one.kind == kind
            ]
            order = [holder.children[place] for place in places]
            chance.shuffle(order)
            for place, one in zip(places, order, strict=True):
                holder.children[place] = one


def _aria(tree: El, label: str) -> None:
    """The setting is named by ``aria-label``; the visible text beside it names nothing more."""
    for holder in tree.of_kind("setting"):
        marked = [one.attributes.get("data-part") for one in holder.walk()]
        if SETTING not in marked:
            continue
        holder.attributes.pop("aria-labelledby", None)
        holder.attributes["aria-label"] = label
    for text in tree.of_kind("label"):
        if text.attributes.get("for") == f"{SETTING}-input":
            del text.attributes["for"]
            text.attributes.pop("data-part", None)
            text.tag = "span"


def _in_pieces(node: El, chance: random.Random) -> None:
    pieces: list[El | str] = []
    for one in node.children:
        if not isinstance(one, str) or " " not in one:
            pieces.append(one)
            continue
        words = one.split(" ")
        at = chance.randint(1, len(words) - 1)
        pieces.append(el("span", " ".join(words[:at]) + " "))
        pieces.append(el("span", " ".join(words[at:])))
    node.children = pieces


def _wrap(tree: El, chance: random.Random) -> None:
    for holder in [one for one in tree.walk() if one.tag in _WRAPPED_IN]:
        for place, one in enumerate(holder.children):
            if isinstance(one, str) or one.tag in ("legend", "li") or chance.random() < 0.5:
                continue
            for _ in range(chance.randint(1, 4)):
                one = el(chance.choice(("div", "div", "section")), one)
            holder.children[place] = one
