"""Without a session: how to come by one. The form of a server with a password, and its end."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Receive, Scope

from withhold.faces.web.sessions import Guarding
from withhold.faces.web.words import words_of
from withhold.words import LANGS

if TYPE_CHECKING:
    from jinja2 import Environment

LOG_IN = "/log-in"
_BODY = 16 * 1024
_SECONDS = 10.0


def refused(headers: Headers, guarding: Guarding, status: int = 401, problem: str = "") -> Response:
    """What everybody may see: how the owner gets in. Nothing of the owner stands in it.

    In the language that the browser prefers; the owner's own is not told.
    """
    lang = _lang(headers.get("accept-language", ""))
    words = words_of("serve", lang)
    name = "log_in.html" if guarding.password else "refused.html"
    text = _pages().get_template(name).render(lang=lang, w=words, problem=words.get(problem, ""))
    return HTMLResponse(text, status)


async def log_in(scope: Scope, receive: Receive, guarding: Guarding) -> Response:
    """The form was sent: a session for the right password; else the form again, and a wait."""
    request = Request(scope, receive)
    password = guarding.password
    who = _who(scope)
    wait = password.wait(who) if password else 0.0
    if password and not wait:
        word = await _said(request)
        right = await run_in_threadpool(password.opens, word, who)
        if right:
            answer = RedirectResponse("/", 303)
            give(answer, guarding, guarding.begin())
            return answer
    if wait:
        late = refused(request.headers, guarding, 429, "wait")
        late.headers["Retry-After"] = str(math.ceil(wait))
        return late
    return refused(request.headers, guarding, 403, "wrong")


def give(answer: Response, guarding: Guarding, session: str) -> None:
    """The cookie of a session, strict and not for scripts (RFC 6265bis); ended without one."""
    answer.set_cookie(
        guarding.cookie,
        session,
        max_age=None if session else 0,
        path="/",
        secure=guarding.tls,
        httponly=True,
        samesite="strict",
    )


async def _said(request: Request) -> str:
    """The password of the form; empty where it cannot be read."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return ""
    body = b""
    with anyio.move_on_after(_SECONDS) as time:
        try:
            async for chunk in request.stream():
                body += chunk
                if len(body) > _BODY:
                    return ""
        except ClientDisconnect:
            return ""
    return "" if time.cancelled_caught else QueryParams(body).get("password", "")


def _who(scope: Scope) -> str:
    """Whom a wrong word is held against: an address; of IPv6 the /64 that one person has."""
    host = str((scope.get("client") or ("", 0))[0])
    if ":" not in host or "." in host:
        return host
    import ipaddress

    return str(ipaddress.ip_network((host.partition("%")[0], 64), strict=False))


def _lang(accepted: str) -> str:
    for one in accepted[:200].split(","):
        if (lang := one.strip()[:2].lower()) in LANGS:
            return lang
    return "en"


@cache
def _pages() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("withhold.faces.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
