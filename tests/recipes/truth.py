"""Variant by variant: which outcomes are true, and why. Made by hand, not from the engine.

Where several stand, each of them says no more than is so. A replica may say otherwise for its own
page (``[truth]`` in its file, with ``[because]``); what a recipe knows of languages, buttons and
accounts stands in the replica, too, as facts about it.
"""

from __future__ import annotations

from msgspec import Struct

from tests.replicas.described import Replica
from tests.replicas.variants import Variant

NO = ("verified-no",)
SOME = 8
"""Recipes for a variant that asks the engine more than the recipe; others each time."""


class Truly(Struct, frozen=True):
    """``reasons``: those that are true; empty: any."""

    outcomes: tuple[str, ...]
    why: str
    reasons: tuple[str, ...] = ()
    only: int = 0
    """Run for so many recipes only; 0: for all."""


TABLE: dict[str, Truly] = {
    "base": Truly(NO, "the page as described"),
    "de": Truly(NO, "where the recipe knows the German words; else see below"),
    "fr": Truly(NO, "the same for French"),
    "pt-BR": Truly(NO, "the same for Brazilian Portuguese"),
    "ja": Truly(NO, "the same for Japanese"),
    "ar": Truly(NO, "the same for Arabic, right to left"),
    "renamed": Truly(
        ("changed",), "nobody told the recipe the new label", ("not-found", "no-sign")
    ),
    "moved": Truly(("changed",), "the second anchor is gone", ("anchors-disagree",)),
    "checkbox": Truly(NO, "same name, same place, another role that holds a state"),
    "radio": Truly(NO, "a group of two, one of which says off"),
    "menu": Truly(NO, "a native menu, one option of which says off"),
    "switch": Truly(NO, "same name, same place, another role that holds a state", only=SOME),
    "twins-apart": Truly(NO, "the heading tells which of the two it is"),
    "twins-together": Truly(("changed",), "nothing tells them apart", ("two-matches",)),
    "shadow": Truly(NO, "an open shadow root is part of the page", only=SOME),
    "frame": Truly(NO, "a frame of the same host is part of the page", only=SOME),
    "hidden-input": Truly(NO, "hidden from the eye only", only=SOME),
    "late": Truly(NO, "2.5 s late is not gone", only=6),
    "very-late": Truly(NO, "5 s late is not gone", only=3),
    "default-first": Truly(
        (*NO, "unknown"), "a made-up OFF at first; to wait or to doubt is right", only=6
    ),
    "slow-save": Truly(NO, "the write takes 1.5 s", only=6),
    "slower-save": Truly(NO, "the write takes 3 s", only=3),
    "refused": Truly(
        ("on",), "the server says 500 and stores nothing", ("write-refused",), only=SOME
    ),
    "dropped": Truly(("on",), "no write leaves; after a fresh load it is on", ("not-saved",)),
    "lost": Truly(("on",), "answered with 200, not stored", ("not-saved",)),
    "remembered": Truly(
        ("on", "unknown"),
        "not stored; the page shows what it keeps in the browser",
    ),
    "needs-store": Truly(
        ("unknown", "needs-you"),
        "it reads as wanted only with what the page keeps in the browser: no proof; or it asks to "
        "log in when that is hidden",
        ("own-store", "login"),
        only=4,
    ),
    "needs-store-remembered": Truly(
        ("on", "unknown", "needs-you"),
        "not stored; the page shows what it keeps, and needs it",
        only=4,
    ),
    "reverted": Truly(("on",), "stored, shown once, taken back", ("taken-back",)),
    "unanswered": Truly(
        ("unknown",),
        "stored, but no 2xx was seen: read off, without proof of a save",
        only=SOME,
    ),
    "button": Truly(("on",), "the recipe knows no button that saves: nothing was saved"),
    "dialog": Truly(("on", "needs-you"), "the page asks once more and the recipe knows no answer"),
    "password": Truly(("needs-you",), "a password again is the owner's", ("password",), only=SOME),
    "login": Truly(("needs-you",), "nobody is logged in", ("login",)),
    "stranger": Truly(("needs-you",), "somebody else's account", ("account",)),
    "captcha": Truly(("needs-you",), "a person is asked for", ("captcha",)),
    "cookies": Truly(("needs-you",), "something lies over the switch", ("covered",), only=SOME),
    "banner": Truly(NO, "a bar at the foot of the page covers nothing", only=SOME),
    "gone": Truly(
        ("changed",), "the row is not there, and nothing says why", ("not-found", "no-sign")
    ),
    "region": Truly(
        ("not-offered-here", "changed"), "the page says so; not every recipe knows the words"
    ),
    "elsewhere": Truly(("changed",), "led to another domain", ("left-domains",), only=SOME),
    "circle": Truly(("changed",), "led in a circle", ("redirects",), only=SOME),
    "already": Truly(("already-no",), "it is off already"),
    "dead": Truly(("unknown",), "no connection is answered", ("offline",), only=SOME),
    "dead-after": Truly(("unknown",), "stored, then the network is gone", ("offline",), only=SOME),
    "dead-before": Truly(
        ("unknown",), "not stored, then the network is gone", ("offline",), only=SOME
    ),
    "cached": Truly(NO, "the browser may keep the page; a fresh load asks the server", only=SOME),
    "narrow": Truly(NO, "the same page, 360 px wide", only=SOME),
}


def true_outcomes(one: Replica, variant: Variant) -> Truly:
    """What is true of one variant of one page."""
    told = TABLE[variant.id]
    if variant.id in one.truth:
        return Truly(tuple(one.truth[variant.id]), one.because[variant.id])
    if variant.lang not in one.knows:
        return Truly(("changed",), f"the recipe does not know the words in {variant.lang}")
    if variant.id == "stranger" and not one.own_account:
        return Truly(NO, "the page does not say who is logged in")
    if variant.button and "save" in one.names:
        return Truly(NO, "the recipe presses the button that saves")
    if variant.dialog and "confirm" in one.names:
        return Truly(NO, "the recipe presses the button that means it")
    return told


def mutant_outcomes(one: Replica, lang: str) -> Truly:
    """A mutant is set right, or left alone: ``changed`` says that the page is another one."""
    if lang not in one.knows:
        return Truly(("changed", *NO), f"the recipe does not know all words in {lang}")
    return Truly(("changed", *NO), "right or not at all")
