"""The secrets of one server: the token of its first URL, the sessions it opened, their words.

All of it lies in memory and ends with the server. What is compared is compared in constant time.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections.abc import Sequence

from withhold.faces.web.password import Password

LOOPBACK = ("127.0.0.1", "localhost")
SESSIONS_AT_MOST = 50


class Guarding:
    """Whom one server answers, and under which names.

    ``hosts``: names as they stand in an address, ``[::1]`` in brackets. ``password``: asked for
    instead of the token; then there is no token that opens anything.
    """

    def __init__(
        self,
        port: int,
        hosts: Sequence[str] = LOOPBACK,
        *,
        tls: bool = False,
        password: Password | None = None,
    ) -> None:
        self.port, self.hosts, self.tls, self.password = port, tuple(hosts), tls, password
        self.token = secrets.token_urlsafe(32)
        self.cookie = f"withhold-{port}"
        """Named with the port, since browsers send cookies to all ports of a host."""
        self._key = secrets.token_bytes(32)
        self._sessions: dict[bytes, None] = {}
        self._lock = threading.Lock()

    @property
    def scheme(self) -> str:
        """``https`` with TLS files."""
        return "https" if self.tls else "http"

    @property
    def base(self) -> str:
        """The address of the server under its first name, without a secret."""
        return f"{self.scheme}://{self.hosts[0]}:{self.port}"

    @property
    def url(self) -> str:
        """The address that the owner opens first."""
        return f"{self.base}/" if self.password else f"{self.base}/?token={self.token}"

    def is_own(self, host: str) -> bool:
        """Whether a Host header (RFC 9110, 7.2) names this server: its own name with its port."""
        name, _, port = host.lower().rpartition(":")
        if name in self.hosts:
            return port == str(self.port)
        return host.lower() in self.hosts and self.port == (443 if self.tls else 80)

    def is_token(self, said: str) -> bool:
        """Whether it is the token of the first URL."""
        right = hmac.compare_digest(said.encode("utf-8", "replace"), self.token.encode())
        return right and self.password is None

    def begin(self) -> str:
        """A new session; of too many the oldest ends."""
        session = secrets.token_urlsafe(32)
        with self._lock:
            self._sessions[self._name(session)] = None
            while len(self._sessions) > SESSIONS_AT_MOST:
                del self._sessions[next(iter(self._sessions))]
        return session

    def is_open(self, session: str) -> bool:
        """Whether this server opened it, and it has not ended."""
        return self._name(session) in self._sessions

    def end(self, session: str) -> None:
        """Nothing is answered to it any more."""
        with self._lock:
            self._sessions.pop(self._name(session), None)

    def csrf(self, session: str) -> str:
        """The word that every form of a session carries."""
        return hmac.new(self._key, b"form:" + session.encode(), hashlib.sha256).hexdigest()

    def is_word(self, said: str, session: str) -> bool:
        """Whether a form carried the word of its session."""
        return hmac.compare_digest(said.encode("utf-8", "replace"), self.csrf(session).encode())

    def _name(self, session: str) -> bytes:
        """Under which a session is looked up: how long that takes says nothing of any other."""
        return hmac.new(self._key, b"is:" + session.encode(), hashlib.sha256).digest()
