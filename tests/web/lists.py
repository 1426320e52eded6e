"""A person with their list: as the command plans it, and as a page of the guide shows it.

Both become the same plain shape, so that they can be compared whole. The command's JSON is the
oracle; of a page only what stands in its HTML is taken, a day from its ``time`` element.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.journeys.run import flat, here, phrases
from tests.web.conftest import WHEN
from withhold.catalog.load import Knowledge

SEVEN = ("linkedin", "facebook", "instagram", "tiktok", "reddit", "tumblr", "x")
Shape = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """Who asks: what they say on the front page, or write into an owner file."""

    place: str
    platforms: tuple[str, ...] = SEVEN
    lang: str = "en"
    kind: str = "personal"
    audience: str = "public"
    menu: str = ""
    blogs: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """Where the pages in their language stand."""
        return {"en": "", "de": "deutsch/"}[self.lang]

    @property
    def accounts(self) -> list[tuple[str, str]]:
        """Platform and name of each account."""
        return [(one, name) for one in self.platforms for name in self.blogs.get(one, ("",))]


# What the command says ------------------------------------------------------------------------


def planned(person: Person, folder: Path, form: str = "json") -> str:
    """``withhold plan`` for an owner file that says the same as the person."""
    lines = [f'place = "{person.place}"']
    for platform, name in person.accounts:
        lines += [
            "[[account]]",
            f'platform = "{platform}"',
            f"name = {json.dumps(name)}",
            f'kind = "{person.kind}"',
            f'audience = "{person.audience}"',
            f'lang = "{person.menu or person.lang}"',
        ]
    file = folder / "owner.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    options = ("--format", form, "--when", WHEN, "--lang", person.lang)
    return here("plan", "--owner", file, *options).ok().out


def expected(person: Person, folder: Path, knowledge: Knowledge) -> Shape:
    """The whole list of a person, by the command's JSON."""
    plan = json.loads(planned(person, folder))
    words = phrases(person.lang)

    def named(one: Shape) -> str:
        name = knowledge.platforms[one["platform"]].name
        blog = one["account"].partition(":")[2]
        return f"{name} ({blog})" if blog else name

    def step(one: Shape) -> Shape:
        minutes = words["minutes"].format(n=one["minutes"])
        return {
            "id": one["id"],
            "heading": flat(f"{named(one)}: {one['act']}, {minutes}"),
            **{name: flat(one[name]) for name in ("label", "url", "cost", "note")},
            "path": one["path"],
            **{name: [flat(it) for it in one[name]] for name in ("closes", "narrows", "leaves")},
            "effect": flat(one["effect_text"]),
            "checked": one["checked"],
            "not seen": [
                words[sentence]
                for sentence, holds in (
                    ("words_not_seen", one["label"] and not one["label_seen"]),
                    ("address_not_seen", one["url"] and not one["url_seen"]),
                )
                if holds
            ],
        }

    return {
        "top": flat(plan["top"]),
        "steps": [step(one) for one in plan["steps"]],
        "last_resorts": [step(one) for one in plan["last_resorts"]],
        "no_control": [
            {
                "heading": flat(words["no_control_for"].format(name=named(one))),
                "open": [flat(it) for it in one["open"]],
                "helps": flat(one["helps"]),
            }
            for one in plan["no_control"]
        ],
    }


# What a page shows ----------------------------------------------------------------------------


def on_the_checklist(html: str, lang: str) -> Shape:
    """The list that the script put together on the front page."""
    tree = _parsed(html)
    return _shape(tree.css_first("#list"), "#top", lang) | {
        "steps": [_step(one, lang) for one in tree.css("#steps > .step")],
        "last_resorts": [_step(one, lang) for one in tree.css("#resorts .step")],
    }


def on_a_plain_page(html: str, lang: str) -> Shape:
    """The list for a personal account on the page of a platform in a place."""
    tree = _parsed(html)
    parts = [one.html or "" for one in _until_next_heading(tree.css_first("h2#no"))]
    top = tree.css_first(".top-line").html or ""
    part = LexborHTMLParser(f"<main>{top}{''.join(parts)}</main>")
    return _shape(part.css_first("main"), ".top-line", lang) | {
        "steps": [_step(one, lang) for one in part.css("ol.steps > .step")],
        "last_resorts": [_step(one, lang) for one in part.css("ul.steps > .step")],
    }


