"""From a text to its clauses: the way of the whole part, one step after the other."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from withhold.policies import find, free_order
from withhold.policies.clause import Clause
from withhold.policies.document import Document
from withhold.policies.passages import document_of

Format = Literal["markdown", "html", "text"]
LANGS = ("en", *free_order.LANGS)
"""Languages whose clauses are found; a document in another is not read, which is not silence."""


class Reading(Struct, frozen=True, kw_only=True):
    """A document and its clauses.

    ``silent``: its language is read and no sentence says anything of training on people's or
    public content. That is not a no.
    """

    document: Document
    clauses: tuple[Clause, ...] = ()

    @property
    def practices(self) -> tuple[Clause, ...]:
        """The clauses that tell what somebody does with content, not what the reader may not."""
        return tuple(one for one in self.clauses if not one.restricts_reader)

    @property
    def understood(self) -> bool:
        """Whether its language is one whose clauses are found."""
        return self.document.lang in ("", *LANGS)

    @property
    def silent(self) -> bool:
        """Whether nothing is said; False where the language is not read or there is no text."""
        return self.understood and bool(self.document.passages) and not self.practices


def read_document(data: str | bytes, format: Format | Literal["pdf"] = "markdown") -> Reading:
    """The document with its clauses. Never raises for what stands in a text; a PDF is bytes."""
    document = document_of(data, format)
    by = free_order if document.lang in free_order.LANGS else find
    return Reading(document=document, clauses=tuple(by.clauses_of(document)))


def read(text: str, format: Format = "markdown") -> list[Clause]:
    """The clauses of a text, restrictions of the reader among them. Empty = nothing is said."""
    return list(read_document(text, format).clauses)
