"""What the server answers with: the page in its variant, a redirect, or what stands in the way."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.replicas import mutate, pages
from tests.replicas.described import State, said
from tests.replicas.pages import SETTING
from tests.replicas.stored import Truth
from tests.replicas.tree import El, as_json, el, html

ELSEWHERE = "https://settings.example.net/"
RIGHT_TO_LEFT = ("ar",)


@dataclass(frozen=True)
class Answer:
    """One answer to a request for a document."""

    body: bytes = b""
    status: int = 200
    to: str = ""
    kept_for: int = 0


def answer(truth: Truth, host: str, path: str, query: dict[str, str]) -> Answer:
    """The document at a path, as the variant has it."""
    one, variant = truth.replica, truth.variant
    gate = variant.gate
    login_host = one.login_host or one.host
    if (host, path) == (login_host, one.login_path):
        return Answer(_gate(truth, pages.login(one, variant)))
    if host != one.host:
        # a page of another's that looks just like it: nothing there may be read or pressed
        return Answer(_document(truth)) if gate == "elsewhere" else Answer(status=404)
    if one.challenge_path and path == one.challenge_path:
        return Answer(_gate(truth, pages.captcha(variant)))
    steps = [step.path for step in one.through if step.path != one.path]
    if path not in (one.path, *steps, "/~circle"):
        return Answer(_gate(truth, el("main", el("h1", one.brand)), known=True), status=404)
    if gate == "login":
        return Answer(status=302, to=f"https://{login_host}{one.login_path}")
    if gate == "captcha" and one.challenge_path:
        return Answer(status=302, to=one.challenge_path)
    if gate == "captcha":
        return Answer(_gate(truth, pages.captcha(variant)))
    if gate == "elsewhere":
        return Answer(status=302, to=ELSEWHERE)
    if gate == "circle":
        return Answer(status=302, to="/~circle" if path == one.starts_at else one.starts_at)
    if path in steps:
        number = steps.index(path)
        return Answer(_gate(truth, pages.through(one, number, variant.lang), known=True))
    kept = 600 if variant.cached else 0
    if variant.place == "frame" and "frame" not in query:
        place = el("iframe", src=f"{one.path}?frame=1&run={truth.number}", title=one.brand)
        return Answer(_whole(truth, el("main", place), _script(truth)), kept_for=kept)
    return Answer(_document(truth, in_frame="frame" in query), kept_for=kept)


def state(truth: Truth, which: str) -> Any:
    """The settings as a page fetches them. ``default``: what it makes up before it knows."""
    if which == "default":
        made_up: dict[str, State] = dict.fromkeys(truth.stored, "off")
        made_up[SETTING] = truth.replica.wanted
        return as_json(_settings(truth, made_up))
    return as_json(_settings(truth, truth.states()))


def _settings(truth: Truth, states: dict[str, State]) -> El:
    if truth.seed is None:
        return pages.settings(truth.replica, truth.variant, states)
    return mutate.settings(truth.replica, truth.variant, states, truth.seed)


def _document(truth: Truth, *, in_frame: bool = False) -> bytes:
    """The settings page: with its settings in it, or with a script that gets them."""
    variant = truth.variant
    place = el("div", id="place")
    script = _script(truth)
    if _fetches(truth):
        place.children.append(el("p", pages.word("loading", variant.lang), role="status"))
        script["fetches"] = True
    elif variant.place == "shadow":
        script["tree"] = as_json(_settings(truth, truth.states()))
    else:
        place.children.append(_settings(truth, truth.states()))
    return _whole(truth, el("main", place), script, bare=in_frame)


def _fetches(truth: Truth) -> bool:
    """Whether the page comes without its settings, and gets them by its script."""
    one, variant = truth.replica, truth.variant
    in_place = any(step.path == one.path for step in one.through)
    return one.layout == "client" or bool(variant.late or variant.default) or in_place


def _gate(truth: Truth, main: El, *, known: bool = False) -> bytes:
    return _whole(truth, main, _script(truth), known=known)


def _whole(
    truth: Truth, main: El, script: dict[str, Any], *, bare: bool = False, known: bool = True
) -> bytes:
    """``bare``: a frame, without header and footer. ``known``: somebody is logged in."""
    one, variant = truth.replica, truth.variant
    lang = variant.lang
    body = el("body", main)
    if not bare:
        body.children.insert(0, pages.header(one, variant, known=known, late="fetches" in script))
        body.children.append(pages.footer(variant))
        if variant.gate in ("cookies", "banner"):
            body.children.append(pages.over(variant))
    if truth.seed is not None:
        mutate.rename(body, truth.seed)
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", f"{said(one.title, lang)} | {one.brand}"),
        el("link", rel="stylesheet", href="/~page.css"),
    )
    direction = "rtl" if lang in RIGHT_TO_LEFT else "ltr"
    text = html(el("html", head, body, lang=lang, dir=direction))
    data = json.dumps(script).replace("<", "\\u003c")
    scripts = (
        f'<script id="page" type="application/json">{data}</script>'
        '<script src="/~page.js"></script></body></html>'
    )
    return f"<!doctype html>{text.removesuffix('</body></html>')}{scripts}".encode()


def _script(truth: Truth) -> dict[str, Any]:
    """What the page's script is told."""
    one, variant = truth.replica, truth.variant
    lang = variant.lang
    words = {
        name: pages.word(name, lang) for name in ("saved", "failed", "cancel", "password", "login")
    }
    words["question"] = one.question.get(lang) or pages.word("sure", lang)
    words["yes"] = one.yes.get(lang) or pages.word("confirm", lang)
    back = bool(variant.dialog or one.yes_back)
    words["back"] = one.yes_back.get(lang) or words["yes"]
    asks = "confirm" if variant.dialog or one.question else ""
    marks = one.yes_attributes
    if truth.seed is not None:
        marks = mutate.renamed(marks, truth.seed)
    return {
        "run": truth.number,
        "save": {
            "method": one.save.method,
            "path": f"https://{one.save.host}{one.save.path}" if one.save.host else one.save.path,
            "after": one.save.after,
            "reverts": one.save.reverts,
        },
        "saving": variant.saving if variant.saving in ("dropped", "remembered") else "",
        "button": variant.button or bool(one.button),
        "wanted": one.wanted,
        "asks_back": back,
        "marks": marks,
        "ask": "password" if variant.password else asks,
        "place": variant.place,
        "needs": variant.needs_store,
        "late": variant.late,
        "default": variant.default,
        "through": [
            [said(step.words, lang), f"through-{number}"]
            for number, step in enumerate(one.through)
            if step.path == one.path
        ],
        "words": words,
    }
