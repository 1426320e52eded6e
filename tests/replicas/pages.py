"""A settings page as a tree: header, sections, rows, and what stands in the way of them."""

from __future__ import annotations

from dataclasses import replace

from tests.replicas.described import Replica, State, said, shared
from tests.replicas.layouts import LAYOUTS
from tests.replicas.tree import El, el
from tests.replicas.variants import Variant
from tests.replicas.widgets import Asked, Drawn, drawn

SETTING = "setting"
TWIN = "twin"
STRANGER = "jonas-albrecht"


def word(name: str, lang: str) -> str:
    """One of the words that all replicas share."""
    return said(shared()[name], lang)


def settings(one: Replica, variant: Variant, states: dict[str, State]) -> El:
    """The part of the page that holds the settings, in the states given."""
    lang = variant.lang
    first, second = _rows(one, variant, states)
    layout = LAYOUTS[one.layout]
    main = el("div", el("h1", said(one.title, lang), kind="title"), class_="settings")
    if variant.gate == "region":
        main.children.append(el("p", "This setting is not available in your region."))
    main.children.append(layout("section-one", said(one.heading, lang), first))
    main.children.append(layout("section-two", word("other-section", lang), second))
    if one.button or variant.button:
        words = said(one.button, lang) if one.button else word("save", lang)
        main.children.append(el("button", words, type="button", data_part="save", class_="save"))
    return main


def _rows(
    one: Replica, variant: Variant, states: dict[str, State]
) -> tuple[list[Drawn], list[Drawn]]:
    lang = variant.lang
    label = named(said(one.renamed if variant.label else one.label, lang), one, variant)
    asked = Asked(
        part=SETTING,
        label=label,
        note=one.note.get(lang, ""),
        state=states[SETTING],
        widget=variant.widget or one.widget,
        style="hidden" if variant.hidden else one.style,
        on=one.on.get(lang) or word("on", lang),
        off=one.off.get(lang) or word("off", lang),
        attributes=one.attributes,
    )
    decoys = [
        replace(
            asked,
            part=row.id,
            label=said(row.label, lang),
            note=row.note.get(lang, ""),
            state=states[row.id],
            attributes={},
        )
        for row in one.decoy
    ]
    others = [
        replace(
            asked,
            part=part,
            label=word(part, lang),
            note=word(f"{part}-help", lang),
            state=states[part],
            widget="switch",
            on=word("on", lang),
            off=word("off", lang),
            attributes={},
        )
        for part in ("dark", "mails")
    ]
    twin = replace(asked, part=TWIN, state=states[TWIN])
    mine = [] if variant.gate in ("gone", "region") else [asked]
    first = [*decoys[:1], *([] if variant.moved else mine), *decoys[1:]]
    second = [*others, *(mine if variant.moved else [])]
    if variant.twin == "together":
        first.append(twin)
    if variant.twin == "apart":
        second.insert(1, twin)
    return [drawn(row) for row in first], [drawn(row) for row in second]


def named(text: str, one: Replica, variant: Variant) -> str:
    """A text with the name of who is logged in."""
    return text.replace("{name}", STRANGER if variant.stranger else one.account.name)


def header(one: Replica, variant: Variant, *, known: bool = True, late: bool = False) -> El:
    """The top of every page: where to, and who is logged in. ``late``: a page that gets its
    settings by script gets that by script, too."""
    lang = variant.lang
    bar = el("header", el("strong", one.brand), class_="bar")
    nav = el("nav", kind="nav")
    for name in ("home", "help"):
        nav.children.append(el("a", word(name, lang), href=f"/{name}", data_part=name))
    bar.children.append(nav)
    if known and one.account.tag != "none":
        name = named(one.account.shown.get(lang, "{name}"), one, variant)
        who = el(one.account.tag, name, class_="me", data_part="account", kind="account")
        if one.account.tag == "a":
            who.attributes["href"] = "/me"
        who.attributes.update(one.account.attributes)
        if late:
            who.attributes["hidden"] = "hidden"
        bar.children.append(who)
    return bar


def footer(variant: Variant) -> El:
    """The foot of every page, with the one button that nobody may press."""
    words = word("delete", variant.lang)
    return el("footer", el("button", words, type="button", data_part="delete"), class_="foot")


def over(variant: Variant) -> El:
    """Question about cookies: over the whole page, or a bar at its foot."""
    lang = variant.lang
    whole = variant.gate == "cookies"
    box = el(
        "div",
        el("h2", word("cookies", lang)),
        el("button", word("accept", lang), type="button", data_part="accept"),
        el("button", word("reject", lang), type="button", data_part="reject"),
        role="dialog",
        aria_modal="true" if whole else "",
        aria_label=word("cookies", lang),
        class_="box",
    )
    return el("div", box, class_="over" if whole else "strip", data_part="cookies")


def through(one: Replica, number: int, lang: str) -> El:
    """A page in the way, with the one thing to press that leads on."""
    this = one.through[number]
    to = one.through[number + 1].path if number + 1 < len(one.through) else one.path
    words = said(this.words, lang)
    part = f"through-{number}"
    link = el("a", words, href=to, data_part=part)
    if this.tag == "button":
        link = el("button", words, type="button", data_part=part, data_to=to)
    return el("main", el("h1", one.brand), el("ul", el("li", link)), class_="settings")


def login(one: Replica, variant: Variant) -> El:
    """The page that asks who is there."""
    lang = variant.lang
    return el(
        "main",
        el("h1", word("login", lang)),
        el("label", word("mail", lang), for_="login-name"),
        el("input", id="login-name", type="text", autocomplete="username", data_part="login-name"),
        el("label", word("secret", lang), for_="login-word"),
        el("input", id="login-word", type="password", data_part="login-word"),
        el("button", word("login", lang), type="button", data_part="login"),
        class_="gate",
    )


def captcha(variant: Variant) -> El:
    """The page that asks whether a person is there."""
    words = word("human", variant.lang)
    return el(
        "main",
        el("h1", words),
        el("label", el("input", type="checkbox", data_part="captcha"), f" {words}"),
        class_="gate",
    )
