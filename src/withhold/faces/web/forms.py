"""Forms: small fields in memory, files into the owner's home, both by limits.

Raises HTTPException: 400 not to be read, 403 without this session's word, 408 too slow, 413 too
large, 415 no form, 507 no room on the disk; ClientDisconnect when the browser goes away. Whatever
happens, nothing of a form that was not taken stays on the disk.
"""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic

import anyio
from msgspec import Struct
from python_multipart.multipart import parse_options_header
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from withhold.faces.web.uploads import MIB, Limits, Multipart
from withhold.faces.web.views import Upload
from withhold.reach.dropped import delete, room

LIMITS = Limits()
_FULL = (errno.ENOSPC, errno.EDQUOT)
_LOOK_EVERY = 64 * MIB
"""Octets after which the room on the disk is looked at again."""


class Sent(Struct, frozen=True, kw_only=True):
    """What a form brought."""

    form: Mapping[str, Sequence[str]] = {}
    files: tuple[Upload, ...] = ()


async def read(
    request: Request,
    home: Path,
    *,
    uploads: bool,
    is_word: Callable[[str, str], bool],
    limits: Limits = LIMITS,
) -> Sent:
    """The fields and files of a form; files only where ``uploads``.

    ``is_word``: whether a word is that of a session.
    """
    body = _Body(request, limits)
    try:
        sent = await _sent(request, body, home, uploads, limits)
    except HTTPException as why:
        if why.status_code != 408:
            await body.linger()
        raise
    word, form = sent.form.get("csrf", ("",)), dict(sent.form)
    if not is_word(word[-1], request.scope.get("withhold.session", "")):
        for one in sent.files:
            delete(one.path)
        raise HTTPException(403)
    form.pop("csrf", None)
    return Sent(form=form, files=sent.files)


async def _sent(request: Request, body: _Body, home: Path, uploads: bool, limits: Limits) -> Sent:
    kind, options = parse_options_header(request.headers.get("content-type"))
    declared = _declared(request)
    if kind == b"application/x-www-form-urlencoded":
        return Sent(form=await _fields(body, declared, limits))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise HTTPException(415)
    most = limits.fields_octets + (limits.files_octets if uploads else limits.fields_octets)
    if declared > most:
        raise HTTPException(413)
    _must_fit(home, declared, limits)
    taking = Multipart(options[b"boundary"], home, limits, uploads=uploads)
    try:
        octets = looked = 0
        async for chunk in body:
            octets += len(chunk)
            if octets > most:
                raise HTTPException(413)
            if octets - looked >= _LOOK_EVERY:
                looked = octets
                _must_fit(home, 0, limits)
            await taking.take(chunk)
        files = await taking.done()
    except BaseException as why:
        taking.drop()
        if isinstance(why, OSError) and why.errno in _FULL:
            raise HTTPException(507) from why
        raise
    return Sent(form=taking.form, files=files)


async def _fields(body: _Body, declared: int, limits: Limits) -> dict[str, list[str]]:
    if declared > limits.fields_octets:
        raise HTTPException(413)
    sent = bytearray()
    async for chunk in body:
        sent += chunk
        if len(sent) > limits.fields_octets:
            raise HTTPException(413)
    if sent.count(b"&") >= limits.fields:
        raise HTTPException(413)
    form: dict[str, list[str]] = {}
    for name, value in QueryParams(bytes(sent)).multi_items():
        form.setdefault(name, []).append(value)
    return form


class _Body:
    """The octets of a request, as they arrive; too slowly: HTTPException 408."""

    def __init__(self, request: Request, limits: Limits) -> None:
        self._receive, self._limits = request.receive, limits
        self.ended = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        began, octets = monotonic(), 0
        while not self.ended:
            message = None
            with anyio.move_on_after(self._limits.silence):
                message = await self._receive()
            if message is None:
                raise HTTPException(408)
            if message["type"] != "http.request":
                raise ClientDisconnect
            self.ended = not message.get("more_body", False)
            octets += len(message.get("body", b""))
            took = monotonic() - began
            if not self.ended and took > self._limits.grace and octets < took * self._limits.rate:
                raise HTTPException(408)
            yield message.get("body", b"")

    async def linger(self) -> None:
        """A refused browser sends on for a while; cut off at once it would not hear why."""
        with anyio.move_on_after(self._limits.linger):
            while not self.ended:
                message = await self._receive()
                self.ended = not message.get("more_body", False)


def _declared(request: Request) -> int:
    """Content-Length; 0 where the body comes in chunks."""
    said = request.headers.get("content-length", "0")
    if not (said.isascii() and said.isdigit() and len(said) < 20):
        raise HTTPException(400)
    return int(said)


def _must_fit(home: Path, octets: int, limits: Limits) -> None:
    if room(home) < octets + limits.spare:
        raise HTTPException(507)


__all__ = ["LIMITS", "ClientDisconnect", "Limits", "Sent", "read"]
