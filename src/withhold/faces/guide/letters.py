"""The letters of the Open Graph pictures: the font that ships with Pillow, and what it lacks.

That font has the letters of English only. Letters with a mark (``ä é ô ñ å ç č``) are drawn as the
letter and, over or under it, the mark; ``ß`` is written ``ss`` and dashes as hyphens, which is
what German and English do where a sign is missing. What is left has no letter here: ``drawable``
says so, and no empty box is ever drawn. Text runs from left to right.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from withhold.errors import MissingExtra

if TYPE_CHECKING:
    from PIL import Image, ImageFont

_WRITTEN = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "–": "-", "—": "-", "‑": "-", "„": "“", "\N{NO-BREAK SPACE}": " "}
)
_STROKES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "\N{COMBINING ACUTE ACCENT}": (((-0.03, -0.07), (0.08, -0.19)),),
    "\N{COMBINING GRAVE ACCENT}": (((0.03, -0.07), (-0.08, -0.19)),),
    "\N{COMBINING CIRCUMFLEX ACCENT}": (((-0.11, -0.07), (0, -0.18), (0.11, -0.07)),),
    "\N{COMBINING CARON}": (((-0.11, -0.18), (0, -0.07), (0.11, -0.18)),),
    "\N{COMBINING TILDE}": (((-0.13, -0.08), (-0.06, -0.14), (0.06, -0.1), (0.13, -0.16)),),
    "\N{COMBINING CEDILLA}": (((0.02, 0.0), (0.06, 0.09), (-0.05, 0.16)),),
    "\N{COMBINING DIAERESIS}": (((-0.12, -0.12), (-0.12, -0.12)), ((0.12, -0.12), (0.12, -0.12))),
    "\N{COMBINING RING ABOVE}": (),
}
"""How a mark is stroked, in ems from the middle of the letter's upper edge (cedilla: lower)."""
_CEDILLA, _RING = "\N{COMBINING CEDILLA}", "\N{COMBINING RING ABOVE}"
_NO_LETTER = "\ue000"
_FINE = 4
"""Marks are drawn so many times larger and reduced, for smooth edges."""


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels; raises MissingExtra without Pillow."""
    try:
        from PIL import ImageFont
    except ImportError as gone:
        raise MissingExtra(
            "pictures for sharing need Pillow", 'pip install "withhold[guide]"'
        ) from gone
    found = ImageFont.load_default(size)
    if not isinstance(found, ImageFont.FreeTypeFont):
        raise MissingExtra("this Pillow was built without FreeType", "install Pillow from PyPI")
    return found


@cache
def spelled(text: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The letters to draw, and the marks with the index of the letter that carries each.

    An ``i`` keeps its dot and drops other marks.
    """
    letters: list[str] = []
    marks: list[tuple[int, str]] = []
    for char in unicodedata.normalize("NFD", text.translate(_WRITTEN)):
        if char not in _STROKES or not letters:
            letters.append(char)
        elif letters[-1] not in "ij":
            marks.append((len(letters) - 1, char))
    return "".join(letters), tuple(marks)


def drawable(text: str) -> bool:
    """Whether every letter is there."""
    return all(_has(letter) for letter in spelled(text)[0])


@cache
def _wide(text: str, size: int) -> float:
    return font(size).getlength(spelled(text)[0])


def wide(text: str, size: int) -> float:
    """How many pixels a line takes; words are measured once, since most come again."""
    words = text.split(" ")
    return sum(_wide(word, size) for word in words) + _wide(" ", size) * (len(words) - 1)


@lru_cache(maxsize=256)
def line(text: str, size: int, heavy: int = 0) -> tuple[Image.Image, tuple[int, int]]:
    """A drawable line as a mask, and where in it the upper left corner of the text lies.

    Lines are kept: a day, a place or a foot comes again on hundreds of pictures.
    """
    from PIL import Image, ImageChops, ImageDraw

    face, edge = font(size), size // 4
    letters, marks = spelled(text)
    mask = Image.new("L", (round(face.getlength(letters)) + 2 * edge, 2 * size))
    pen = ImageDraw.Draw(mask)
    pen.text((edge, edge), letters, font=face, fill=255)
    for index, mark in marks:
        letter = letters[index]
        middle = edge + face.getlength(letters[:index]) + face.getlength(letter) / 2
        _, top, _, bottom = face.getbbox(letter)
        at = edge + (bottom if mark == _CEDILLA else top)
        stamp = _stamp(mark, size)
        pen.bitmap((round(middle - stamp.width / 2), round(at - stamp.height / 2)), stamp, 255)
    if heavy:  # moved and laid over itself: less work than a stroked outline
        mask = ImageChops.lighter(mask, ImageChops.offset(mask, heavy, 0))
    return mask, (edge, edge)


def draw(
    picture: Image.Image, at: tuple[float, float], text: str, size: int, shade: int, heavy: int = 0
) -> None:
    """One line of a drawable text, its upper left corner at ``at``; ``heavy`` pixels thicker."""
    mask, (left, top) = line(text, size, heavy)
    picture.paste(shade, (round(at[0]) - left, round(at[1]) - top), mask)


def wrapped(text: str, size: int, room: float, most: int) -> list[str]:
    """At most so many lines that fit the room; what is left over ends in an ellipsis."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if wide(longer, size) <= room or not lines[-1]:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = longer + "…"
            break
    return [_cut(one, size, room) for one in lines if one]


def _cut(text: str, size: int, room: float) -> str:
    if wide(text, size) <= room:
        return text
    text = text.rstrip("…")
    ends = range(1, len(text))
    fit = bisect_right(ends, room, key=lambda end: wide(text[:end] + "…", size))
    return text[:fit].rstrip() + "…"


@cache
def _has(letter: str) -> bool:
    """Whether the font draws something else for it than for a letter that no font has."""
    face = font(40)
    shape, none = face.getmask(letter), face.getmask(_NO_LETTER)
    return letter == " " or (shape.size, bytes(shape)) != (none.size, bytes(none))


@cache
def _stamp(mark: str, size: int) -> Image.Image:
    """A mark as a mask of about half an em, the edge of its letter at the middle."""
    from PIL import Image, ImageDraw

    em, side = size * _FINE, size * _FINE // 2
    stamp = Image.new("L", (side, side))
    pen = ImageDraw.Draw(stamp)
    thick = em * (0.11 if mark == "\N{COMBINING DIAERESIS}" else 0.075)
    for stroke in _STROKES[mark]:
        points = [(side / 2 + x * em, side / 2 + y * em) for x, y in stroke]
        pen.line(points, fill=255, width=round(thick), joint="curve")
        for x, y in points:
            half = thick / 2
            pen.ellipse((x - half, y - half, x + half, y + half), fill=255)
    if mark == _RING:
        box = (
            side / 2 - 0.09 * em,
            side / 2 - 0.22 * em,
            side / 2 + 0.09 * em,
            side / 2 - 0.04 * em,
        )
        pen.ellipse(box, outline=255, width=round(0.055 * em))
    return stamp.reduce(_FINE)
