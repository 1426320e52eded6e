"""One replica, read from its file: what a settings page says, and how it saves."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, field

HERE = Path(__file__).parent
LANGUAGES = ("en", "de", "fr", "pt-BR", "ja", "ar")
State = Literal["on", "off"]
Widget = Literal["switch", "checkbox", "radio", "menu"]
Layout = Literal["cards", "table", "list", "form", "client"]
Words = dict[str, str]


class Save(Struct, frozen=True, forbid_unknown_fields=True):
    """How a page tells its server: ``after`` seconds from the press (a debounce)."""

    path: str
    host: str = ""
    """Another host of the same site; empty: the page's own."""
    method: Literal["POST", "PUT", "PATCH"] = "POST"
    after: float = 0.3
    reverts: bool = False
    """Whether the page moves its switch back when the server says no."""


class Account(Struct, frozen=True, forbid_unknown_fields=True):
    """The element that says who is logged in. ``none``: the page does not say, or the label of
    the setting does (``{name}`` in it)."""

    name: str
    tag: Literal["a", "button", "span", "none"] = "a"
    shown: Words = {}
    """How it is said, with ``{name}``; empty: the bare name."""
    attributes: Words = {}


class Through(Struct, frozen=True, forbid_unknown_fields=True):
    """A page in the way: at ``path``, with one thing to press that leads on. Where the path is the
    setting's own, the setting comes in the same document."""

    path: str
    words: Words
    tag: Literal["a", "button"] = "a"
    by: Literal["recipe", "owner"] = "recipe"
    """Who presses it: a step of the recipe, or the owner when the recipe asks for it."""


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """One more setting of the page, which the recipe does not name."""

    id: str
    label: Words
    note: Words = {}
    start: State = "on"


class Replica(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A settings page with one setting that the recipe of the same id is for.

    ``start`` and ``wanted`` are the page's own states of it: where ON means "is kept out of
    training", ``wanted`` is ``on``.
    """

    id: str
    brand: str
    host: str
    path: str
    layout: Layout
    widget: Widget = "switch"
    style: Literal["button", "input", "hidden"] = "button"
    """How a switch is made: an element with a role, an input, an input nobody sees."""
    start: State
    wanted: State
    save: Save
    account: Account
    title: Words
    heading: Words
    label: Words
    note: Words = {}
    decoy: list[Row] = []
    renamed: Words
    on: Words = {}
    off: Words = {}
    attributes: Words = {}
    """Of the setting's element."""
    button: Words = {}
    """The base page has a button that saves, with these words."""
    question: Words = {}
    """The base page asks once more; ``yes`` is the button that means it."""
    yes: Words = {}
    yes_back: Words = {}
    """The same when the change is taken back; empty: that is not asked about."""
    yes_attributes: Words = {}
    through: list[Through] = []
    """Pages before ``path``; the first is where the recipe begins."""
    login_path: str = "/login"
    login_host: str = ""
    """Another host that asks to log in; empty: the page's own."""
    challenge_path: str = ""
    knows: list[str] = field(default_factory=lambda: ["en"])
    """Languages in which the recipe has the words that stand here."""
    names: list[str] = field(default_factory=lambda: ["setting"])
    """The parts of the page that the recipe may press."""
    own_account: bool = True
    """Whether the recipe reads who is logged in."""
    truth: dict[str, list[str]] = {}
    """Where the true outcomes of a variant are other ones than ``truth.py`` says, and why."""
    because: Words = {}

    @property
    def starts_at(self) -> str:
        """The path where the recipe begins."""
        return self.through[0].path if self.through else self.path


def ids() -> list[str]:
    """The ids of all replicas, in the order of their names."""
    return sorted(one.stem for one in HERE.glob("*.toml") if one.stem != "words")


@cache
def replica(recipe_id: str) -> Replica:
    """The replica of one recipe."""
    return msgspec.toml.decode((HERE / f"{recipe_id}.toml").read_bytes(), type=Replica)


@cache
def shared() -> dict[str, Words]:
    """Words that all replicas share: ``shared()["save"]["de"]``."""
    return msgspec.toml.decode((HERE / "words.toml").read_bytes(), type=dict[str, Words])


def said(words: Words, lang: str) -> str:
    """The words in a language; a description that lacks it is at fault, not the test."""
    return words[lang]
