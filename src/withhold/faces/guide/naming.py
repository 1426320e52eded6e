"""Many places named shortly: ``European Union (except Germany)``, ``everywhere else``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from withhold.catalog.places import Places

Say = Callable[..., str]
_LISTED = 6
"""So many names are read as a list; more are counted."""
_LEFT_OUT = 4
"""So many may be left out of a whole that is named."""


def names(groups: Sequence[Sequence[str]], places: Places, lang: str, say: Say) -> dict[int, str]:
    """Number of a group of places -> its name; the largest is ``everywhere else``."""
    largest = max(range(len(groups)), key=lambda number: len(groups[number]))
    return {
        number: say("everywhere else")
        if number == largest and len(groups) > 1
        else name(these, places, lang, say)
        for number, these in enumerate(groups)
    }


def name(codes: Collection[str], places: Places, lang: str, say: Say) -> str:
    """The name of some places; of more than half of them by what is left out."""
    codes, everything = _folded(set(codes), places)
    left_out = everything.difference(codes)
    if not left_out:
        return say("everywhere")
    if len(codes) > len(left_out):
        others = _listed(left_out, places, lang, say)
        return say("%(whole)s (except %(places)s)", whole=say("everywhere"), places=others)
    return _listed(codes, places, lang, say)


def _folded(codes: set[str], places: Places) -> tuple[set[str], set[str]]:
    """The places and all there are; a member of a group stands for its states if all are alike."""
    everything = {one for group in places.groups.values() for one in group} | codes
    everything |= {one for one in places.names if one not in (*places.groups, "WORLD")}
    members = frozenset[str]().union(*places.groups.values())
    for country, whole in _states(places).items():
        if country in members and (whole <= codes or whole.isdisjoint(codes)):
            codes = (codes - whole) | (codes & {country})
            everything = (everything - whole) | {country}
    return codes, everything


def _listed(codes: Collection[str], places: Places, lang: str, say: Say) -> str:
    parts = list(_parts(set(codes), places, lang, say))
    if len(parts) > _LISTED:
        more = len(parts) - _LISTED + 1
        return say("%(places)s and %(n)s more", places=", ".join(parts[: _LISTED - 1]), n=more)
    return ", ".join(parts)


def _parts(left: set[str], places: Places, lang: str, say: Say) -> Iterator[str]:
    # what lacks the fewest comes first: the EU is not the EEA without three
    by_lack = sorted(_wholes(places).items(), key=lambda one: len(one[1] - left))
    for whole, members in by_lack:
        missing = members - left
        if len(members & left) > 2 * len(missing) and len(missing) <= _LEFT_OUT:
            left -= members
            named = places.name(whole, lang)
            if not missing:
                yield named
            else:
                others = ", ".join(places.name(one, lang) for one in sorted(missing))
                yield say("%(whole)s (except %(places)s)", whole=named, places=others)
    yield from sorted(places.name(one, lang) for one in left)


def _wholes(places: Places) -> dict[str, frozenset[str]]:
    """Groups, and countries with their states; the largest first."""
    wholes = _states(places) | places.groups
    return dict(sorted(wholes.items(), key=lambda one: -len(one[1])))


def _states(places: Places) -> dict[str, frozenset[str]]:
    """A country that is known by its states, and those."""
    found: dict[str, set[str]] = {}
    for code in places.names:
        country, state, _ = code.partition("-")
        if state:
            found.setdefault(country, {country}).add(code)
    return {code: frozenset(members) for code, members in found.items()}
