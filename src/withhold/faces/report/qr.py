"""An address as a QR code (ISO/IEC 18004): as text for a terminal, as SVG for paper."""

from __future__ import annotations

import io
from typing import Any

from withhold.errors import BadInput


def blocks(url: str) -> list[str]:
    """Lines of half blocks, with the quiet zone of four around. Blocks are what is light, so it is
    meant as white on black."""
    out = io.StringIO()
    _code(url).terminal(out=out, compact=True, border=4)
    return out.getvalue().splitlines()


def svg(url: str, title: str) -> str:
    """An ``svg`` element that fills its box, black on white whatever the page is."""
    drawn: str = _code(url).svg_inline(
        border=4, dark="#000", light="#fff", title=title, omitsize=True, svgclass="qr"
    )
    return drawn.replace("<svg ", '<svg role="img" ', 1)


def _code(url: str) -> Any:
    import segno

    try:
        # level M mends 15 % of it: a fold or a stain on paper
        return segno.make(url, error="m", micro=False)
    except segno.DataOverflowError as why:
        raise BadInput("the address is too long for a QR code", "leave --qr out") from why
