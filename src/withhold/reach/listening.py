"""A socket that listens on this machine, and the owner's browser sent to a page.

An address is resolved once, and the very address that was judged is the one that is listened on.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import webbrowser
from html import escape
from pathlib import Path

from withhold.errors import BadInput
from withhold.reach.dropped import Dropped


def numeric(host: str) -> str:
    """The one numeric address that a name stands for; raises BadInput where there is none."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as why:
        raise BadInput(
            f"--host {host}: no address of that name", "--host 127.0.0.1 is this machine alone"
        ) from why
    found.sort(key=lambda one: one[0] != socket.AF_INET)
    return str(found[0][4][0])


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches a numeric address."""
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def is_every(address: str) -> bool:
    """Whether a numeric address stands for all that the machine has."""
    return ipaddress.ip_address(address.partition("%")[0]).is_unspecified


def listening(address: str, port: int) -> socket.socket:
    """Bound to a numeric address; port 0 = a free one. Raises BadInput where that cannot be."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # of a socket that says it is TCP asyncio sends at once, and does not wait 40 ms for a receipt
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would let a second server take the same port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        elif hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        sock.bind((address, port))
        sock.listen()  # taken from here on: two that only bind would both get it
    except OSError as why:
        sock.close()
        if why.errno == errno.EADDRINUSE:
            raise BadInput(
                f"port {port} is taken", "another one, or --port 0 for a free one"
            ) from why
        if why.errno == errno.EACCES:
            raise BadInput(
                f"port {port} is not for programs of yours", "one above 1023, or --port 0"
            ) from why
        raise BadInput(
            f"{address}, port {port}: cannot be listened on ({why.strerror})",
            "--host 127.0.0.1 is this machine alone",
        ) from why
    return sock


def show(url: str, home: Path) -> bool:
    """Opens an address in the owner's browser by way of a private file; whether there was one.

    The address is secret, and everybody on the machine can read the command line of a browser.
    The file lies among the uploads, and goes when the server ends.
    """
    page = Dropped(home, ".html")
    page.write(
        f'<!doctype html><meta http-equiv="refresh" content="0; url={escape(url)}">'.encode()
    )
    page.close()
    try:
        return webbrowser.open(page.path.resolve().as_uri())
    except webbrowser.Error:
        return False
