"""What a person without a terminal sees when the application could not be started: a page."""

from __future__ import annotations

import traceback
from html import escape

from withhold.errors import WithholdError
from withhold.faces.web.words import Words

FILE = "app-error.html"


def told(why: BaseException, words: Words, lang: str) -> str:
    """The page, whole in itself: no server answers for its styles."""
    ours = isinstance(why, WithholdError)
    message = why.message if isinstance(why, WithholdError) else f"{type(why).__name__}: {why}"
    tip = why.tip if isinstance(why, WithholdError) else words["failed_unknown"]
    lines = "" if ours else "".join(traceback.format_exception(why))
    parts = [
        _paragraph("h1", words["failed"]),
        _paragraph("p", words["failed_lead"]),
        _paragraph("h2", words["failed_what"]),
        _paragraph("p", message),
        _paragraph("h2", words["failed_try"]),
        *([_paragraph("p", tip)] if tip else []),
        *([_paragraph("p", words["failed_else"])] if ours else []),
    ]
    if lines:
        about = _paragraph("p", words["failed_lines_about"])
        said = f"<details><summary>{escape(words['failed_lines'])}</summary>{about}"
        parts.append(f"{said}<pre>{escape(lines)}</pre></details>")
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(words['failed'])}</title>\n"
        "<style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:2rem auto;"
        "padding:0 1rem}pre{white-space:pre-wrap;font-size:.85rem}</style></head>\n"
        f"<body>\n<main>\n{chr(10).join(parts)}\n</main>\n</body>\n</html>\n"
    )


def _paragraph(tag: str, said: str) -> str:
    return f"<{tag}>{escape(said)}</{tag}>"
