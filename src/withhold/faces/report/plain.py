"""Texts that others wrote, made inert for where they are printed."""

from __future__ import annotations


def printable(text: str) -> str:
    """Without control characters: a name cannot move the cursor or start a new line.

    The no-break space is kept: French has one inside its quotes.
    """
    return "".join(
        char if char.isprintable() or char == "\N{NO-BREAK SPACE}" else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


def markdown(text: str) -> str:
    """With nothing in it that Markdown or HTML would take for markup."""
    for char in "\\`*_[]<>":
        text = text.replace(char, "\\" + char)
    return printable(text.replace("\n", " "))


def inert(text: str) -> str:
    """A cell that a spreadsheet would take for a formula, behind an apostrophe; others as is."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def cell(text: str) -> str:
    """A cell of a CSV that people open: printable, and never a formula."""
    return inert(printable(text))
