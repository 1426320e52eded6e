"""A picture of one row, and of nothing else."""

from __future__ import annotations

import io
import struct

import pytest

from tests.browser.conftest import only
from tests.browser.markup import BANNER, SWITCH
from tests.browser.site import Site
from withhold.reach.browser import BrowserPage

pytestmark = pytest.mark.system


def test_a_crop_shows_the_row_and_nothing_else(page: BrowserPage, site: Site) -> None:
    """Red above and below, the row green: no red pixel is in the picture."""
    other = "<div style='height:80px;background:rgb(255,0,0)'>{}</div>"
    row = f"<div style='height:60px;background:rgb(0,128,0)'><p>Train</p>{SWITCH}</div>"
    above = other.format("<input type=checkbox aria-label=Other>")
    page.open(site.page(above + row + other.format("<input type=checkbox aria-label=More>")))
    png = page.crop(only(page.look(), "switch").ref)
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    assert (width > 500, height) == (True, 60)
    pillow = pytest.importorskip("PIL.Image")
    colours = {one for _, one in pillow.open(io.BytesIO(png)).convert("RGB").getcolors(1 << 20)}
    assert (0, 128, 0) in colours
    assert (255, 0, 0) not in colours


def test_a_row_that_is_too_high_is_not_cropped_whole(page: BrowserPage, site: Site) -> None:
    inner = f"<div style='height:40px;background:rgb(0,128,0)'>{SWITCH}</div>"
    page.open(site.page(f"<div style='height:500px;background:rgb(255,0,0)'>{inner}</div>"))
    png = page.crop(only(page.look(), "switch").ref)
    assert struct.unpack(">II", png[16:24])[1] == 40


def test_nothing_is_cropped_under_a_banner(page: BrowserPage, site: Site) -> None:
    page.open(site.page(SWITCH + BANNER))
    assert page.crop(only(page.look(), "switch").ref) == b""
