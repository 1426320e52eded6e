"""``withhold serve``: one home, served on this machine until it is interrupted."""

from __future__ import annotations

import contextlib
import logging
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from withhold.errors import BadInput, MissingExtra
from withhold.keep import serving
from withhold.reach import allocator, dropped, listening

if TYPE_CHECKING:
    from uvicorn import Server

    from withhold.faces.web.desk import Desk

_END_WITHIN = 5
"""Seconds that requests and jobs have to come to an end."""
_TURN = 0.001
"""Seconds after which one thread lets another on: what is counted behind a page holds none up."""


class Served(Struct, frozen=True, kw_only=True):
    """How a home is served. ``names``: more names than ``host`` under which it is reached.

    ``unwatched``: nobody sits at a terminal; its pages have a button to end it, and it ends by
    itself after ``idle`` seconds without a request (0 = never).
    """

    port: int = 8765
    host: str = "127.0.0.1"
    names: Sequence[str] = ()
    lang: str = ""
    password: str = ""
    cert: Path | None = None
    key: Path | None = None
    unwatched: bool = False
    idle: float = 0


def serve(home: Path, how: Served, tell: Callable[[str], None]) -> None:
    """Serves one home until it is interrupted; ``tell`` hears the first URL once it answers.

    Raises BadInput (the port is taken, a host that others reach without password and TLS files),
    StoreTrouble (another server has this home), MissingExtra.
    """
    try:
        from withhold.faces.web import warming
        from withhold.faces.web.app import create
        from withhold.faces.web.desk import Desk
        from withhold.faces.web.ending import Ending
        from withhold.faces.web.password import Password
        from withhold.faces.web.sessions import Guarding
    except ModuleNotFoundError as why:
        if (why.name or "").startswith("withhold"):
            raise
        raise MissingExtra("the dashboard lacks a part", 'pip install "withhold[web]"') from why
    address = listening.numeric(how.host)
    must_be_guarded(how, address)
    hosts = names_of(how, address)
    password = Password(how.password) if how.password else None
    sys.setswitchinterval(_TURN)
    allocator.give_back()
    with serving.held(home) as write_down, contextlib.ExitStack() as ending:
        dropped.sweep(home)
        ending.callback(dropped.sweep, home)
        sock = ending.enter_context(contextlib.closing(listening.listening(address, how.port)))
        guarding = Guarding(sock.getsockname()[1], hosts, tls=bool(how.cert), password=password)
        write_down(guarding.base)
        desk = Desk(home, how.lang)
        desk.make_ready()
        ending.callback(_end, desk)
        app: Any = create(desk, guarding)
        if how.unwatched:
            app = ending_app = Ending(app, desk.jobs, how.idle)
            desk.end, desk.idle = ending_app.soon, how.idle
        server = server_of(app, how)
        if how.unwatched:
            ending_app.watch(server)

        def begun() -> None:
            tell(guarding.url)
            warming.begin(desk)

        with _ended_by_signals(server):
            _when_it_answers(server, begun)
            server.run(sockets=[sock])


def must_be_guarded(how: Served, address: str) -> None:
    """Raises BadInput where others could reach it without password or unencrypted."""
    if bool(how.cert) != bool(how.key):
        raise BadInput("TLS takes two files", "--tls-cert FILE --tls-key FILE")
    if listening.is_loopback(address):
        return
    lacks = [
        *(["--password or --password-file"] if not how.password else []),
        *(["--tls-cert and --tls-key"] if not how.cert else []),
    ]
    if lacks:
        raise BadInput(
            f"--host {how.host} is reached by others: it lacks {' and '.join(lacks)}",
            "leave --host out to serve this machine alone",
        )
    if listening.is_every(address) and not how.names:
        raise BadInput(
            f"--host {how.host} is every address of this machine, and no name of one",
            "say the names under which you open it: --name dashboard.example",
        )


def names_of(how: Served, address: str) -> tuple[str, ...]:
    """The names of the server as they stand in an address, the one to print first."""
    said = [*how.names, how.host, address]
    if listening.is_loopback(address):
        said = [address, how.host, "localhost", *how.names]
    names = [f"[{one}]" if ":" in one and not one.startswith("[") else one for one in said]
    return tuple(dict.fromkeys(one.lower() for one in names if not _is_every(one)))


def _is_every(name: str) -> bool:
    return name in ("0.0.0.0", "[::]")  # noqa: S104


def server_of(app: Any, how: Served) -> Server:
    """uvicorn as it is used here. Raises BadInput where the TLS files cannot be used."""
    import uvicorn

    from withhold.faces.web.connection import HEADERS_AT_MOST, Connection

    log = logging.getLogger("uvicorn.error")
    log.setLevel(logging.WARNING)
    log.addFilter(_is_for_the_owner)
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        lifespan="off",
        loop="asyncio",
        interface="asgi3",
        log_config=None,
        access_log=False,  # the first address holds the token
        proxy_headers=False,
        server_header=False,
        h11_max_incomplete_event_size=HEADERS_AT_MOST,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=_END_WITHIN,
        ssl_certfile=how.cert,
        ssl_keyfile=how.key,
    )
    try:
        config.load()
    except OSError as why:  # of the system, or of OpenSSL
        raise BadInput(
            f"the TLS files cannot be used ({why.strerror or why})",
            "a certificate and its key as PEM, readable for you",
        ) from why
    return uvicorn.Server(config)


def _is_for_the_owner(record: logging.LogRecord) -> bool:
    """Requests that are none, and those that end with the server, are no news."""
    why = record.exc_info[1] if record.exc_info else None
    ended = why is not None and not isinstance(why, Exception)
    return not ended and record.levelno >= logging.ERROR and "Cancel" not in str(record.msg)


@contextlib.contextmanager
def _ended_by_signals(server: Server) -> Any:
    """Ctrl-C and SIGTERM end it, cleanly and with exit 0, from its first moment on.

    uvicorn raises a signal again when it has ended; it must find a handler that does no more.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {
        one: signal.signal(one, server.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _when_it_answers(server: Server, does: Callable[[], None]) -> None:
    def wait() -> None:
        while not server.started and not server.should_exit:
            sleep(0.01)
        if server.started:
            does()

    threading.Thread(target=wait, daemon=True).start()


def _end(desk: Desk) -> None:
    """Jobs are told to stop, and have a little time for it."""
    for job in desk.jobs.open():
        job.stop()
    until = monotonic() + _END_WITHIN
    while any(one.state == "running" for one in desk.jobs.open()) and monotonic() < until:
        sleep(0.05)
