"""The Open Graph picture of a page: what it says, where and on which day, readable when shared.

A shared picture loses the text that stood beside it, so day and place are in it, large. It is
drawn in grey and mapped to ten colours, which keeps it small and quick to write.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from withhold.faces.guide.letters import draw, drawable, font, wide, wrapped

if TYPE_CHECKING:
    from PIL import Image

Mark = Literal["may", "no", "unknown", ""]
WIDTH, HEIGHT = 1200, 630
_ACCENTS: dict[Mark, tuple[int, int, int]] = {
    "may": (180, 80, 15),
    "no": (31, 117, 184),
    "unknown": (110, 110, 110),
    "": (17, 17, 17),
}
"""Of the bar and the band; white words on them reach 4.5:1."""
_INK = 17
_GREYS, _TINTS, _FEW_GREYS = 6, 4, 4
"""Colours from ink to paper, and from the accent to white; four bits a pixel hold sixteen."""
_LEFT, _ROOM, _STRIPE = 84, 1060, 36
_TITLE, _BAND, _TEXT, _FOOT = 76, 54, 44, 30
_DAYS = (52, 46, 40)
_MAKER = "withhold"
_RUNS = 3
"""zlib's Z_RLE: runs of one colour are all there is to pack, and it takes a third less time."""
_LAST = 450
"""No line begins below: the rule above the day stands at 508."""
_MOST = 4
"""Lines at most; the first is the band, where there is a mark."""


def card(
    title: str,
    lines: Sequence[str],
    place: str,
    day: str,
    mark: Mark = "",
    *,
    foot: str = "",
    fallback: str = "",
) -> bytes:
    """A PNG of 1200 x 630: title on at most two lines, at most four lines, day and place.

    ``mark`` colours the stripe on the left and the band behind ``lines[0]``, which has the word
    for it, since colour is never alone. A title with characters that the font lacks is replaced
    by ``fallback`` as a whole; a line or place is left out: no empty boxes. The same arguments
    give the same bytes. Raises MissingExtra without Pillow.
    """
    font(_TITLE)  # where Pillow is missing this says how to install it
    from PIL import Image

    grey = Image.new("L", (WIDTH, HEIGHT), 255)
    y = 40
    name = next((one for one in (title, fallback) if drawable(one)), "")
    for line in wrapped(name, _TITLE, _ROOM, 2):
        draw(grey, (_LEFT, y), line, _TITLE, 0, heavy=2)
        y += 86
    y += 16
    shown = [line for line in lines if line and drawable(line)]
    band = y if mark and shown and shown[0] == lines[0] else None
    y += 92 if band is not None else 0
    free = _MOST
    for line in shown[band is not None :]:
        for part in wrapped(line, _TEXT, _ROOM, min(2, free)):
            draw(grey, (_LEFT, y), part, _TEXT, 0)
            y += 54
            free -= 1
        if not free or y > _LAST:
            break
    grey.paste(0, (_LEFT, 508, _LEFT + _ROOM, 511))
    _dated(grey, day, place)
    draw(grey, (_LEFT, 584), _footed(foot), _FOOT, 0)

    # half of the time goes into packing: what has no accent is content with two bits a pixel
    greys, bits = (_GREYS, 4) if band is not None else (_FEW_GREYS, 2)
    picture = grey.point(_steps(0, greys))
    picture.paste(greys if band is not None else 0, (0, 0, _STRIPE, HEIGHT))
    if band is not None:
        words = Image.new("L", (_ROOM, 76), 0)
        draw(words, (20, 8), wrapped(shown[0], _BAND, _ROOM - 40, 1)[0], _BAND, 255, heavy=2)
        picture.paste(words.point(_steps(_GREYS, _TINTS)), (_LEFT, band))
    picture.putpalette(_palette(mark if band is not None else "", greys))
    out = io.BytesIO()
    picture.save(out, "PNG", bits=bits, compress_type=_RUNS)
    return out.getvalue()


def _dated(grey: Image.Image, day: str, place: str) -> None:
    """The day and the place, smaller where they need it; the day is never cut."""
    whole = f"{day} · {place}" if place and drawable(place) else day
    size = next((one for one in _DAYS if wide(whole, one) <= _ROOM), _DAYS[-1])
    draw(grey, (_LEFT, 574 - size), wrapped(whole, size, _ROOM, 1)[0], size, 0, heavy=2)


def _footed(foot: str) -> str:
    whole = f"{_MAKER} · {foot}" if foot and drawable(foot) else _MAKER
    return wrapped(whole, _FOOT, _ROOM, 1)[0]


@cache
def _steps(first: int, colours: int) -> list[int]:
    return [first + round(level * (colours - 1) / 255) for level in range(256)]


@cache
def _palette(mark: Mark, greys: int) -> list[int]:
    """Red, green and blue of the colours, in order."""
    found: list[int] = []
    for start, colours in (((_INK,) * 3, greys), (_ACCENTS[mark], _TINTS)):
        for step in range(colours):
            share = step / (colours - 1)
            found += [round(part + (255 - part) * share) for part in start]
    return found
