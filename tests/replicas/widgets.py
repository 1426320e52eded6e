"""The thing that is pressed: switch, checkbox, radio buttons or menu, and how it gets its name."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.replicas.described import State
from tests.replicas.tree import El, el


@dataclass(frozen=True)
class Asked:
    """One setting to be drawn. ``part`` names it to the server and stays on every element of it."""

    part: str
    label: str
    note: str
    state: State
    widget: str
    style: str
    on: str
    off: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawn:
    """Its visible text, its further words, and the control itself."""

    label: El
    note: El | None
    control: El


def drawn(asked: Asked) -> Drawn:
    """The elements of one setting. Each is named by its visible label."""
    name_id = f"{asked.part}-name"
    note = el("p", asked.note, class_="note", id=f"{asked.part}-note") if asked.note else None
    if asked.widget in ("switch", "checkbox") and asked.style == "input":
        label = el(
            "label",
            asked.label,
            for_=f"{asked.part}-input",
            class_="name",
            data_part=asked.part,
            kind="label",
        )
        return Drawn(label, note, _input(asked))
    label = el("span", asked.label, id=name_id, class_="name", kind="label")
    if asked.widget == "radio":
        return Drawn(label, note, _radios(asked, name_id))
    if asked.widget == "menu":
        return Drawn(label, note, _menu(asked, name_id))
    if asked.style == "hidden":
        return Drawn(label, note, _hidden(asked, name_id))
    if asked.widget == "checkbox":
        box = _input(asked)
        box.attributes["aria-labelledby"] = name_id
        return Drawn(label, note, box)
    return Drawn(label, note, _button(asked, name_id))


def _button(asked: Asked, name_id: str) -> El:
    return el(
        "button",
        el("span", class_="knob"),
        type="button",
        role="switch",
        class_="switch",
        aria_checked="true" if asked.state == "on" else "false",
        aria_labelledby=name_id,
        data_part=asked.part,
        kind="setting",
        **_plain(asked),
    )


def _input(asked: Asked) -> El:
    return el(
        "input",
        type="checkbox",
        role="switch" if asked.widget == "switch" else "",
        id=f"{asked.part}-input",
        class_="box",
        checked="checked" if asked.state == "on" else "",
        data_part=asked.part,
        kind="setting",
        **_plain(asked),
    )


def _hidden(asked: Asked, name_id: str) -> El:
    box = _input(asked)
    box.attributes["class"] = "unseen"
    box.attributes["aria-labelledby"] = name_id
    return el("label", box, el("span", class_="track"), class_="toggle", data_part=asked.part)


def _radios(asked: Asked, name_id: str) -> El:
    group = el("div", role="radiogroup", aria_labelledby=name_id, class_="radios", kind="setting")
    group.attributes.update(asked.attributes)
    for value, words in (("on", asked.on), ("off", asked.off)):
        box = el(
            "input",
            type="radio",
            name=asked.part,
            value=value,
            checked="checked" if asked.state == value else "",
            data_part=asked.part,
        )
        group.children.append(el("label", box, f" {words}", data_part=asked.part))
    return group


def _menu(asked: Asked, name_id: str) -> El:
    menu = el(
        "select",
        aria_labelledby=name_id,
        class_="menu",
        data_part=asked.part,
        kind="setting",
        **_plain(asked),
    )
    for value, words in (("on", asked.on), ("off", asked.off)):
        chosen = "selected" if asked.state == value else ""
        menu.children.append(el("option", words, value=value, selected=chosen))
    return menu


def _plain(asked: Asked) -> dict[str, str]:
    return {name.replace("-", "_"): value for name, value in asked.attributes.items()}
