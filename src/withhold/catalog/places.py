"""Places: ISO 3166 countries, US states, German Länder, and groups (EU, EEA) as dated data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from withhold.catalog.read import read
from withhold.facts import Fact, Source, Text

_SAID_OTHERWISE = {"UK": "GB"}
WORLD = "WORLD"


class Group(Fact, frozen=True, kw_only=True):
    """Places that answer alike: EU, EEA."""

    name: Text
    members: list[str]
    source: str


class PlacesFile(Fact, frozen=True, kw_only=True):
    """``knowledge/places.toml``."""

    source: dict[str, Source]
    group: dict[str, Group]
    country: dict[str, Text]
    us_state: dict[str, Text]
    de_state: dict[str, Text] = msgspec.field(default_factory=dict)


class Places(msgspec.Struct, frozen=True):
    """Answers which places and groups a place lies in."""

    names: dict[str, dict[str, str]]
    groups: dict[str, frozenset[str]]

    @classmethod
    def read(cls, path: Path) -> Places:
        """From ``places.toml``; raises BadKnowledge."""
        found = read(path, PlacesFile, path.name)
        names = {WORLD: {"en": "everywhere", "de": "überall"}, **found.country}
        names |= {**found.us_state, **found.de_state}
        names |= {code: group.name for code, group in found.group.items()}
        return cls(names, {code: frozenset(g.members) for code, g in found.group.items()})

    def code(self, said: str) -> str:
        """The code for what a person wrote (``uk``, ``us-pa``); empty when it is not a place."""
        upper = said.strip().upper().replace("_", "-")
        upper = _SAID_OTHERWISE.get(upper, upper)
        return upper if upper in self.names and upper not in {*self.groups, WORLD} else ""

    def parts(self, country: str) -> tuple[str, ...]:
        """The states of a country, sorted; none where they make no difference."""
        return tuple(sorted(one for one in self.names if one.startswith(f"{country}-")))

    def lies_in(self, place: str) -> frozenset[str]:
        """The place itself, its country, its groups and WORLD."""
        country = place.partition("-")[0]
        return frozenset(
            {WORLD, place, country}
            | {code for code, members in self.groups.items() if country in members}
        )

    def applies(self, place: str, places: Iterable[str], not_places: Iterable[str] = ()) -> bool:
        """Whether something that holds in ``places`` but not in ``not_places`` holds here."""
        here = self.lies_in(place)
        return not here.isdisjoint(places) and here.isdisjoint(not_places)

    def name(self, place: str, lang: str = "en") -> str:
        """The name of a place in a language, English where there is no other."""
        texts = self.names.get(place, {})
        return texts.get(lang) or texts.get("en") or place
