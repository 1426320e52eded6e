"""Only yours: whom the dashboard answers. Pure ASGI, around everything.

Each request is asked, in this order: is the method one of three; does its Host name this server
(DNS rebinding); did a page of this server send it (Origin, Sec-Fetch-Site); has it a session.
What is refused learns nothing of the owner, and every answer bears the same headers.
"""

from __future__ import annotations

import re

from starlette.datastructures import Headers, QueryParams
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from withhold.faces.web.forbidden import FORBIDDEN, KEPT_BY_THE_BROWSER, KEPT_NOWHERE
from withhold.faces.web.log_in import LOG_IN, give, log_in, refused
from withhold.faces.web.sessions import Guarding

METHODS = ("GET", "HEAD", "POST")
STATIC = "/static/"
_OURS = ("same-origin", "none")
"""``Sec-Fetch-Site`` of a page of this server, and of an address typed or opened from outside."""
_OWN_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")
"""An address of this server: one slash, then no backslash, space or control character."""


def own_path(said: str) -> str:
    """An address within this server as it is, and ``/`` for any other: no redirect leads out."""
    return said if _OWN_PATH.fullmatch(said) else "/"


class Guard:
    """ASGI around the application."""

    def __init__(self, app: ASGIApp, guarding: Guarding) -> None:
        self.app, self.guarding = app, guarding

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets through what is the owner's."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        body = _Body(scope, receive)
        sending = _with_headers(send, body, scope["path"].startswith(STATIC))
        answer = self._refused(scope) or await self._entered(scope, body)
        await (answer or self.app)(scope, body, sending)

    def _refused(self, scope: Scope) -> Response | None:
        """Who is not answered at all, whatever they carry. HTTP's words; nothing of the owner."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self.guarding.is_own(hosts[0]):
            return PlainTextResponse("This server does not go by that name.\n", 421)
        if scope["method"] not in METHODS:
            allow = {"Allow": ", ".join(METHODS)}
            return PlainTextResponse("GET, HEAD and POST only.\n", 405, headers=allow)
        if not scope["path"].startswith("/"):
            return PlainTextResponse("No such address.\n", 400)
        if scope["method"] == "POST" and not self._is_from_here(headers, hosts[0]):
            return PlainTextResponse("This did not come from a page of this server.\n", 403)
        return None

    def _is_from_here(self, headers: Headers, host: str) -> bool:
        """Whether a page of this server, under the same name, sent a form."""
        site = headers.get("sec-fetch-site")
        if site is not None and site != "same-origin":
            return False
        origin = headers.get("origin", "null")
        if origin == "null":  # a browser that says nothing of the one has to say the other
            return site == "same-origin"
        return origin.lower() == f"{self.guarding.scheme}://{host.lower()}"

    async def _entered(self, scope: Scope, receive: Receive) -> Response | None:
        """None for who has a session; else how to come by one."""
        guarding, headers = self.guarding, Headers(scope=scope)
        said = QueryParams(scope["query_string"]).getlist("token")
        if said and scope["method"] == "GET" and guarding.is_token(said[-1]):
            return self._opened(scope, headers)
        session = cookie_parser(headers.get("cookie", "")).get(guarding.cookie, "")
        ours = headers.get("sec-fetch-site", "none") in _OURS
        if session and ours and guarding.is_open(session):
            scope["withhold.session"] = session
            old = said and scope["method"] == "GET"  # of an earlier server: in no link of a page
            return RedirectResponse(_without_token(scope), 303) if old else None
        if ours and scope["path"].startswith(STATIC):
            return None  # styles of the page for who has no session; nothing of the owner is there
        if guarding.password and scope["path"] == LOG_IN and scope["method"] == "POST":
            return await log_in(scope, receive, guarding)
        return refused(headers, guarding)

    def _opened(self, scope: Scope, headers: Headers) -> Response:
        """A session, and on to the same address without the token."""
        to = _without_token(scope)
        if headers.get("sec-fetch-site", "none") in _OURS:
            answer: Response = RedirectResponse(to, 303)
        else:  # a strict cookie is not sent along a way that began elsewhere: begin anew from here
            safe = to.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
            answer = HTMLResponse(
                f'<!doctype html><meta http-equiv="refresh" content="0; url={safe}">'
                f'<title>withhold</title><a href="{safe}">withhold</a>'
            )
        give(answer, self.guarding, self.guarding.begin())
        return answer


def _without_token(scope: Scope) -> str:
    """The address that was asked for, as it was written, without the token."""
    path = scope.get("raw_path", b"").decode("ascii", "replace")
    parts = scope["query_string"].decode("ascii", "replace").split("&")
    rest = "&".join(one for one in parts if one and "token" not in QueryParams(one))
    return own_path(f"{path}?{rest}" if rest else path)


class _Body:
    """The body of a request, and whether all of it has come."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        headers = Headers(scope=scope)
        self._receive = receive
        self.ended = (
            "transfer-encoding" not in headers and headers.get("content-length", "0") == "0"
        )

    async def __call__(self) -> Message:
        message = await self._receive()
        self.ended = self.ended or not message.get("more_body", False)
        return message


def _with_headers(send: Send, body: _Body, static: bool) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            found = static and message["status"] in (200, 304)
            ours: tuple[tuple[bytes, bytes], ...] = (
                *FORBIDDEN,
                KEPT_BY_THE_BROWSER if found else KEPT_NOWHERE,
            )
            names = {name for name, _ in ours}
            theirs = [one for one in message.get("headers", ()) if one[0].lower() not in names]
            if not body.ended:  # nobody reads what still comes: no connection is kept for it
                theirs.append((b"connection", b"close"))
            message = {**message, "headers": [*theirs, *ours]}
        await send(message)

    return sending
