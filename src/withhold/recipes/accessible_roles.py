"""Roles, states and what is hidden, of one element by its markup alone.

A subset of HTML-AAM 1.0 and WAI-ARIA 1.2, as Chromium has it: the roles that a recipe can name
and those that tell pages apart; every other element is ``generic``. Style sheets are not read:
what a class hides counts as there.
"""

from __future__ import annotations

from typing import Literal

from withhold.recipes.saved_html import Element, names

State = Literal["on", "off", "mixed", "none"]

_NEVER = names(
    "head script style template noscript meta link title base basefont param source track "
    "datalist rp frameset"
)
_OPAQUE = names("audio video canvas object progress meter iframe embed svg img")
"""What stands inside is shown only where the element itself cannot be."""
_NATIVE = {
    "button": "button",
    "dialog": "dialog",
    "fieldset": "group",
    "html": "document",
    "iframe": "iframe",
    "img": "img",
    "li": "listitem",
    "option": "option",
    "p": "paragraph",
    "textarea": "textbox",
    "tr": "row",
}
_INPUTS = {
    "checkbox": "checkbox",
    "radio": "radio",
    "button": "button",
    "submit": "button",
    "reset": "button",
    "image": "button",
    "number": "spinbutton",
    "range": "slider",
    "search": "searchbox",
}
_ROLES = names(
    "alert alertdialog article banner button cell checkbox columnheader combobox complementary "
    "contentinfo definition dialog document feed figure form grid gridcell group heading img image "
    "link list listbox listitem log main menu menubar menuitem menuitemcheckbox menuitemradio "
    "navigation none note option paragraph presentation progressbar radio radiogroup region row "
    "rowgroup rowheader search searchbox separator slider spinbutton status switch tab table "
    "tablist tabpanel term textbox toolbar tooltip tree treegrid treeitem"
)
_CHECKED = ("switch", "checkbox", "radio", "menuitemcheckbox", "menuitemradio")
_SELECTED = ("option", "tab", "treeitem", "row", "gridcell")


def role_of(one: Element) -> str:
    """The first role that the attribute names and that there is; otherwise the element's own."""
    native = _native(one)
    for word in one.attributes.get("role", "").lower().split():
        if word in ("none", "presentation"):
            # what can be focused keeps its own role (WAI-ARIA 1.2, 7.1)
            return native if native in ("button", "link", "checkbox", "radio") else "generic"
        if word in _ROLES:
            return "img" if word == "image" else word
    return native


def _native(one: Element) -> str:
    tag = one.tag
    if tag in ("a", "area"):
        return "link" if "href" in one.attributes else "generic"
    if tag == "input":
        return _INPUTS.get(_type(one), "combobox" if "list" in one.attributes else "textbox")
    if tag == "select":
        size = one.attributes.get("size", "").strip()
        many = "multiple" in one.attributes or (size.isdecimal() and int(size[:9]) > 1)
        return "listbox" if many else "combobox"
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return "heading"
    return _NATIVE.get(tag, "generic")


def _type(one: Element) -> str:
    return one.attributes.get("type", "text").strip().lower()


def level_of(one: Element) -> int:
    """The level of a heading: ``aria-level``, that of ``h1`` to ``h6``, or 2."""
    said = one.attributes.get("aria-level", "").strip()
    if said.isdecimal() and 1 <= int(said[:9]) <= 999:
        return int(said[:9])
    return int(one.tag[1]) if _native(one) == "heading" else 2


def state_of(one: Element, role: str) -> State:
    """What the page itself wrote as the state. A native control's own state stands in no file:
    ``checked`` and ``selected`` are what it began with."""
    if role in _CHECKED:
        return _tristate(one, "aria-checked")
    if role == "button":
        return _tristate(one, "aria-pressed")
    if role in _SELECTED:
        name = "aria-checked" if "aria-checked" in one.attributes else "aria-selected"
        return _tristate(one, name)
    return "none"


def _tristate(one: Element, name: str) -> State:
    said = one.attributes.get(name, "").strip().lower()
    found: dict[str, State] = {"true": "on", "false": "off", "mixed": "mixed"}
    return found.get(said, "none")


def is_native_control(one: Element) -> bool:
    """Whether the browser, not the page, holds its state."""
    if one.tag == "input":
        return True
    return one.tag in ("select", "option", "textarea")


def is_disabled(one: Element, around: bool) -> bool:
    """Whether it cannot be used, by itself or by a disabled ``fieldset`` around it."""
    native = one.tag in ("button", "input", "select", "option", "textarea")
    said = one.attributes.get("aria-disabled", "").strip().lower()
    return (native and (around or "disabled" in one.attributes)) or said == "true"


def is_gone(one: Element) -> bool:
    """Whether neither it nor anything in it is rendered or told to assistive technology."""
    attributes = one.attributes
    if one.tag in _NEVER or "hidden" in attributes or "inert" in attributes:
        return True
    if attributes.get("aria-hidden", "").strip().lower() == "true" or "popover" in attributes:
        return True
    if one.tag == "dialog" and "open" not in attributes:
        return True
    if one.tag == "input" and _type(one) == "hidden":
        return True
    style = style_of(one)
    return style.get("display") == "none" or style.get("content-visibility") == "hidden"


def style_of(one: Element) -> dict[str, str]:
    """The declarations of its ``style`` attribute in small letters; the last of a kind counts."""
    written = one.attributes.get("style", "")
    if not written:
        return {}
    parts = (part.partition(":") for part in written.lower()[:20_000].split(";"))
    return {name.strip(): value.partition("!")[0].strip() for name, _, value in parts}


def holds_nothing(one: Element) -> bool:
    """Whether its children are a substitute, or drawing, and not part of the page's text."""
    return one.tag in _OPAQUE


def parts_of(one: Element) -> list[Element | str]:
    """What stands in an element on the page: of a shadow host its shadow tree, of a slot what was
    put into it (``composed`` did that), of closed details the summary alone."""
    if holds_nothing(one):
        return []
    if one.tag == "details" and "open" not in one.attributes:
        for each in one.children:
            if isinstance(each, Element) and each.tag == "summary":
                return [each]
        return []
    return one.children
