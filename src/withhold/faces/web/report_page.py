"""A report of everything to give away: what goes in is chosen, then the file is made and saved.

Nothing is written down for it. The form only reads, so it is a question (GET): going back and
loading anew repeat nothing that matters.
"""

from __future__ import annotations

from withhold.errors import NothingToCheck
from withhold.faces.cli.report import told_of
from withhold.faces.report.whole import TYPES, made
from withhold.faces.report.whole_telling import Options
from withhold.faces.report.whole_telling import words_of as words_of_reports
from withhold.faces.web.views import Ask, File, Go, Page, Route
from withhold.faces.web.words import told_here, words_of
from withhold.words import LANGS

_COVERS_NOT = ("limit_not_fetched", "limit_known", "limit_models", "limit_law")


def show(ask: Ask) -> Page:
    """The form; once it was sent, that the file is being made, then where to save it."""
    words = words_of("report", ask.setting.lang)
    kind, lang, options = _chosen(ask)
    wrong = _wrong(ask, kind, options)
    asked = "make" in ask.query and not wrong
    body, why = _body(ask) if asked else (None, "")
    limits = words_of_reports(ask.setting.lang)
    return Page(
        template="report.html",
        title=words["title"],
        part="report",
        values={
            "words": words,
            "kinds": list(TYPES),
            "langs": LANGS,
            "kind": kind,
            "lang": lang,
            "options": options,
            "wrong": wrong,
            "asked": asked,
            "why": why,
            "size": len(body) if body else 0,
            "address": f"/report/file?{_query(kind, lang, options)}",
        },
        command=_command(kind, lang, options),
        covers_not=tuple(limits[one] for one in _COVERS_NOT),
        refresh=2 if asked and body is None and not why else 0,
        status=400 if wrong else 200,
    )


def save(ask: Ask) -> File | Go:
    """The file; back to the page that waits for it where it is not made yet."""
    kind, lang, options = _chosen(ask)
    body = None if _wrong(ask, kind, options) else _body(ask)[0]
    if body is None:
        return Go(to=f"/report?{_query(kind, lang, options)}")
    return File(body=body, type=TYPES[kind], name=f"withhold-{ask.setting.when}.{kind}")


def _chosen(ask: Ask) -> tuple[str, str, Options]:
    """What is asked for; without an answer how posts stand goes in, and names."""
    query = ask.query
    fresh = "make" not in query
    lang = query.get("in_lang", "")
    return (
        query.get("kind", "html"),
        lang if lang in LANGS else ask.setting.lang,
        Options(
            posts=fresh or "posts" in query,
            excerpts="excerpts" in query,
            names=fresh or "names" in query,
        ),
    )


def _wrong(ask: Ask, kind: str, options: Options) -> dict[str, str]:
    """Field -> what is wrong with it."""
    words = words_of("report", ask.setting.lang)
    found = {} if kind in TYPES else {"kind": words["wrong_kind"]}
    if options.excerpts and not options.names:
        found["excerpts"] = words["wrong_excerpts"]
    elif options.excerpts and not options.posts:
        found["excerpts"] = words["wrong_posts"]
    return found


def _body(ask: Ask) -> tuple[bytes | None, str]:
    """The file, None until it is made; or why there is nothing to make it of."""
    kind, lang, options = _chosen(ask)
    when = ask.setting.when.isoformat() if ask.setting.when < ask.setting.today else ""
    setting = ask.desk.setting(lang, when)

    def make() -> bytes:
        return made(kind, told_of(setting, options))

    try:
        # an earlier one, of before the last change, is none: it would be given away as today's
        body, fresh = ask.desk.later(setting, "report", make, kind, options)
    except NothingToCheck as why:
        return None, told_here(why, ". ")
    return (body if fresh else None), ""


def _query(kind: str, lang: str, options: Options) -> str:
    """The same answers as an address; all are of closed lists, so nothing has to be escaped."""
    flags = ("posts", "excerpts", "names")
    chosen = [("make", "1"), ("kind", kind if kind in TYPES else "html"), ("in_lang", lang)]
    chosen += [(one, "1") for one in flags if getattr(options, one)]
    return "&".join(f"{name}={said}" for name, said in chosen)


def _command(kind: str, lang: str, options: Options) -> str:
    parts = ["withhold report", f"report.{kind if kind in TYPES else 'html'}", f"--lang {lang}"]
    parts += [] if options.posts else ["--no-posts"]
    parts += ["--with-posts"] if options.excerpts else []
    parts += [] if options.names else ["--without-names"]
    return " ".join(parts)


ROUTES = (Route(path="/report", get=show), Route(path="/report/file", get=save))
