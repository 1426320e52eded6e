"""The block on sockets is on: a test that reached the network would fail, not pass by luck."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request

import pytest
from pytest_socket import SocketBlockedError


@pytest.mark.filterwarnings("ignore:A test tried to use")
def test_a_socket_cannot_be_opened() -> None:
    with pytest.raises(SocketBlockedError):
        socket.socket()


@pytest.mark.filterwarnings("ignore:A test tried to use")
def test_a_page_cannot_be_fetched() -> None:
    with pytest.raises((SocketBlockedError, urllib.error.URLError)):
        urllib.request.urlopen("http://127.0.0.1:9/", timeout=1)
