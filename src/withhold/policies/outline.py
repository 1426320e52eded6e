"""What gathers passages: knows the headings and the lists that a block stands under."""

from __future__ import annotations

import re

from withhold.policies.passage import Passage, PassageKind

Links = tuple[tuple[str, str], ...]
BOLD_LEVEL = 7
"""The level of a line in bold that stands for a heading: below every real one."""
DEEPEST = 20
"""Lists inside lists, at most; what lies deeper is taken as lying here."""
LONGEST_BLOCK = 20_000
"""Characters of one passage, at most: a longer block is cut at a space."""
LONGEST_HEADING = 300
LONGEST_LEAD = 600
"""Characters of one step of a lead; its end is kept, for the list hangs on that."""
_LAST_SENTENCE = re.compile(r"[.!?…][\"”’)]?\s+(?=[A-ZÀ-Þ“\"])")
_LETTERED = re.compile(r"(?:\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)]|[•·▪◦‣●○■–—-])\s")
_OPEN_ENDS = (":", "：", ",", ";", "–", "—", "-")
_CLOSED_ENDS = (".", "!", "?", "…", "。")


class Outline:
    """Takes the blocks of a document in their order; ``passages`` is what came of them."""

    def __init__(self, hang_words: re.Pattern[str]) -> None:
        """``hang_words``: what tells a sentence on which a list hangs ("the following")."""
        self.passages: list[Passage] = []
        self._hang_words = hang_words
        self._stack: list[tuple[int, str]] = []
        self._headings: tuple[str, ...] = ()
        self._base, self._awaited = "", 0
        self._parents: list[str] = []

    def heading(self, text: str, level: int, start: int, end: int, links: Links = ()) -> None:
        """Stands under the headings of a higher rank only; one without words waits for its words,
        one as long as a paragraph is a paragraph."""
        if len(text) > LONGEST_HEADING:
            self.paragraph(text, start, end, links)
            return
        while self._stack and self._stack[-1][0] >= level:
            self._stack.pop()
        self._headings = tuple(one for _, one in self._stack)
        self._leave()
        if self._keep(text, "heading", "", start, end, links):
            self._stack.append((level, text))
            self._headings = tuple(one for _, one in self._stack)
        else:
            self._awaited = level

    def paragraph(self, text: str, start: int, end: int, links: Links = ()) -> None:
        """A block on the page; one that begins with (a) below a lead is an item of its list."""
        if self._awaited and stands_for_heading(text):
            self.heading(text, self._awaited, start, end, links)
            return
        if self._base and _LETTERED.match(text):
            self._keep(text, "item", self._base, start, end, links)
            return
        self._leave()
        if self._keep(text, "paragraph", "", start, end, links):
            self._base = self._hangs(text)

    def item(self, text: str, depth: int, start: int, end: int, links: Links = ()) -> None:
        """An item of a list; ``depth`` 0 is the outermost."""
        depth = min(depth, DEEPEST, len(self._parents))
        del self._parents[depth:]
        self._keep(text, "item", self._lead(), start, end, links)
        self._parents.append(_last_sentence(text))

    def more(self, text: str, depth: int, start: int, end: int, links: Links = ()) -> None:
        """A further block of the item that was last begun at this depth."""
        del self._parents[depth + 1 :]
        held = self._parents.pop() if self._parents else ""
        self._keep(text, "item", self._lead(), start, end, links)
        self._parents.append(self._hangs(text) or held)

    def row(self, text: str, start: int, end: int, links: Links = (), beside: str = "") -> None:
        """A row of a table or a part of it; ``beside`` is what stands in its first cell."""
        lead = " ".join(one for one in (self._base, beside) if one)
        self._keep(text, "row", lead, start, end, links)

    def closes(self, address: str) -> None:
        """A link that began before the last block ends behind it."""
        if self.passages:
            last = self.passages[-1]
            self.passages[-1] = Passage(
                text=last.text,
                kind=last.kind,
                headings=last.headings,
                lead=last.lead,
                start=last.start,
                end=last.end,
                links=(*last.links, (last.text, address)),
            )

    def _leave(self) -> None:
        self._base = ""
        self._parents.clear()

    def _lead(self) -> str:
        return " ".join(one for one in (self._base, *self._parents) if one)

    def _hangs(self, text: str) -> str:
        """The last sentence, where something is still to come after it."""
        last = _last_sentence(text)
        if last.endswith(_OPEN_ENDS) or not last.endswith(_CLOSED_ENDS):
            return last
        return last if self._hang_words.search(last) else ""

    def _keep(
        self, text: str, kind: PassageKind, lead: str, start: int, end: int, links: Links
    ) -> bool:
        if not any(map(str.isalnum, text)):
            return False
        self._awaited = 0
        self.passages.append(
            Passage(
                text=text,
                kind=kind,
                headings=self._headings,
                lead=lead,
                start=start,
                end=end,
                links=links,
            )
        )
        return True


def _last_sentence(text: str) -> str:
    tail = text[-LONGEST_LEAD:]
    at = 0
    for found in _LAST_SENTENCE.finditer(tail):
        at = found.end()
    return tail[at:]


def stands_for_heading(text: str) -> bool:
    """Whether a block all in bold is a heading: it is short, and no sentence."""
    return len(text) <= 120 and not text.endswith((*_CLOSED_ENDS, ";", ",", ":"))
