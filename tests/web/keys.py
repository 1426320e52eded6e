"""Somebody without a mouse: Tab from thing to thing, and each can be seen when it has the focus."""

from __future__ import annotations

from typing import Any

import pytest

SEEN = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "nothing has the focus";
  const called = one.outerHTML.slice(0, 90);
  const box = one.getClientRects()[0];
  if (!box || box.width < 1 || box.height < 1) return "it has no size: " + called;
  const tall = box.height > innerHeight;
  const [first, last] = tall ? [box.bottom - 20, box.top + 20] : [box.top, box.bottom - 1];
  if (first < 0 || last > innerHeight || box.left < 0 || box.left > innerWidth)
    return "it is out of sight: " + called;
  const middle = tall ? innerHeight / 2 : box.top + box.height / 2;
  const top = document.elementFromPoint(box.left + box.width / 2, middle);
  if (!one.contains(top) && !(top?.contains(one) && !top.closest(".bar")))
    return "it is covered: " + called + " by " + top?.outerHTML.slice(0, 90);
  if (!one.matches("main") && getComputedStyle(one).outlineStyle === "none")
    return "it has no outline: " + called;
  return "";
}
"""


class Keys:
    """A person without a mouse: goes on with Tab until they are where they want to be."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.way: list[str] = []

    def at(self, selector: str) -> bool:
        """Whether the focus is on it."""
        return bool(self.page.evaluate("s => document.activeElement.matches(s)", selector))

    def tab(self, back: bool = False) -> None:
        """One step on or back; what has the focus then can be seen."""
        self.page.keyboard.press("Shift+Tab" if back else "Tab")
        trouble = self.page.evaluate(SEEN)
        assert trouble in ("", "nothing has the focus"), trouble
        self.way.append(self.page.evaluate("document.activeElement.id"))

    def to(self, selector: str, back: bool = False, most: int = 150) -> None:
        """To the next thing that the selector names."""
        for _ in range(most):
            self.tab(back)
            if self.at(selector):
                return
        pytest.fail(f"{selector} is not reached by Tab")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
