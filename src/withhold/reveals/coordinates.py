"""Coordinates: decimal degrees, degrees and minutes, and links to a place on a map."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LAT, _LON = r"[-+−]?\d{1,2}", r"[-+−]?\d{1,3}"
# Four decimals are some ten metres; fewer are taken only with a sign of degrees or a direction.
_BARE = re.compile(
    rf"(?<![\w.,/+-])({_LAT}\.\d{{4,15}})\s{{0,2}}[,;/ ]\s{{0,2}}"
    rf"({_LON}\.\d{{4,15}})(?![\w%]|[.,]\d)"
)
_NORTH, _EAST = "[NSns]", "[EWOewo]"
_DIRECTED = re.compile(
    rf"(?<![\w.,])({_LAT}[.,]\d{{2,15}})\s?°?\s?{_NORTH}\b[\s,;/]{{1,3}}"
    rf"({_LON}[.,]\d{{2,15}})\s?°?\s?{_EAST}\b"
    rf"|(?<![\w.,])({_LAT}[.,]\d{{2,15}})\s?°\s?[,;/ ]\s?({_LON}[.,]\d{{2,15}})\s?°"
    rf"|(?<!\w){_NORTH}\s?({_LAT}[.,]\d{{2,15}})\s?°?[\s,;/]{{1,3}}"
    rf"{_EAST}\s?({_LON}[.,]\d{{2,15}})"
    rf"|(?<!\w)(?i:lat)\w{{0,6}}[:=\s]{{1,3}}({_LAT}[.,]\d{{2,15}})[\s,;/&]{{1,3}}"
    rf"(?i:lon|lng)\w{{0,6}}[:=\s]{{1,3}}({_LON}[.,]\d{{2,15}})"
)
_MINUTES = (
    r"\s?[°º˚]\s?\d{1,2}(?:[.,]\d{1,6})?\s?['′’]?(?:\s?\d{1,2}(?:[.,]\d{1,4})?\s?(?:[\"″”]|''|’’))?"
)
_SEXAGESIMAL = re.compile(
    rf"(?<![\w.,])(\d{{1,2}}){_MINUTES}\s?{_NORTH}[\s,;/]{{0,3}}"
    rf"(\d{{1,3}}){_MINUTES}\s?{_EAST}(?!\w)"
    rf"|(?<!\w){_NORTH}\s?(\d{{1,2}}){_MINUTES}[\s,;/]{{1,3}}{_EAST}\s?(\d{{1,3}}){_MINUTES}"
)
_PAIR = rf"({_LAT}\.\d{{2,18}})(?:,|%2C|/|~)\s?\+?({_LON}\.\d{{2,18}})"
_LINK = re.compile(r"(?<![\w/])(?:https?://|geo:|(?:www|maps|goo|osm)\.)[^\s<>\"')\]]{4,600}")
_IN_LINK = re.compile(
    rf"{_PAIR}|mlat=({_LAT}\.\d{{2,18}})&mlon=({_LON}\.\d{{2,18}})"
    rf"|!3d({_LAT}\.\d{{2,18}})!4d({_LON}\.\d{{2,18}})"
    rf"|lat=({_LAT}\.\d{{2,18}})&(?:lon|lng)=({_LON}\.\d{{2,18}})"
)
_MAPS = ("map", "osm", "waze", "geo")
"""One of them is in every link to a map."""


def coordinates(text: str) -> Iterator[tuple[int, int]]:
    """Where coordinates of a place on earth stand; a digit is in the text."""
    low = text.lower()
    if any(mark in low for mark in _MAPS):
        for match in _LINK.finditer(text):
            pair = _IN_LINK.search(match[0])
            if pair and _on_earth(pair) and any(mark in match[0].lower() for mark in _MAPS):
                yield match.start(), match.start() + len(match[0].rstrip(".,;!?"))
    if "." in text or "," in text:
        for match in _BARE.finditer(text):
            if _on_earth(match) and not _of_a_list(text, match):
                yield match.span()
        for match in _DIRECTED.finditer(text):
            if _on_earth(match):
                yield match.span()
    if "°" in text or "º" in text or "˚" in text:
        for match in _SEXAGESIMAL.finditer(text):
            if _on_earth(match):
                yield match.span()


def _on_earth(match: re.Match[str]) -> bool:
    """Whether the two numbers are a latitude and a longitude, and not both next to nothing."""
    pair = [one.replace(",", ".").replace("−", "-") for one in match.groups() if one is not None]
    if len(pair) != 2:
        return False
    latitude, longitude = map(float, pair)
    near_nothing = abs(latitude) < 1 and abs(longitude) < 1
    return abs(latitude) <= 90 and abs(longitude) <= 180 and not near_nothing


_NUMBER_BEFORE = re.compile(r"\d\s?[,;]\s?$")
_NUMBER_AFTER = re.compile(r"\s?[,;]\s?[-+]?\d")


def _of_a_list(text: str, match: re.Match[str]) -> bool:
    """Whether more numbers stand beside: then it is a row of figures."""
    return bool(
        _NUMBER_AFTER.match(text, match.end())
        or _NUMBER_BEFORE.search(text, max(0, match.start() - 5), match.start())
    )
