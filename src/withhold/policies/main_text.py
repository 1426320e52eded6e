"""The main text of a page by trafilatura (Apache-2.0; extra ``[policies]``), to recall all of it.

Only for pages of which our own reading kept nearly nothing: it was made for articles.
"""

from __future__ import annotations

from withhold.errors import MissingExtra

LONGEST = 1_000_000
"""Characters of a page that are given to it, at most: its parser is not linear."""
_MOST_TAGS = 20_000


def main_text(page: str) -> str:
    """Markdown; empty where it finds nothing or the page is too much for it.

    Raises MissingExtra without trafilatura.
    """
    if len(page) > LONGEST or page.count("<") > _MOST_TAGS:
        return ""
    try:
        from trafilatura import extract
    except ImportError as why:
        raise MissingExtra(
            "this page needs an extra to be read", 'pip install "withhold[policies]"'
        ) from why
    try:
        found = extract(
            page,
            output_format="markdown",
            favor_recall=True,
            include_tables=True,
            include_links=True,
            include_comments=False,
        )
    except Exception:  # a parser that gives up on a broken page; nothing was found
        return ""
    return found or ""
