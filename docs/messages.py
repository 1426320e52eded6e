"""Brings the guide's messages up to date: ``guide.pot`` for new languages, and every ``*.po``.

``python docs/messages.py`` writes; ``--check`` writes nothing and exits 1 when a file differs.
A message is ``_("...")`` in a template, and ``_("...")`` or ``say("...")`` in the guide's code.
Translations stay. A message whose English changed keeps its old translation, marked ``fuzzy``:
uncertain, and not used until somebody looks at it and takes the mark away. What is no longer said
is dropped. The head of a file, up to its first empty line, is its translators' and stays as it is.

The output depends on the messages only: sorted, no line numbers, no dates.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "src" / "withhold" / "faces" / "guide"
LOCALE = GUIDE / "locale"
KEYWORDS = {"_": None, "say": None}
METHODS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("*.py", "python", {}),
    (
        "templates/*.html",
        "jinja2.ext:babel_extract",
        {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"},
    ),
)
"""Which files, the extractor of Babel that reads them, and how the guide sets Jinja."""
FLAGS = {"fuzzy", "python-format"}
"""The flags that every version of Babel writes alike."""
SHORT = 30
"""A new message of fewer letters is like an old one by chance (``day``, ``may``): no guess."""


def main(args: list[str]) -> int:
    """Writes what differs, or with ``--check`` only says so."""
    wanted = dict(files())
    differ = [one for one, text in wanted.items() if _text(one) != text]
    for path in differ:
        print(f"{path.relative_to(ROOT)}: differs")
    if "--check" in args:
        return 1 if differ else 0
    for path in differ:
        path.write_text(wanted[path], encoding="utf-8")
    return 0


def files() -> Iterator[tuple[Path, str]]:
    """The template and every language, as they should be."""
    template = messages()
    yield LOCALE / "guide.pot", updated(template, _text(LOCALE / "guide.pot"))
    for path in sorted(LOCALE.glob("*.po")):
        yield path, updated(template, _text(path))


def messages() -> Catalog:
    """Every message of the frame, with the files that say it."""
    found = Catalog()
    for pattern, method, options in METHODS:
        for path in sorted(GUIDE.glob(pattern)):
            with path.open("rb") as stream:
                for line, message, comments, context in extract(
                    method, stream, KEYWORDS, options=options
                ):
                    where = [(str(path.relative_to(GUIDE)), line)]
                    found.add(message, None, where, auto_comments=comments, context=context)
    return found


def updated(template: Catalog, text: str) -> str:
    """A file of one language with the messages of today under its own head."""
    head = text.partition("\n\n")[0].strip("\n")
    catalogue = read_po(io.BytesIO(text.encode("utf-8")))
    before = {message.id for message in catalogue}
    catalogue.update(template)
    for message in catalogue:
        message.flags &= FLAGS
        message.previous_id = []
        if message.fuzzy and message.id not in before and len(message.id) < SHORT:
            message.string = ""
            message.flags.discard("fuzzy")
    out = io.BytesIO()
    write_po(
        out,
        catalogue,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    return f"{head}\n\n{out.getvalue().decode('utf-8').strip()}\n"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
