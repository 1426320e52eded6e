"""No false ``already-no``: saved pages are changed at random, and each answer is held to a look at
the same page with lexbor, which shares no line with the reader.

A mutant may end in any outcome but one: ``already-no`` is only said where lexbor finds exactly one
switch of the name, under its heading, shown, with ``aria-checked="false"``, or a box that was
served without a tick beside the word "Off".
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.unit.recipes.pages import WORDS, recipe
from tests.unit.recipes.saved_pages import chromium, document, mhtml
from withhold.recipes.saved import read_saved

NAME = "Train AI on my posts"
TABLE = Path(__file__).parent / "saved_mutants.toml"
PAGES = [one["body"] for one in msgspec.toml.decode(TABLE.read_bytes())["page"]]

Change = Callable[[str, random.Random], str]


def _at_one(pattern: str, to: Callable[[re.Match[str], random.Random], str]) -> Change:
    """Changes one place that fits, chosen at random."""

    def change(text: str, rng: random.Random) -> str:
        found = list(re.finditer(pattern, text, re.DOTALL))
        if not found:
            return text
        one = rng.choice(found)
        return text[: one.start()] + to(one, rng) + text[one.end() :]

    return change


def _cut(text: str, rng: random.Random) -> str:
    begin = rng.randrange(len(text))
    return text[:begin] + text[begin + rng.randrange(1, 80) :]


def _swapped(text: str, rng: random.Random) -> str:
    rows = re.findall(r'<div class="row">.*?</div>|<li>.*?</li>', text, re.DOTALL)
    if len(rows) < 2:
        return text
    one, two = rng.sample(rows, 2)
    return text.replace(one, "\0").replace(two, one).replace("\0", two)


def _moved(text: str, rng: random.Random) -> str:
    words = re.findall(r">([^<>\n]+)<", text)
    one, two = rng.choice(words), rng.choice(words)
    return text.replace(f">{one}<", ">\0<").replace(f">{two}<", f">{one}<").replace("\0", two)


HIDES = ['hidden=""', 'style="display: none"', 'aria-hidden="true"', 'style="visibility:hidden"']
WRAPS = ["template", "noscript", "section", "b", "dialog", "details", "fieldset"]
FLIP = {"true": "false", "false": "true"}
CHANGES: dict[str, Change] = {
    "flip": _at_one(
        r'(aria-checked)="(\w+)"',
        lambda m, r: f'{m[1]}="{r.choice([FLIP.get(m[2], "x"), "mixed", "", "FALSE", "true"])}"',
    ),
    "unname": _at_one(
        r" (aria-checked|role|aria-label|aria-labelledby|for|id)=", lambda m, _r: f" data-{m[1]}="
    ),
    "forget": _at_one(r' (aria-[a-z]+|role|checked)="[^"]*"', lambda _m, _r: ""),
    "tick": _at_one(r'type="checkbox"', lambda m, _r: f'{m[0]} checked=""'),
    "press": _at_one(
        r'role="switch"', lambda m, r: f'{m[0]} aria-pressed="{r.choice(["true", "false"])}"'
    ),
    "class": _at_one(
        r'role="switch"', lambda m, r: f'{m[0]} class="x {r.choice(["is-on", "is-off"])}"'
    ),
    "rerole": _at_one(
        r'role="switch"', lambda _m, r: f'role="{r.choice(["checkbox", "button", "img"])}"'
    ),
    "rename": _at_one(
        r"posts|photos|Train|Dark|ads", lambda _m, r: r.choice(["posts", "photos", "Dark"])
    ),
    "word": _at_one(r"(?<=>)(On|Off)(?=<)", lambda _m, r: r.choice(["On", "Off", "Off now", ""])),
    "add word": _at_one(r"</div>|</li>", lambda m, r: f"<i>{r.choice(['On', 'Off'])}</i>{m[0]}"),
    "hide": _at_one(
        r"<(div|li|ul|section|main|b|i|button|p|h2)(?=[ >])",
        lambda m, r: f"{m[0]} {r.choice(HIDES)}",
    ),
    "show": _at_one(r' hidden=""', lambda _m, _r: ""),
    "wrap": _at_one(
        r"<button.*?</button>|<div class=\"row\">.*?</div>|<li>.*?</li>",
        lambda m, r: (lambda tag: f"<{tag}>{m[0]}</{tag}>")(r.choice(WRAPS)),
    ),
    "double": _at_one(
        r'<div class="row">.*?</div>|<li>.*?</li>|<button.*?</button>', lambda m, _r: m[0] * 2
    ),
    "head": _at_one(
        r"<h2>(\w+)</h2>", lambda _m, r: f"<h{r.choice('1234')}>{r.choice(['AI', 'Ads'])}</h2>"
    ),
    "rehead": _at_one(
        r"<h2>(\w+)</h2>", lambda _m, r: f"<h2>{r.choice(['AI', 'Ads', 'Photos'])}</h2>"
    ),
    "behead": _at_one(r"<h2>\w+</h2>", lambda _m, _r: ""),
    "swap": _swapped,
    "move": _moved,
    "cut": _cut,
    "letter": _at_one(r".", lambda _m, r: r.choice("<>\"'=&/ aX")),
    "modal": _at_one(r"\A", lambda _m, _r: '<div role="dialog" aria-modal="true">Cookies</div>'),
}


# The look with lexbor ---------------------------------------------------------------------------


def really_off(text: str) -> bool:
    """Whether the page shows the one switch of the name in the state off."""
    page = LexborHTMLParser(re.sub("<noscript>.*?</noscript>", "", text, flags=re.DOTALL))
    every = list(page.root.traverse(include_text=False))
    meant = [one for one in every if _is_meant(one, every)]
    if len(meant) != 1:
        return False
    one = meant[0]
    said = (one.attributes.get("aria-checked") or "").strip().lower()
    if said:
        return said == "false" and one.attributes.get("aria-pressed") != "true"
    beside = one.parent.traverse(include_text=False)
    words = {each.text(strip=True) for each in beside if _is_shown(each)}
    served_off = one.tag == "input" and "checked" not in one.attributes
    return served_off and "Off" in words and "On" not in words


def _is_meant(one: LexborNode, every: list[LexborNode]) -> bool:
    role = (one.attributes.get("role") or "").lower()
    box = one.tag == "input" and one.attributes.get("type") == "checkbox"
    if not (box or role in ("switch", "checkbox")) or not _is_shown(one):
        return False
    return _name(one, every) == NAME.lower() and "AI" in _headings(one, every)


def _is_shown(one: LexborNode | None) -> bool:
    while one is not None:
        found = one.attributes
        if one.tag in ("template", "script") or "hidden" in found:
            return False
        if found.get("aria-hidden") == "true":
            return False
        if one.tag in ("dialog", "details") and "open" not in found:
            return False
        if re.search(r"display:\s*none|visibility:\s*hidden", found.get("style") or ""):
            return False
        one = one.parent
    return True


def _name(one: LexborNode, every: list[LexborNode]) -> str:
    def first(identity: str) -> list[LexborNode]:
        return [each for each in every if each.attributes.get("id") == identity][:1]

    wanted = (one.attributes.get("aria-labelledby") or "").split()
    found = [each for identity in wanted for each in first(identity)]
    said = one.attributes.get("aria-label") or ""
    identity = one.attributes.get("id") or ""
    if not found and not said and identity and first(identity)[0].mem_id == one.mem_id:
        found = [each for each in every if each.attributes.get("for") == identity]
    text = " ".join(each.text() for each in found) or said or one.text()
    return " ".join(text.lower().split())


def _headings(one: LexborNode, every: list[LexborNode]) -> list[str]:
    """The outline above an element: the last heading of each level that none of a higher closed."""
    outline: dict[int, str] = {}
    for each in every:
        if each.mem_id == one.mem_id:
            break
        if re.fullmatch("h[1-6]", each.tag or "") and _is_shown(each):
            level = int(each.tag[1])
            outline = {key: text for key, text in outline.items() if key < level}
            outline[level] = " ".join(each.text().split())
    return list(outline.values())


# The tests ----------------------------------------------------------------------------------------


def mutant(seed: int) -> str:
    """A page with one to four changes."""
    rng = random.Random(seed)  # noqa: S311  a mutant must be the same tomorrow
    body = PAGES[seed % len(PAGES)]
    for _ in range(rng.randrange(1, 5)):
        body = CHANGES[rng.choice(sorted(CHANGES))](body, rng)
    return body


@pytest.mark.parametrize("begin", range(0, 4000, 500))
def test_no_false_no(begin: int) -> None:
    said = 0
    for seed in range(begin, begin + 500):
        body = mutant(seed)
        result = read_saved(recipe(), (chromium if seed % 2 else mhtml)(body), WORDS)
        if result.outcome == "already-no":
            said += 1
            assert really_off(document(body)), f"mutant {seed}: {body}"
    assert said >= 50, "most changes leave the switch as it is: this would test nothing"


@pytest.mark.parametrize("number", range(len(PAGES)))
def test_the_pages_themselves(number: int) -> None:
    assert really_off(document(PAGES[number]))
    assert read_saved(recipe(), chromium(PAGES[number]), WORDS).outcome == "already-no"
    assert read_saved(recipe(), mhtml(PAGES[number]), WORDS).outcome == "already-no"


@pytest.mark.parametrize("change", ["flip", "unname", "rename", "hide", "rehead", "double"])
def test_the_changes_bite(change: str) -> None:
    """Each of them makes some page no longer what it was, for the reader and for lexbor."""
    ends, truths = set(), set()
    for seed in range(60):
        rng = random.Random(seed)  # noqa: S311
        body = CHANGES[change](PAGES[seed % 2], rng)
        ends.add(read_saved(recipe(), chromium(body), WORDS).outcome)
        truths.add(really_off(document(body)))
    assert len(ends) > 1
    assert truths == {True, False}
