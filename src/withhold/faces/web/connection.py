"""One connection: headers that never end, too many at once, requests that are none.

uvicorn bounds the size of headers, not their time; a request that it cannot read it answers by
itself, outside of the guard. Both are made up for here.
"""

from __future__ import annotations

from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from withhold.faces.web.forbidden import FORBIDDEN

HEADERS_WITHIN = 10.0
"""Seconds in which the headers of a request have arrived, and the first octet of a connection."""
HEADERS_AT_MOST = 64 * 1024
CONNECTIONS_AT_MOST = 200


class Connection(H11Protocol):
    """uvicorn's, with a clock on the headers."""

    headers_within = HEADERS_WITHIN
    connections_at_most = CONNECTIONS_AT_MOST
    _clock: Any = None

    def connection_made(self, transport: Any) -> None:
        """A new one; closed at once where there are too many."""
        super().connection_made(transport)
        if len(self.connections) > self.connections_at_most:
            transport.abort()
            return
        self._wait_for_headers()

    def data_received(self, data: bytes) -> None:
        """More octets: of headers while no request has begun."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif self._clock is None:
            self._wait_for_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """Gone."""
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """A request that is none: the same headers as every other answer."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        body = msg.encode("ascii", "replace")
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            (b"connection", b"close"),
            *FORBIDDEN,
        ]
        for event in (
            h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
            h11.Data(data=body),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _wait_for_headers(self) -> None:
        self._clock = self.loop.call_later(self.headers_within, self._too_late)

    def _stop_waiting(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _too_late(self) -> None:
        self._clock = None
        if not self.transport.is_closing():
            self.transport.abort()
