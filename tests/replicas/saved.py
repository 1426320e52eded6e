"""Saves every page that looks different as HTML and MHTML, as an owner's own browser would.

    python -m tests.replicas.saved FOLDER [RECIPE-ID ...]

MHTML comes from the browser itself; HTML is the page's elements as they stand, with the comment
that Chrome puts before them. ``truth.json`` says of each file what the server had stored.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from tests.replicas import browsers, certificate, described
from tests.replicas.described import Replica
from tests.replicas.pages import SETTING
from tests.replicas.server import Served, serve
from tests.replicas.variants import ALL, Variant

_AS_IT_STANDS = "document.documentElement.outerHTML"


class Saved(msgspec.Struct, frozen=True):
    """One page in two files, and what was stored when it was saved."""

    recipe: str
    variant: str
    stored: str
    wanted: str
    html: bytes
    mhtml: bytes
    early: bool = False
    """Saved before the page knew its state."""


def to_save() -> list[Variant]:
    """The variants whose pages look different; how they save makes no difference here."""
    return [
        one
        for one in ALL
        if one.saving == "stored"
        and one.gate not in ("circle", "dead")
        and not (one.real_time and one.id != "late")
        and not (one.cached or one.already)
    ]


def saved(page: Any, served: Served, one: Replica, variant: Variant, *, wanted: bool) -> Saved:
    """The page of a replica, opened in a Playwright page and saved."""
    truth = served.begin(one, msgspec.structs.replace(variant, already=wanted))
    page.set_viewport_size({"width": variant.width, "height": 800})
    page.goto(f"https://{one.host}{one.path}")
    if not variant.late:  # a late page is saved while it still says that it is loading
        _awaited(page, one, variant)
    devtools = page.context.new_cdp_session(page)
    mhtml = devtools.send("Page.captureSnapshot", {"format": "mhtml"})["data"]
    devtools.detach()
    address = page.url
    comment = f"<!-- saved from url=({len(address):04d}){address} -->"
    html = f"<!DOCTYPE html>\n{comment}\n{page.evaluate(_AS_IT_STANDS)}"
    return Saved(
        one.id,
        variant.id,
        truth.stored[SETTING],
        one.wanted,
        html.encode(),
        mhtml.encode(),
        bool(variant.late),
    )


def _awaited(page: Any, one: Replica, variant: Variant) -> None:
    """Waits until the settings are there; the owner opens them where they are behind a button."""
    if variant.gate in ("login", "captcha"):
        return
    inside = page.frame_locator("iframe") if variant.place == "frame" else page
    if any(step.path == one.path for step in one.through):
        button = inside.locator("[data-part^=through-]")
        button.wait_for()
        if variant.gate == "cookies":
            return
        button.click()
    inside.locator("[data-part=dark]").first.wait_for(state="attached")


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Any, Served]]:
    """A page of a new browser, and the server of the replicas."""
    from playwright.sync_api import sync_playwright

    made = certificate.made(folder)
    with serve(made) as served, sync_playwright() as playwright:
        program = browsers.wrapped(folder, served.port, made)
        browser = playwright.chromium.launch(executable_path=str(program))
        yield browser.new_context().new_page(), served
        browser.close()


def main(folder: Path, recipes: list[str]) -> None:
    """Writes the files."""
    told: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as own, opened(Path(own)) as (page, served):
        for recipe in recipes or described.ids():
            (folder / recipe).mkdir(parents=True, exist_ok=True)
            for variant in to_save():
                for wanted in (False, True):
                    one = saved(page, served, described.replica(recipe), variant, wanted=wanted)
                    name = f"{recipe}/{variant.id}-{one.stored}"
                    (folder / f"{name}.html").write_bytes(one.html)
                    (folder / f"{name}.mhtml").write_bytes(one.mhtml)
                    told[name] = {
                        "stored": one.stored,
                        "wanted": one.wanted,
                        "early": one.early,
                    }
    (folder / "truth.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
