"""Pages as lists of nodes, and an engine without a browser: what the server saved is its truth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from withhold.recipes.page import Loaded, Look, Node, Write
from withhold.recipes.result import Question
from withhold.steps import MenuWords, Recipe

HOST = "www.example.org"
URL = f"https://{HOST}/settings/ai"

WORDS = MenuWords(
    on={"en": ["On", "Allow"], "de": ["An"]},
    off={"en": ["Off", "Don't allow"], "de": ["Aus"]},
    forbidden={"en": ["delete", "pay", "i agree"], "ja": ["削除"]},
    login={"en": ["Log in"]},
    password={"en": ["Confirm your password"]},
    challenge={"en": ["I'm not a robot"]},
)


def recipe(**changed: Any) -> Recipe:
    """A small recipe for one switch; fields of it may be given anew."""
    fields: dict[str, Any] = {
        "format": 1,
        "id": "example-training",
        "control": "example/training",
        "domains": [HOST],
        "want": "off",
        "account": "member",
        "checked": {"how": "replica", "on": "2026-11-26"},
        "target": {
            "switch": {
                "role": ["switch", "checkbox", "radiogroup", "combobox"],
                "names": {"en": ["Train AI on my posts"], "de": ["KI mit Beiträgen trainieren"]},
                "heading": {"en": ["AI"], "de": ["KI"]},
            },
            "member": {"role": ["link"], "attribute": {"data-me": "1"}},
            "save": {"role": ["button"], "names": {"en": ["Save"]}, "act": "save"},
        },
        "sign": {
            "here": [{"path": "/settings/ai"}],
            "gone": [{"text": {"en": ["Not available in your region"]}}],
            "confirm": [{"target": "save"}],
        },
        "show": [{"do": "open", "url": URL}, {"do": "set", "target": "switch"}],
        "read": [
            {"do": "open", "url": URL},
            {"do": "expect", "sign": "here"},
            {"do": "read", "target": "switch"},
        ],
        "set": [
            {"do": "set", "target": "switch"},
            {"do": "if", "sign": "confirm", "then": [{"do": "press", "target": "save"}]},
            {"do": "await-write", "within": 2},
        ],
        "verify": [
            {"do": "reload-fresh"},
            {"do": "expect", "sign": "here"},
            {"do": "read", "target": "switch"},
        ],
        "undo": [
            {"do": "set", "target": "switch", "to": "before"},
            {"do": "await-write", "within": 2},
        ],
    }
    return msgspec.convert({**fields, **changed}, Recipe)


def nodes(*listed: dict[str, Any], host: str = HOST) -> tuple[Node, ...]:
    """Nodes below one document; each may name the index of its parent."""
    top = Node(ref="0", role="document", host=host)
    made = [
        Node(ref=str(number), host=one.pop("host", host), parent=one.pop("parent", 0), **one)
        for number, one in enumerate(map(dict, listed), 1)
    ]
    return (top, *made)


def settings(state: str, name: str = "Train AI on my posts", *more: dict[str, Any]) -> Look:
    """The page with the switch in a state."""
    return Look(
        address=URL,
        nodes=nodes(
            {"role": "link", "name": "Mara", "attributes": {"data-me": "1"}},
            {"role": "heading", "name": "AI", "level": 2},
            {"role": "switch", "name": name, "state": state},
            *more,
        ),
    )


class Server:
    """What is saved, and how the page and its server behave. ``page`` gives the look."""

    def __init__(
        self, saved: str = "on", *, answers: int = 200, stores: bool = True, sends: bool = True
    ) -> None:
        self.saved = saved
        self.answers, self.stores, self.sends = answers, stores, sends
        self.arrived = 0
        self.reverts_after = 99
        """Fresh loads after which what was stored is taken back."""
        self.draw: Callable[[str], Look] = settings


class FakePage:
    """A ``Page`` over a ``Server``: the switch moves at once, whatever becomes of the save."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.shown = ""
        self.presses: list[str] = []
        self.written: list[Write] = []
        self.waited = 0.0
        self.fresh_loads = 0
        self.covered = False
        self.trouble = ""
        self.loads: Loaded = "fresh"
        self.hidden = True
        self.needs_store = False
        self.opened = 0

    def open(self, url: str, *, hidden: bool = True) -> None:
        self.shown = self.server.saved
        self.hidden = hidden
        self.opened += 1

    def look(self) -> Look:
        if self.trouble:
            return Look(address=URL, trouble=self.trouble)
        if self.needs_store and self.hidden:
            return Look(address=URL, nodes=nodes({"role": "heading", "name": "Log in"}))
        return self.server.draw(self.shown)

    def press(self, ref: str) -> Literal["pressed", "covered", "gone"]:
        if self.covered:
            return "covered"
        node = next(one for one in self.look().nodes if one.ref == ref)
        self.presses.append(node.name)
        if node.role in ("switch", "checkbox"):
            self._save("off" if self.shown == "on" else "on")
        return "pressed"

    def choose(self, ref: str, option: str) -> Literal["pressed", "covered", "gone"]:
        self.presses.append(option)
        self._save("on" if option == "On" else "off")
        return "pressed"

    def _save(self, state: str) -> None:
        self.shown = state
        if not self.server.sends:
            return
        self.server.arrived += 1
        if self.server.stores and self.server.answers < 400:
            self.server.saved = state
        status = self.server.answers
        self.written.append(Write(method="POST", host=HOST, path="/api/save", status=status))

    def writes(self) -> list[Write]:
        return list(self.written)

    def fresh(self) -> Loaded:
        self.fresh_loads += 1
        if self.fresh_loads > self.server.reverts_after:
            self.server.saved = "on"
        self.shown = self.server.saved
        return self.loads

    def wait(self, seconds: float) -> None:
        self.waited += seconds

    def crop(self, ref: str) -> bytes:
        return b"\x89PNG"


class Person:
    """Answers the one question, and remembers what was asked."""

    def __init__(self, yes: bool = True) -> None:
        self.yes = yes
        self.asked: list[Question] = []

    def may_set(self, question: Question) -> bool:
        self.asked.append(question)
        return self.yes

    def does(self, what: str, why: str) -> bool:
        return self.yes


class Lines:
    """A journal in memory; breaks off after so many lines where it is told to."""

    def __init__(self, breaks_after: int = 10_000) -> None:
        self.lines: list[tuple[str, str]] = []
        self.breaks_after = breaks_after

    def note(self, at: str, said: str = "") -> None:
        if len(self.lines) >= self.breaks_after:
            raise KeyboardInterrupt
        self.lines.append((at, said))
