"""What a browser is asked of a page: whether it fits, is cut, can be hit with a finger."""

from __future__ import annotations

from typing import Any

WIDER = "document.documentElement.scrollWidth - window.innerWidth"
CUT = """() => [...document.querySelectorAll('body *')].filter((one) => {
  const style = getComputedStyle(one);
  if (style.overflowX === 'visible' || one.closest('.away, .wide, svg')) return false;
  if (one.matches('input, select, option, optgroup')) return false;
  return one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
}).map((one) => one.outerHTML.slice(0, 120))"""
OVER = """() => [...document.querySelectorAll(
  'h1, h2, h3, h4, p, li, dd, dt, summary, label, button')]
  .filter((one) => one.checkVisibility() && !one.closest('.away, .wide, .skip'))
  .filter((one) => getComputedStyle(one).display !== 'inline')
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.outerHTML.slice(0, 120))"""
# WCAG 2.5.8: 24 x 24, or a circle of 24 around the middle that touches nothing else; links in a
# sentence are excepted, and lists of links with only dots between them are no sentence
SMALL = """() => {
  const all = [...document.querySelectorAll(
    'a[href], button, select, textarea, summary, label:has(input), input:not(label input)')]
    .filter((one) => one.checkVisibility() && !one.matches('.skip'));
  const boxes = all.map((one) => one.getBoundingClientRect());
  const small = (box) => box.width < 24 || box.height < 24;
  const sentence = (one) => getComputedStyle(one).display.startsWith('inline')
    && [...one.parentElement.childNodes].some((node) =>
      (node.nodeType === 3 || (node.nodeType === 1 && !node.matches('a, small, br')))
      && /\\p{L}/u.test(node.textContent));
  const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
  const gap = ([x, y], box) => Math.hypot(
    Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  const found = [];
  all.forEach((one, i) => {
    if (!small(boxes[i]) || sentence(one)) return;
    const here = middle(boxes[i]);
    const touched = all.some((other, j) => {
      if (i === j || one.contains(other) || other.contains(one)) return false;
      if (Math.abs(boxes[j].y - here[1]) > 400) return false;
      if (gap(here, boxes[j]) < 12) return true;
      const there = middle(boxes[j]);
      return small(boxes[j]) && !sentence(other)
        && Math.hypot(here[0] - there[0], here[1] - there[1]) < 24;
    });
    if (touched) found.push(`${Math.round(boxes[i].width)}x${Math.round(boxes[i].height)} `
      + one.outerHTML.slice(0, 120));
  });
  return found;
}"""


def with_style(page: Any, css: str) -> None:
    """A style of the reader's; a constructed sheet is no inline style, so the CSP lets it be."""
    page.evaluate(
        "(css) => { const own = new CSSStyleSheet(); own.replaceSync(css);"
        " document.adoptedStyleSheets = [own]; }",
        css,
    )
