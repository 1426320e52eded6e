"""HTTP around the views: forms in, pages out. Starlette; nothing of a part's own stands here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount
from starlette.routing import Route as Address
from starlette.staticfiles import StaticFiles

from withhold.errors import NotFound, WithholdError
from withhold.faces.web.desk import Desk
from withhold.faces.web.forms import LIMITS, ClientDisconnect, Limits, Sent, read
from withhold.faces.web.guard import Guard, own_path
from withhold.faces.web.log_in import give
from withhold.faces.web.render import html
from withhold.faces.web.routes import ROUTES, page_of
from withhold.faces.web.sessions import Guarding
from withhold.faces.web.views import Answer, Ask, File, Go, Page, Route, View
from withhold.faces.web.words import tip_here, words_of
from withhold.reach.dropped import delete
from withhold.words import LANGS


def create(desk: Desk, guarding: Guarding, limits: Limits = LIMITS) -> Guard:
    """The application for one home, with the guard around it."""
    app = Starlette(
        routes=[
            *(
                Address(one.path, _endpoint(one, desk, guarding, limits), methods=_methods(one))
                for one in ROUTES
            ),
            Address("/log-out", _log_out(desk, guarding), methods=["GET", "POST"]),
            Mount("/static/guide", StaticFiles(packages=[("withhold.faces.guide", "static")])),
            Mount("/static", StaticFiles(packages=[("withhold.faces.web", "static")])),
        ],
        exception_handlers={
            HTTPException: _refused(desk),
            ClientDisconnect: _nobody,
            Exception: _broken,
        },
    )
    app.router.redirect_slashes = False  # an address is written in one way
    return Guard(app, guarding)


def _methods(route: Route) -> list[str]:
    return ["GET"] + ["POST"] * bool(route.post)


def _endpoint(
    route: Route, desk: Desk, guarding: Guarding, limits: Limits
) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        view = route.post if request.method == "POST" else route.get
        if view is None:  # it only takes forms: whoever opens it is led on, and nothing happens
            return RedirectResponse(page_of(route), status_code=303)
        sent = Sent()
        if request.method == "POST":
            sent = await read(
                request, desk.home, uploads=route.upload, is_word=guarding.is_word, limits=limits
            )
        try:
            return await run_in_threadpool(_answered, view, request, sent, desk, guarding)
        finally:
            for one in sent.files:
                if not desk.was_taken(one):
                    delete(one.path)

    return answer


def _answered(view: View, request: Request, sent: Sent, desk: Desk, guarding: Guarding) -> Response:
    ask = _ask(request, sent, desk)
    with desk.answering():
        try:
            answer = view(ask)
        except WithholdError as why:
            answer = trouble(ask, why)
        response = _response(answer, ask, guarding)
    if request.query_params.get("lang") in LANGS:
        response.set_cookie("lang", ask.setting.lang, httponly=True, samesite="strict")
    return response


def _ask(request: Request, sent: Sent, desk: Desk) -> Ask:
    said = request.query_params.get("lang") or request.cookies.get("lang", "")
    setting = desk.setting(said if said in LANGS else "", _day(request.query_params))
    return Ask(
        desk=desk,
        setting=setting,
        session=request.scope.get("withhold.session", ""),
        path=request.url.path,
        query=dict(request.query_params),
        form=sent.form,
        files=sent.files,
        piece=request.headers.get("hx-request") == "true",
    )


def _day(query: Mapping[str, str]) -> str:
    """``when`` of the address, if it is a day that has been; what is none is not asked for."""
    try:
        return query["when"] if date.fromisoformat(query["when"]) <= date.today() else ""  # noqa: DTZ011
    except (KeyError, ValueError):
        return ""


def trouble(ask: Ask, why: WithholdError) -> Page:
    """A page that says what went wrong, and what to do next."""
    words = words_of("frame", ask.setting.lang)
    status = 404 if isinstance(why, NotFound) else 400 if why.exit_code == 2 else 409
    return Page(
        template="trouble.html",
        title=words["trouble"],
        values={"message": why.message, "tip": tip_here(why, words)},
        status=status,
    )


def _response(answer: Answer, ask: Ask, guarding: Guarding) -> Response:
    if isinstance(answer, File):
        headers = {"Content-Disposition": f'attachment; filename="{_file_name(answer.name)}"'}
        return Response(answer.body, media_type=answer.type, headers=headers)
    if isinstance(answer, Go):
        if answer.said:
            ask.desk.flashes[ask.session] = answer
        return RedirectResponse(own_path(answer.to), status_code=303)
    flash = ask.desk.flashes.get(ask.session) if isinstance(answer, Page) else None
    if isinstance(answer, Page) and not answer.refresh:  # else its undo would be gone in a moment
        ask.desk.flashes.pop(ask.session, None)
    text = html(ask, answer, flash, guarding.csrf(ask.session))
    return HTMLResponse(text, status_code=answer.status if isinstance(answer, Page) else 200)


def _file_name(said: str) -> str:
    """A name for a download that is no path, no hidden file and no second header."""
    name = "".join(
        one if one.isascii() and (one.isalnum() or one in "-_.") else "-" for one in said
    )
    return name[-120:].lstrip(".-") or "file"


def _log_out(desk: Desk, guarding: Guarding) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        if request.method != "POST":
            return RedirectResponse("/", status_code=303)
        session = request.scope.get("withhold.session", "")
        await read(request, desk.home, uploads=False, is_word=guarding.is_word)
        guarding.end(session)
        desk.flashes.pop(session, None)
        response = RedirectResponse("/", status_code=303)
        give(response, guarding, "")
        return response

    return answer


async def _nobody(_: Request, __: Exception) -> Response:
    """The browser went away while it sent a form: nobody hears this."""
    return Response(status_code=400)


async def _broken(request: Request, _: Exception) -> Response:
    """An error of this program: it is raised again for the log, with nothing of it on the page."""
    lang = request.cookies.get("lang", "")
    said = words_of("frame", lang if lang in LANGS else "en")["http_500"]
    return Response(f"{said}\n", 500, media_type="text/plain")


def _refused(desk: Desk) -> Any:
    async def answer(request: Request, why: HTTPException) -> Response:
        ask = _ask(request, Sent(), desk)
        words = words_of("frame", ask.setting.lang)
        page = Page(
            template="trouble.html",
            title=words["trouble"],
            values={
                "message": words.get(f"http_{why.status_code}", why.detail),
                "tip": words["http_tip"],
            },
            status=why.status_code,
        )
        return HTMLResponse(html(ask, page), status_code=why.status_code, headers=why.headers)

    return answer
