"""A server of this very machine, asked by the program that started it."""

from __future__ import annotations

from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

from withhold.reach.listening import is_loopback

_SECONDS = 20.0
_AT_MOST = 1_000_000


def page_at(url: str) -> tuple[int, bytes]:
    """Status and first octets of a page on loopback, as a browser gets it: (0, b"") = no answer.

    Cookies are kept and redirects followed; no proxy is asked.
    """
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname or not _is_here(parts.hostname):
        return 0, b""
    browser = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
    try:
        with browser.open(url, timeout=_SECONDS) as answer:
            return answer.status, answer.read(_AT_MOST)
    except HTTPError as why:
        with why:
            return why.code, why.read(_AT_MOST)
    except (OSError, ValueError):
        return 0, b""


def _is_here(host: str) -> bool:
    try:
        return is_loopback(host)
    except ValueError:  # a name
        return False
