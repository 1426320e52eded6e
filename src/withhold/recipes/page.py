"""The ``Page`` that a recipe runs over: what a browser, an extension or a saved file has to offer.

A page is looked at as a whole, as a list of nodes with roles and names (WAI-ARIA 1.2, accname
1.2); finding, reading and deciding happen on that list, so that every engine finds the same.
"""

from __future__ import annotations

from typing import Literal, Protocol

from msgspec import Struct

Loaded = Literal["fresh", "reloaded"]
"""``fresh``: the page found its own stores (what it keeps in the browser) empty. ``reloaded``: it
does not work without them, so what it shows may be what it keeps, and is no proof of what the
server has."""


class Node(Struct, frozen=True, kw_only=True):
    """One element or run of text, as assistive technology sees it.

    ``state`` is of a switch, checkbox, radio or option; ``value`` the words that a menu shows as
    chosen. ``parent`` is the index of its parent in the look, -1 at the top. What is not rendered
    (``display: none``, ``aria-hidden``) is not in a look; what is only visually hidden is.
    """

    ref: str
    role: str
    name: str = ""
    state: Literal["on", "off", "mixed", "none"] = "none"
    value: str = ""
    level: int = 0
    parent: int = -1
    host: str = ""
    """The host of the document it stands in: a frame may be another's."""
    attributes: dict[str, str] = {}
    disabled: bool = False


class Look(Struct, frozen=True, kw_only=True):
    """A page at one moment: its address, its nodes in document order, depth first."""

    address: str
    nodes: tuple[Node, ...] = ()
    lang: str = ""
    trouble: str = ""
    """Why nothing can be said: ``offline``, ``redirects``, ``browser-gone``, ``not-found`` ..."""


class Write(Struct, frozen=True, kw_only=True):
    """A request of the page's own that is no GET, HEAD or OPTIONS. No bodies, no headers."""

    method: str
    host: str
    path: str
    status: int
    """0: no answer came."""


class Page(Protocol):
    """One tab. No method raises for what a page or a network does: a look tells its trouble."""

    def open(self, url: str, *, hidden: bool = True) -> None:
        """Goes there, past all caches, and comes back when the document is loaded or cannot be.
        ``hidden``: the page finds its own stores empty."""

    def look(self) -> Look:
        """What is there now. Frames and open shadow roots included."""

    def press(self, ref: str) -> Literal["pressed", "covered", "gone"]:
        """Presses the node as a person would: at its place, if nothing lies over it."""

    def choose(self, ref: str, option: str) -> Literal["pressed", "covered", "gone"]:
        """Chooses an option of a native menu, by its exact words."""

    def writes(self) -> list[Write]:
        """All writes that the tab has seen since it was made, oldest first."""

    def fresh(self) -> Loaded:
        """Loads the present address in a new tab, past all caches, with its stores hidden where
        the page does without."""

    def wait(self, seconds: float) -> None:
        """Lets time pass."""

    def crop(self, ref: str) -> bytes:
        """A PNG of the node and its row, and of nothing else; empty where it cannot be."""
