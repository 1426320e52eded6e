"""Which word of ours an exception of the network is."""

from __future__ import annotations

import http.client
import socket
import ssl

import urllib3.exceptions

from withhold.reach.fetched import Why
from withhold.reach.sockets import TooMuch

TROUBLE = (
    OSError,
    UnicodeError,
    TooMuch,
    http.client.HTTPException,
    urllib3.exceptions.HTTPError,
)
"""All that the world can raise in an exchange; anything else is a fault of the program."""

_WORDS: tuple[tuple[Why, tuple[type[BaseException], ...]], ...] = (
    ("too-large", (TooMuch, http.client.LineTooLong)),
    ("dns", (socket.gaierror,)),
    ("tls", (ssl.SSLError, ssl.CertificateError, urllib3.exceptions.SSLError)),
    ("timeout", (TimeoutError, urllib3.exceptions.TimeoutError)),
    ("refused", (ConnectionRefusedError,)),
    ("bad-answer", (urllib3.exceptions.DecodeError, urllib3.exceptions.InvalidHeader)),
    ("reset", (ConnectionError, http.client.IncompleteRead, urllib3.exceptions.IncompleteRead)),
    ("bad-answer", (http.client.HTTPException, urllib3.exceptions.HTTPError, UnicodeError)),
)
_TOO_MANY = "got more than"  # http.client says so of more than 100 headers, in words only


def named(error: BaseException) -> tuple[Why, str]:
    """The word for an exception or for what caused it, and at most 200 characters of its own."""
    chain: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in chain:
        chain.append(at)
        at = at.__cause__ or at.__context__
    root = chain[-1]
    if any(str(one).startswith(_TOO_MANY) for one in chain):
        return "too-large", "more than 100 headers"
    for word, kinds in _WORDS:
        for one in chain:
            if isinstance(one, kinds):
                return word, _said(one)
    return "unreachable", _said(root)


def _said(error: BaseException) -> str:
    if isinstance(error, TooMuch):
        return "more than is read"
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return (said or type(error).__name__)[:200]
