"""The server of the replicas: https on a loopback port, any host name, every request written down.

Requests carry the number of their run, so that what an earlier page still sends is not taken for
this one's. Paths that begin with ``/~`` belong to the tests and are no part of any page.
"""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.replicas import documents
from tests.replicas.certificate import Certificate
from tests.replicas.described import HERE, Replica
from tests.replicas.stored import Asked, Pressed, Truth
from tests.replicas.variants import Variant

_TOKEN = b"<!doctype html><script>localStorage.setItem('token', '1')</script>"
_FILES = {"/~page.js": "text/javascript", "/~page.css": "text/css"}


class Served:
    """The server, with the runs that it knows. ``begin`` starts the next one."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._runs: dict[int, Truth] = {}
        self._lock = threading.Lock()
        self._last = 0

    def begin(self, one: Replica, variant: Variant, seed: int | None = None) -> Truth:
        """A page in its first state; from now on it is what the server shows."""
        with self._lock:
            self._last += 1
            truth = Truth(self._last, one, variant, seed)
            self._runs[self._last] = truth
        return truth

    def run(self, number: str = "") -> Truth | None:
        """The run of a number, or the last one."""
        return self._runs.get(int(number) if number.isdecimal() else self._last)


@contextmanager
def serve(certificate: Certificate) -> Iterator[Served]:
    """Serves until the block ends."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.chain, certificate.key)
    server = _Server(("127.0.0.1", 0), _Handler)
    server.context = context
    server.served = Served(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    context: ssl.SSLContext
    served: Served

    def get_request(self) -> tuple[Any, Any]:
        connection, address = self.socket.accept()
        connection.settimeout(30)
        return (
            self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False),
            address,
        )

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that ends a connection is no fault."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""

    def setup(self) -> None:
        self.request.do_handshake()
        super().setup()

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        truth = self.server.served.run(query.get("run", ""))
        if address.path == "/~token":
            self._send(200, _TOKEN, "text/html")
        elif address.path in _FILES:
            self._send(200, (HERE / address.path[2:]).read_bytes(), _FILES[address.path])
        elif truth is None:
            self._send(404)
        elif address.path == "/~pressed":
            truth.pressed.append(Pressed(query.get("part", ""), query.get("how", "")))
            self._send(204)
        else:
            self._page(truth, address.path, query)

    def _page(self, truth: Truth, path: str, query: dict[str, str]) -> None:
        host = self.headers.get("Host", "").partition(":")[0]
        truth.asked.append(Asked(host, "GET", path))
        if truth.dead:
            self._cut()
            return
        if path == "/~state":
            if query.get("which") == "stored":
                time.sleep(truth.variant.default)
            tree = documents.state(truth, query.get("which", ""))
            self._send(200, json.dumps(tree).encode(), "application/json")
            return
        answer = documents.answer(truth, host, path, query)
        self._send(
            answer.status, answer.body, "text/html; charset=utf-8", answer.to, answer.kept_for
        )

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        sent = self.rfile.read(length)
        truth = self.server.served.run(self.headers.get("x-run", ""))
        if truth is None:
            self._send(404)
            return
        host = self.headers.get("Host", "").partition(":")[0]
        truth.asked.append(Asked(host, self.command, self.path))
        if truth.dead:
            self._cut()
            return
        if self.path != truth.replica.save.path or self.command != truth.replica.save.method:
            self._send(204)  # what a browser or a page sends beside: counted as asked, no save
            return
        said = json.loads(sent)
        time.sleep(truth.variant.slow)
        status = truth.save(host, str(said["part"]), str(said["to"]))
        if status:
            self._send(status, b"{}", "application/json")
        else:
            self._cut()

    do_PUT = do_PATCH = do_DELETE = do_POST  # noqa: N815

    def do_OPTIONS(self) -> None:
        """Another host of the same site asks whether it may write here."""
        truth = self.server.served.run()
        if truth is not None and truth.dead:
            self._cut()
        else:
            self._send(204)

    def _shared(self) -> None:
        origin = self.headers.get("Origin", "")
        if origin:
            self.send_header("Access-Control-Allow-Origin", origin)
            self.send_header("Access-Control-Allow-Credentials", "true")
            self.send_header("Access-Control-Allow-Methods", "POST, PUT, PATCH")
            self.send_header("Access-Control-Allow-Headers", "content-type, x-run")

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _send(
        self, status: int, body: bytes = b"", kind: str = "text/plain", to: str = "", kept: int = 0
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if to:
            self.send_header("Location", to)
        static = self.path in _FILES
        self.send_header(
            "Cache-Control",
            f"private, max-age={600 if static else kept}" if static or kept else "no-store",
        )
        self._shared()
        self.end_headers()
        self.wfile.write(body)