def _parsed(html: str) -> LexborHTMLParser:
    tree = LexborHTMLParser(html)
    for one in tree.css("time[datetime]"):
        one.replace_with(str(one.attributes["datetime"]))
    return tree


def _until_next_heading(head: LexborNode) -> Iterator[LexborNode]:
    one = head.next
    while one is not None and one.tag != "h2":
        yield one
        one = one.next


def _shape(part: LexborNode, top: str, lang: str) -> Shape:
    return {
        "top": _text(part, top),
        "no_control": [
            {
                "heading": _text(one, "h3, h4"),
                "open": _texts(one, ".open"),
                "helps": _text(one, ".helps"),
            }
            for one in part.css(".none")
        ],
    }


def _step(one: LexborNode, lang: str) -> Shape:
    """A step; its id from the page, or where it names none from the fact that it links to."""
    fact = str(one.css_first(".checked a").attributes["href"]).partition("facts/")[2].strip("/")
    id = one.attributes.get("data-step") or fact
    assert id.partition("@")[0] == fact, "the step links to its own fact"
    words = phrases(lang)
    link = one.css_first(".url a")
    address = _text(one, ".url a")
    assert link is None or link.attributes["href"] == address
    said = _text(one, ".look") + _text(one, ".url")
    remembered = ("words_not_seen", "address_not_seen")
    return {
        "id": id,
        "heading": _text(one, "h4"),
        "label": _text(one, ".label"),
        "url": address,
        "path": _texts(one, ".path li"),
        **{name: _texts(one, f".{name}") for name in ("closes", "narrows", "leaves")},
        "effect": _text(one, ".effect"),
        "cost": _text(one, ".cost"),
        "note": _text(one, ".note"),
        "checked": next(word for word in _text(one, ".checked").split() if word[:2] == "20")[:10],
        "not seen": [words[sentence] for sentence in remembered if words[sentence] in said],
    }


def _text(node: LexborNode, selector: str) -> str:
    found = node.css_first(selector)
    return flat(found.text()) if found else ""


def _texts(node: LexborNode, selector: str) -> list[str]:
    return [flat(one.text()) for one in node.css(selector)]


# In the browser -------------------------------------------------------------------------------


_VALUES = "all => all.map(one => one.value)"


def say(page: Any, person: Person) -> None:
    """Says on the front page, as it stands open, what a person says of themselves."""
    for id in ("others", "more"):
        if page.locator(f"#{id}").get_attribute("open") is None:
            page.locator(f"#{id} > summary").click()
    page.select_option("#kind", person.kind)
    page.select_option("#audience", person.audience)
    page.select_option("#menu", person.menu or person.lang)
    page.select_option("#place", person.place)
    ticked = page.locator("input[name=platform]:checked").evaluate_all(_VALUES)
    if set(ticked) != set(person.platforms):
        page.locator("#nothing").click()
        for one in person.platforms:
            page.locator(f"input[name=platform][value={one}]").check()
    for platform, names in person.blogs.items():
        page.locator(f"#blogs-{platform}").fill(" ".join(names))
        page.locator(f"#blogs-{platform}").press("Tab")


def eventually(seen: Callable[[], Any], wanted: Any) -> None:
    """Waits until a page shows what is wanted; shows the difference when it never does."""
    until = time.monotonic() + 5
    while (found := seen()) != wanted and time.monotonic() < until:
        time.sleep(0.1)
    assert found == wanted


def in_page_order(page: Any, platforms: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Platforms, or all of them, in the order in which the front page asks about them."""
    order = page.locator("input[name=platform]").evaluate_all(_VALUES)
    return tuple(one for one in order if not platforms or one in platforms)


def answering(answer: dict[str, Any]) -> Callable[[Any], None]:
    """For ``page.route``: what the server answers instead."""

    def answered(route: Any) -> None:
        route.fulfill(**answer)

    return answered
