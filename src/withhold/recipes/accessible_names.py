"""Accessible names from markup alone: a subset of accname 1.2, as Chromium has it.

In this order: ``aria-labelledby`` (also of what is hidden), ``aria-label``, the element's own kind
of label (``label``, ``alt``, ``legend``, a button's ``value``), its content where the role is
named by it, ``title``. Left out: CSS content, ``aria-owns``, the live value of a field, spaces
that come of ``display`` (a block element parts words, an inline one does not).
"""

from __future__ import annotations

from collections.abc import Iterator

from withhold.recipes.accessible_roles import is_gone, parts_of
from withhold.recipes.saved_html import Broken, Element, names

LONGEST = 2000
"""Characters of a name; a longer one is cut, so it is no word of a recipe."""
_WORK = 300_000
"""Elements and texts looked at for all names of a file."""
_BY_CONTENT = names(
    "button checkbox heading link menuitem menuitemcheckbox menuitemradio option radio switch tab "
    "tooltip treeitem"
)
_LABELLED = names("button input meter output progress select textarea")
_BLOCKS = names(
    "address article aside blockquote br dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol optgroup option p pre section "
    "summary table tbody td tfoot th thead tr ul"
)
_TYPED = names("text email tel url search number")


class Names:
    """The names of one document; made before ``composed`` moves what shadow roots hold. Raises
    Broken (``too-large``) when it takes too much work."""

    def __init__(self, page: Element) -> None:
        self._ids: dict[tuple[int, str], Element] = {}
        self._labels: dict[int, list[Element]] = {}
        self._work = 0
        labels: list[Element] = []
        first: dict[int, Element] = {}
        for one in page.below():
            identity = one.attributes.get("id", "")
            if identity:
                self._ids.setdefault((one.scope, identity), one)
            if one.tag == "label":
                labels.append(one)
            if one.label is not None and _can_be_labelled(one):
                first.setdefault(id(one.label), one)
        for label in labels:
            wanted = label.attributes.get("for")
            # a label without ``for`` is of the first control in it
            named = first.get(id(label)) if wanted is None else self._ids.get((label.scope, wanted))
            if named is not None and _can_be_labelled(named):
                self._labels.setdefault(id(named), []).append(label)

    def of(self, one: Element, role: str) -> str:
        """The accessible name of an element with this role; empty where it has none."""
        return self._labelledby(one) or self._own(one) or self._of_kind(one, role)

    def _labelledby(self, one: Element) -> str:
        found = []
        for wanted in one.attributes.get("aria-labelledby", "").split()[:20]:
            named = self._ids.get((one.scope, wanted))
            if named is not None:
                found.append(self._own(named) or self._alt(named) or self.text(named))
        return _joined(found)

    def _own(self, one: Element) -> str:
        return _joined([one.attributes.get("aria-label", "")])

    def _of_kind(self, one: Element, role: str) -> str:
        name = self._by_label(one) or self._alt(one)
        if not name and role in _BY_CONTENT:
            name = self.text(one)
        if not name and one.tag == "fieldset":
            legend = next((each for each in _elements(one) if each.tag == "legend"), None)
            name = self.text(legend) if legend is not None else ""
        return name or _joined([one.attributes.get("title", "")])

    def _by_label(self, one: Element) -> str:
        if not _can_be_labelled(one):
            return ""
        labels = self._labels.get(id(one), [])[:20]
        return _joined([self._own(each) or self.text(each, without=one) for each in labels])

    def _alt(self, one: Element) -> str:
        """The text that stands for an element which has none of its own."""
        kind = one.attributes.get("type", "text").strip().lower() if one.tag == "input" else ""
        if kind in ("button", "submit", "reset"):
            return _joined([one.attributes.get("value", "")])
        if one.tag in ("img", "area") or kind == "image":
            return _joined([one.attributes.get("alt", "")])
        if one.tag == "svg":
            title = next((each for each in _elements(one) if each.tag == "title"), None)
            return _joined(_texts(title)) if title else ""
        return ""

    def text(self, top: Element, without: Element | None = None) -> str:
        """The text of an element as it is read out; without one control that it labels. Hidden
        parts are left out, unless the element itself is hidden (accname 1.2, 2A)."""
        hidden = _is_hidden(top)
        pieces: list[str] = []
        size = 0
        waiting: list[Element | str] = list(reversed(_content(top)))
        while waiting and size < LONGEST:
            one = waiting.pop()
            self._work += 1
            if self._work > _WORK:
                raise Broken("too-large")
            if isinstance(one, str):
                pieces.append(one[:LONGEST])
                size += len(one)
                continue
            if one is without or (not hidden and is_gone(one)):
                continue
            said = self._own(one) or self._alt(one) or _value(one)
            if said:
                pieces.append(f" {said} " if one.tag in _BLOCKS or _value(one) else said)
            else:
                if one.tag in _BLOCKS:
                    pieces.append(" ")
                    waiting.append(" ")
                waiting.extend(reversed(_content(one)))
        return _joined(["".join(pieces)])


def _content(one: Element) -> list[Element | str]:
    if one.tag in ("script", "style", "template", "noscript", "select"):
        return []
    return parts_of(one)


def _value(one: Element) -> str:
    """Of a field or menu that stands inside a label: what the file says that it holds."""
    if one.tag == "input" and one.attributes.get("type", "text").strip().lower() in _TYPED:
        return one.attributes.get("value", "")
    if one.tag == "select":
        options = [each for each in one.below() if each.tag == "option"][:1000]
        chosen = [each for each in options if "selected" in each.attributes] or options
        return _joined(_texts(chosen[0])) if chosen else ""
    return ""


def _texts(one: Element) -> list[str]:
    return [each for each in one.children if isinstance(each, str)]


def _elements(one: Element) -> Iterator[Element]:
    return (each for each in one.children if isinstance(each, Element))


def _can_be_labelled(one: Element) -> bool:
    return one.tag in _LABELLED and one.attributes.get("type", "").strip().lower() != "hidden"


def _is_hidden(one: Element | None) -> bool:
    while one is not None:
        if is_gone(one):
            return True
        one = one.parent
    return False


def _joined(parts: list[str]) -> str:
    return " ".join(" ".join(parts).split())[:LONGEST]
