"""A letter as a page and as a PDF for the post: address window, day, subject, text.

Before it stands a sheet for the person: the banner, what is warned of, and the letter in their
own language. That sheet is no part of what is sent. Nothing is fetched, whatever a letter says.
"""

from __future__ import annotations

from typing import Any, NoReturn

from withhold.errors import BadInput, MissingExtra
from withhold.rights.letters import Written

US_LETTER = frozenset(
    ("US", "CA", "MX", "CL", "CO", "CR", "DO", "GT", "NI", "PA", "PH", "PR", "SV", "VE")
)
"""Where paper is 8.5 by 11 inches; everywhere else it is A4."""


def paper(place: str) -> str:
    """``A4`` or ``letter``, as CSS names it, for where it is printed."""
    return "letter" if place.partition("-")[0].upper() in US_LETTER else "A4"


def as_html(
    written: Written,
    yours: Written | None = None,
    *,
    place: str = "",
    front: bool = True,
    unreviewed: bool = False,
) -> str:
    """The page. ``yours`` is the same letter in the person's language, shown beside it.

    Without ``front`` it is the letter alone, ready to post; BadInput for one that nobody has
    reviewed, unless ``unreviewed``: then it was shown with its banner before.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    if not front and written.status != "reviewed" and not unreviewed:
        raise BadInput(
            f"the letter {written.letter} ({written.lang}) is a {written.status} that nobody has "
            "reviewed: it comes with the sheet that says so",
            "read it; or say that you have read it",
        )
    pages = Environment(
        loader=PackageLoader("withhold.faces.report"), autoescape=True, undefined=StrictUndefined
    )
    beside = yours if yours and yours.lang != written.lang else None
    notes: tuple[str, ...] = ()
    for one in (written, beside):
        notes += tuple(note for note in one.warnings if note not in notes) if one else ()
    return pages.get_template("letter.html").render(
        one=written,
        yours=beside,
        front=front,
        notes=notes,
        size=paper(place),
        window="us" if paper(place) == "letter" else "din",
    )


def as_pdf(
    written: Written,
    yours: Written | None = None,
    *,
    place: str = "",
    front: bool = True,
    unreviewed: bool = False,
) -> bytes:
    """The same page as a PDF with text that can be selected; MissingExtra without WeasyPrint."""
    return printed(as_html(written, yours, place=place, front=front, unreviewed=unreviewed))


def printed(page: str, *, tagged: bool = False) -> bytes:
    """A page as a PDF that fetched nothing; ``tagged`` for those who hear it: PDF/UA-1.

    Raises MissingExtra without WeasyPrint.
    """
    more = {"pdf_variant": "pdf/ua-1", "pdf_tags": True} if tagged else {}
    made: bytes = _printer()(string=page, url_fetcher=_FetchesNothing()).write_pdf(**more)
    return made


def _printer() -> Any:
    try:
        from weasyprint import HTML
    except ImportError as why:
        raise MissingExtra(
            "a PDF needs WeasyPrint, which lays out the page", "pip install 'withhold[pdf]'"
        ) from why
    except OSError as why:  # it is there, but a library of the system that it calls is not
        raise MissingExtra(
            "a PDF needs Pango, a library of the system that WeasyPrint calls",
            "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0  (macOS: "
            "brew install pango)",
        ) from why
    return HTML


class _FetchesNothing:
    """What WeasyPrint asks for pictures, fonts and sheets: it gets none."""

    _fail_on_errors = False  # it reads this of its own fetchers when one refuses

    def __call__(self, url: str, **_: object) -> NoReturn:
        raise ValueError(f"nothing is fetched for a letter: {url[:100]}")
