"""One question about rights with all that answers it, and what of a law holds for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.catalog.places import WORLD, Places
from withhold.catalog.rights import RightsKnown
from withhold.errors import BadInput
from withhold.facts import Platform
from withhold.law_facts import ActKind, Law, LawAct, Party
from withhold.rights.case import Person
from withhold.rights.controller import controllers_of
from withhold.rights.practised import Practised

OF_WORKS: tuple[ActKind, ...] = ("reserve", "copyright-complaint", "removal", "opt-out-registry")
"""Acts of authors and publishers; each needs works that they name as theirs."""
ASKS_AS: dict[Party, tuple[Party, ...]] = {
    "person": ("person",),
    "author": ("author", "person"),
    "publisher": ("publisher",),
}
"""An author is a person as well; a publisher as such is not one whom data is about."""


class Asking(Struct, frozen=True):
    """Who asks whom, where and when; ``about`` are the practices that hold there."""

    person: Person
    subject: str
    place: str
    when: date
    knowledge: Knowledge
    rights: RightsKnown
    about: tuple[Practised, ...]

    def own(self) -> tuple[str, ...]:
        """Ids of those who answer for the platform or company itself; ``("",)``: not recorded."""
        return self._ids(self.subject)

    def whom(self, one: Practised) -> tuple[str, ...]:
        """Ids of those who answer for a practice: of a licensee, who answers for the licensee."""
        owner, actor = one.owner, one.practice.actor
        own = (owner.id, owner.operator if isinstance(owner, Platform) else owner.id)
        return self.own() if actor in own else self._ids(actor)

    def offers(self, controller: str, act: ActKind) -> bool:
        """Whether a controller keeps a door that is for this act by name, here."""
        known = self.rights.controllers.get(controller)
        return any(
            act in door.acts
            and (not door.platforms or self.subject in door.platforms)
            and self.here(door.places)
            for door in (known.door if known else ())
        )

    def here(self, places: Iterable[str]) -> bool:
        """Whether something that holds in these places holds where the person lives."""
        return self.knowledge.places.applies(self.place, places)

    def in_force(self, law: Law) -> bool:
        """Whether a law is in force there on that day."""
        return (
            self.here(law.places)
            and (law.in_force is None or law.in_force <= self.when)
            and (law.until is None or self.when < law.until)
        )

    def may(self, line: LawAct) -> bool:
        """Whether the line is for whom this person asks as, on that day."""
        return (
            not set(ASKS_AS[self.person.party]).isdisjoint(line.who)
            and (line.since is None or line.since <= self.when)
            and (line.until is None or self.when < line.until)
        )

    def exactness(self, places: Iterable[str]) -> int:
        """How exactly it names the place. 3: the state; 2: the country; 1: a group; 0: WORLD."""
        named, country = set(places), self.place.partition("-")[0]
        if self.place in named:
            return 3 if "-" in self.place else 2
        return 2 if country in named else int(named != {WORLD})

    def _ids(self, name: str) -> tuple[str, ...]:
        places = self.knowledge.places
        found = controllers_of(name, self.place, self.when, self.rights, places)
        return tuple(one.id for one in found) or ("",)


def residence(said: str, places: Places) -> str:
    """The code of where somebody lives; raises BadInput with the way on. No place is guessed."""
    if place := places.code(said[:20]):
        return place
    what = (
        f"no place called {said[:20]!r}" if said.strip() else "your place of residence is not set"
    )
    raise BadInput(what, "name it as DE-BY, FR, GB or US-CA; which right you have depends on it")
