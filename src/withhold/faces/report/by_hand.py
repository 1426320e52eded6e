"""A setting said to its owner: what all formats share, then JSON, Markdown, a page to print."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from shlex import quote
from typing import Any

import tomli
from msgspec import Struct

from withhold.faces.report import qr
from withhold.faces.report.plain import markdown, printable
from withhold.facts import Control, Text
from withhold.recipes.said import Line
from withhold.verbs.by_hand import ByHand

SCHEMA = "withhold/show/1"
Words = Mapping[str, str]


class Said(Struct, frozen=True):
    """A sentence in a language that may be another than the one asked for, which it says then."""

    text: str
    lang: str


def words_of(lang: str, shared: Words) -> Words:
    """The words around the steps, over those that the rest of the program has."""
    path = Path(__file__).parents[1] / "phrases" / f"show_control.{lang}.toml"
    return {**shared, **tomli.loads(path.read_text(encoding="utf-8"))}


def title(one: ByHand, words: Words) -> str:
    """``Tumblr (kitchen): switch on, 1 min``."""
    name = one.platform.name + (f" ({one.account.name})" if one.account.name else "")
    said = words["title"].format(name=printable(name), act=act(one.control, words))
    minutes = words["minutes"].format(n=one.control.minutes)
    return f"{said}, {minutes}" if one.control.minutes else said


def act(control: Control, words: Words) -> str:
    """What is done with it: ``switch off``, ``send``, ``set to followers only``."""
    if control.kind == "audience":
        want = words.get(f"want_{control.want}", control.want)
        return words["step_audience"].format(want=want)
    if control.kind in ("form", "email"):
        return words["step_sent"]
    return words.get(f"step_{control.want}", control.want)


def about(one: ByHand, words: Words, lang: str) -> Iterator[Said]:
    """Whether it is offered, what it reaches, how far back, its cost, what is needed: in the words
    of the plan. What it leaves open is in ``left``, below the steps."""
    yield from (Said(text, lang) for text in _offered(one, words))
    for code in ("closes", "narrows"):
        for text in getattr(one, code):
            yield spoken(text, words, lang, words[code])
    effect = words[one.control.effect.replace("-", "_")]
    scope = words[f"scope_{one.control.scope}"]
    yield Said(words["reach"].format(scope=scope, effect=effect), lang)
    if one.control.cost:
        yield spoken(one.control.cost, words, lang, words["cost"])
    for note in (one.control.note, one.recipe.note if one.recipe else {}):
        if note:
            yield spoken(note, words, lang)
    if one.needs:
        needs = ", ".join(words.get(f"need_{need}", need) for need in one.needs)
        yield Said(headed(words["needs"], needs, words), lang)


def left(one: ByHand, words: Words, lang: str) -> list[Said]:
    """What it leaves open; it may be more than what it closes."""
    found = [spoken(text, words, lang) for text in one.leaves]
    return found if one.place or not found else [*found, Said(words["any_place"], lang)]


def _offered(one: ByHand, words: Words) -> Iterator[str]:
    control = one.control
    if one.offered == "other-kind":
        kinds = ", ".join(words[f"kind_{kind}"] for kind in control.account_kinds)
        yield words["other_kind"].format(kinds=kinds)
    if one.offered == "other-place":
        yield words["other_place"]
    if control.plans and one.account.plan not in control.plans:
        yield words["other_plan"].format(plans=", ".join(control.plans))
    if one.recipe and one.recipe.kinds == ["app"]:
        yield words["only_app"]


def spoken(text: Text, words: Words, lang: str, head: str = "") -> Said:
    """A text of knowledge; where it is not translated, the English one, which says so."""
    said = text.get(lang, "")
    whole = said or f"{text.get('en', '')} {words['untranslated']}"
    return Said(headed(head, whole, words) if head else whole, lang if said else "en")


def headed(head: str, text: str, words: Words) -> str:
    """``needs: login``, with the space that French has before a colon."""
    return words["headed"].format(head=head, text=text)


def known_how(one: ByHand, words: Words) -> str:
    """By which look the words stand here, and when that was."""
    checked = one.recipe.checked if one.recipe else one.control.verified
    text = words[f"checked_{checked.how}"].format(date=checked.on)
    late = f" {words['check_overdue']}" if one.overdue else ""
    return text + late if one.recipe else f"{words['no_recipe']} {text}{late}"


def parts(line: Line) -> tuple[str, str, str]:
    """Its text before the address, the address, its text behind it."""
    before, found, after = line.text.partition(line.url) if line.url else (line.text, "", "")
    return before, found, after


# Formats ----------------------------------------------------------------------------------------


def as_json(one: ByHand, words: Words, lang: str, when: date) -> str:
    """``withhold/show/1``."""
    checked = one.recipe.checked if one.recipe else one.control.verified
    body: dict[str, Any] = {
        "schema": SCHEMA,
        "when": str(when),
        "id": one.step,
        "account": one.account.key,
        "title": title(one, words),
        "lang": lang,
        "menu_lang": one.menu_lang,
        "url": one.url,
        "recipe": one.recipe.id if one.recipe else "",
        "checked": {"how": checked.how, "on": str(checked.on), "overdue": one.overdue},
        "offered": one.offered,
        **{
            code: [spoken(text, words, lang).text for text in getattr(one, code)]
            for code in ("closes", "narrows", "leaves")
        },
        "scope": one.control.scope,
        "effect": one.control.effect,
        "needs": list(one.needs),
        "place": one.place,
        "about": [said.text for said in about(one, words, lang)],
        "steps": [_plain(line) for line in one.steps],
        "finished": one.only("finished").text,
        "undo": one.only("undo").text,
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def _plain(line: Line) -> dict[str, Any]:
    return {
        "do": line.do,
        "text": line.text,
        "lang": line.lang,
        "url": line.url,
        "labels": [{"text": one.text, "lang": one.lang, "seen": one.seen} for one in line.labels],
        "more": list(line.more),
        "remarks": list(line.remarks),
    }


def capital(text: str) -> str:
    """A heading of words that stand inside a sentence elsewhere."""
    return text[:1].upper() + text[1:]


def as_markdown(one: ByHand, words: Words, lang: str, when: date) -> str:
    """A checklist that can be pasted anywhere."""
    lines = [f"# {markdown(title(one, words))}", "", markdown(words["by_hand"]), ""]
    lines += [f"- {markdown(said.text)}" for said in about(one, words, lang)]
    lines += ["", f"## {markdown(words['steps_head'])}", ""]
    for number, line in enumerate(one.steps, start=1):
        before, url, after = parts(line)
        link = f"<{printable(url)}>" if url else ""
        lines.append(f"{number}. [ ] {markdown(before)}{link}{markdown(after)}")
        lines += [f"   - {markdown(text)}" for text in (*line.more, *line.remarks)]
    last, back = one.only("finished"), one.only("undo")
    lines += ["", markdown(headed(words["finished_head"], last.text, words)), ""]
    lines += [markdown(back.text), ""]
    head = markdown(headed(words["tell_done"], "", words))
    lines += [head + _code(f"withhold done {quote(one.step)}"), ""]
    if open_still := left(one, words, lang):
        lines += [f"## {markdown(capital(words['leaves']))}", ""]
        lines += [*(f"- {markdown(said.text)}" for said in open_still), ""]
    return "\n".join([*lines, markdown(known_how(one, words)), "", markdown(words["disclaimer"])])


def _code(text: str) -> str:
    """A command to copy; a name with a backtick in it would end the code, so it is text."""
    return markdown(text) if "`" in text else f"`{printable(text)}`"


def as_html(one: ByHand, words: Words, lang: str, when: date) -> str:
    """One page for paper: a box per step, the address as a QR code; no script, no colour."""
    from jinja2 import Environment, PackageLoader

    pages = Environment(loader=PackageLoader("withhold.faces.report"), autoescape=True)
    return pages.get_template("by_hand.html").render(
        one=one,
        words=words,
        step=quote(one.step),
        lang=lang,
        when=when,
        title=title(one, words),
        about=list(about(one, words, lang)),
        known_how=known_how(one, words),
        parts=parts,
        headed=headed,
        left=left(one, words, lang),
        leaves=capital(words["leaves"]),
        finished=one.only("finished"),
        undo=one.only("undo"),
        picture=qr.svg(one.url, words["qr_head"]) if one.url else "",
    )


FORMATS: dict[str, Callable[..., str]] = {"json": as_json, "md": as_markdown, "html": as_html}
