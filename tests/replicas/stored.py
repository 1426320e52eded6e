"""What one page's server knows: what is stored, what was written, what was pressed."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from tests.replicas.described import Replica, State
from tests.replicas.pages import SETTING, TWIN
from tests.replicas.tree import El
from tests.replicas.variants import Variant


@dataclass(frozen=True)
class Asked:
    """One request that reached the server."""

    host: str
    method: str
    path: str


@dataclass(frozen=True)
class Written:
    """One save that reached the server, whatever came of it."""

    host: str
    part: str
    to: str
    stored: bool


@dataclass(frozen=True)
class Pressed:
    """One press or change that a page reported."""

    part: str
    how: str


@dataclass
class Truth:
    """One run of one page. All of it may be read while the server is up."""

    number: int
    replica: Replica
    variant: Variant
    seed: int | None = None
    """Of a mutant."""
    lang: str = "en"
    stored: dict[str, State] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    pressed: list[Pressed] = field(default_factory=list)
    dead: bool = False
    shown_since_write: int = -1
    kept: El | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        one = self.replica
        start: State = one.wanted if self.variant.already else one.start
        self.stored = {SETTING: start, TWIN: one.start, "dark": "on", "mails": "off"}
        self.stored.update({row.id: row.start for row in one.decoy})
        self.dead = self.variant.gate == "dead"

    @property
    def host(self) -> str:
        """Where saves belong."""
        return self.replica.save.host or self.replica.host

    def as_wanted(self) -> bool:
        """Whether the server has stored what the owner wants."""
        return self.stored[SETTING] == self.replica.wanted

    def save(self, host: str, part: str, to: str) -> int:
        """Takes one save in, as the variant has it. Returns the status; 0: no answer."""
        saving = self.variant.saving
        keeps = saving in ("stored", "reverted", "unanswered", "dead-after")
        known = host == self.host and part in self.stored and to in ("on", "off")
        with self.lock:
            self.written.append(Written(host, part, to, keeps and known))
            if saving in ("dead-after", "dead-before"):
                self.dead = True
            if keeps and known:
                self.stored[part] = "on" if to == "on" else "off"
                self.shown_since_write = 0
        if not known:
            return 400
        if saving == "refused":
            return 500
        return 0 if saving in ("unanswered", "dead-after", "dead-before") else 200

    def states(self) -> dict[str, State]:
        """What a page is shown. ``reverted``: the new state once, then the old one is back."""
        with self.lock:
            if self.variant.saving == "reverted" and self.shown_since_write >= 0:
                if self.shown_since_write >= 1:
                    self.stored[SETTING] = self.replica.start
                self.shown_since_write += 1
            return dict(self.stored)

    def outside(self) -> list[str]:
        """Presses and writes of what the recipe does not name, in words; empty is good."""
        named = set(self.replica.names)
        found = [f"{one.how} of {one.part}" for one in self.pressed if one.part not in named]
        found += [
            f"write of {one.part} at {one.host}"
            for one in self.written
            if one.part != SETTING or one.host != self.host
        ]
        return found
