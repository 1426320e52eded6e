"""Which terms a robots.txt names for whom, and what that makes the site say."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from tests.unit import made
from withhold.signals import robots, rsl
from withhold.verbs.seen import Part, SiteSeen
from withhold.verbs.site_licences import Licences
from withhold.verbs.site_says import statements

HOME = "https://a.example/"
KNOWN = made.knowledge()
LINES = (
    "User-agent: *",
    "User-agent: A",
    "User-agent: b",
    "Allow: /",
    "License: {home}{n}.xml",
    "",
)


def document(name: str, says: str) -> Part:
    terms = f'<license><{says} type="usage">ai-train</{says}></license>'
    body = f'<rsl xmlns="https://rslstandard.org/rsl"><content url="/">{terms}</content></rsl>'
    return Part(place=HOME + name, body=body.encode())


def said(body: str, *documents: Part) -> set[tuple[str, bool | None, str]]:
    """To whom, what, and where, of training."""
    seen = SiteSeen(
        site=HOME,
        origin=HOME.rstrip("/"),
        on=date(2024, 7, 1),
        robots=Part(place=f"{HOME}robots.txt", body=body.encode()),
        page=Part(place=HOME, body=b"<p>"),
        licences=documents,
    )
    found = statements(seen, KNOWN.crawlers, KNOWN.signals)
    return {
        (one.token, one.allowed, one.place.rpartition("/")[2])
        for one in found
        if one.signal == "rsl" and one.use == "train-ai"
    }


@pytest.mark.parametrize("home", [HOME, "https://A.Example/", "https://a.example:443/", "/"])
def test_terms_of_one_token_are_said_to_no_other(home: str) -> None:
    body = (
        f"User-agent: GPTBot\nAllow: /\nLicense: {home}no.xml\n\n"
        f"User-agent: *\nAllow: /\nLicense: {home}yes.xml\n"
    )
    assert said(body, document("no.xml", "prohibits"), document("yes.xml", "permits")) == {
        ("*", True, "yes.xml"),
        ("GPTBot", False, "no.xml"),
        ("GPTBot", None, "yes.xml"),
    }


def test_what_the_page_names_is_said_to_everyone() -> None:
    body = f"User-agent: GPTBot\nAllow: /\nLicense: {HOME}yes.xml\n"
    assert said(body, document("no.xml", "prohibits"), document("yes.xml", "permits")) == {
        ("*", False, "no.xml"),
        ("GPTBot", True, "yes.xml"),
    }


def test_they_are_those_that_the_reader_of_rsl_finds() -> None:
    for lines in product(LINES, repeat=5):
        body = "\n".join(line.format(home=HOME, n=n) for n, line in enumerate(lines))
        rules = robots.read(body.encode())
        licences = Licences(rules, HOME)
        every = ("*", "a", "B", "c")
        found = {token: [one.url for one in rsl.linked(rules, token)] for token in every}
        assert {token: list(licences.of(token)) for token in every} == found
        assert licences.any == ("License" in body)
        assert {url for urls in found.values() for url in urls} <= set(licences.all)


def test_thousands_of_tokens_with_terms_of_their_own_take_no_time() -> None:
    names = ("".join(each) for each in product("abcdefghij", repeat=4))
    body = "".join(f"User-agent: {name}\nLicense: /{name}\n\n" for name in names)
    assert said(body, document("aaaa", "prohibits"))
