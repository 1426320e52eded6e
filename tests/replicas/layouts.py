"""Five ways to set out the same settings: cards, a table, a definition list, a form, a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.replicas.tree import El, el
from tests.replicas.widgets import Drawn

Section = Callable[[str, str, Sequence[Drawn]], El]


def _heading(text: str, name: str, level: int = 2) -> El:
    return el(f"h{level}", text, id=name, kind="heading")


def cards(name: str, heading: str, rows: Sequence[Drawn]) -> El:
    """A card for each section; words at the left, the control at the right."""
    card = el("section", _heading(heading, name), class_="card", kind="section")
    for one in rows:
        words = el("div", el("p", one.label), class_="words")
        if one.note:
            words.children.append(one.note)
        card.children.append(el("div", words, one.control, class_="row", kind="row"))
    return card


def table(name: str, heading: str, rows: Sequence[Drawn]) -> El:
    """A heading, and a row of a table for each setting."""
    body = el("tbody", kind="rows")
    for one in rows:
        head = el("th", one.label, scope="row")
        if one.note:
            head.children.append(one.note)
        body.children.append(el("tr", head, el("td", one.control), kind="row"))
    return el("div", _heading(heading, name), el("table", body), class_="plain", kind="section")


def listed(name: str, heading: str, rows: Sequence[Drawn]) -> El:
    """A definition list: the name of a setting is the term."""
    terms = el("dl", kind="rows")
    for one in rows:
        about = el("dd", class_="about")
        if one.note:
            about.children.append(one.note)
        about.children.append(one.control)
        terms.children.append(el("div", el("dt", one.label), about, class_="pair", kind="row"))
    return el("article", _heading(heading, name, 3), terms, class_="plain", kind="section")


def form(name: str, heading: str, rows: Sequence[Drawn]) -> El:
    """A form with a fieldset for each section, the control before its label."""
    fields = el("fieldset", el("legend", _heading(heading, name)), kind="section")
    for one in rows:
        row = el("div", one.control, one.label, class_="field", kind="row")
        if one.note:
            row.children.append(one.note)
        fields.children.append(row)
    return fields


def client(name: str, heading: str, rows: Sequence[Drawn]) -> El:
    """Boxes in boxes, as a page makes them that is built by its script."""
    items = el("ul", class_="items", kind="rows")
    for one in rows:
        left = el("div", el("div", one.label))
        if one.note:
            left.children.append(el("div", one.note))
        inner = el("div", left, el("div", el("div", one.control)), class_="row")
        items.children.append(el("li", inner, kind="row"))
    head = el("div", el("div", _heading(heading, name)))
    return el("div", head, items, class_="card", kind="section")


LAYOUTS: dict[str, Section] = {
    "cards": cards,
    "table": table,
    "list": listed,
    "form": form,
    "client": client,
}
