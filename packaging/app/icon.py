"""The icon, drawn here: the W of the guide's icon.svg, in the form that each system takes."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

_SIDE = 32
"""Of the square that the points below are measured in, as in icon.svg."""
_W = ((7, 10), (12, 23), (16, 13), (20, 23), (25, 10))
_BLUE, _WHITE = (0x1D, 0x4E, 0x89, 255), (255, 255, 255, 255)
_FINE = 4
"""Drawn so many times larger and then made smaller, so that edges are smooth."""
_SIZES = [(one, one) for one in (16, 24, 32, 48, 64, 128, 256)]


def drawn(side: int) -> Image.Image:
    """A square of so many pixels."""
    big = side * _FINE
    scale = big / _SIDE
    image = Image.new("RGBA", (big, big), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, big - 1, big - 1), radius=7 * scale, fill=_BLUE)
    points = [(x * scale, y * scale) for x, y in _W]
    width = 3 * scale
    pen.line(points, fill=_WHITE, width=round(width), joint="curve")
    for x, y in (points[0], points[-1]):
        pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=_WHITE)
    return image.resize((side, side), Image.Resampling.LANCZOS)


def write(path: Path) -> Path:
    """As its ending says: .ico of Windows, .icns of macOS, .png of Linux."""
    image = drawn(1024 if path.suffix == ".icns" else 256)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".ico":
        image.save(path, sizes=_SIZES)
    else:
        image.save(path)
    return path
