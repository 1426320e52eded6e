"""Saved pages made by hand: the three forms in which browsers write what they show."""

from __future__ import annotations

import quopri

from tests.unit.recipes.pages import HOST, URL

HEAD = '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><title>T</title>'
BOUNDARY = "----MultipartBoundary--abcDEF123----"


def document(body: str, *, head: str = HEAD, lang: str = "en") -> str:
    """A whole document, as browsers serialise one."""
    return f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def chromium(body: str, url: str = URL, **more: str) -> bytes:
    """As "Webpage, Complete" of a Chromium."""
    comment = f"<!-- saved from url=({len(url):04d}){url} -->"
    return f"<!DOCTYPE html>\n{comment}\n{document(body, **more)}".encode()


def firefox(body: str, head: str = "") -> bytes:
    """As "Web Page, complete" of a Firefox; no address unless the head has one."""
    meta = '\n<meta http-equiv="content-type" content="text/html; charset=UTF-8">'
    return f"<!DOCTYPE html>\n{document(body, head=meta + head)}".encode()


def canonical(url: str = URL) -> str:
    """A link by which a page names its own address."""
    return f'<link rel="canonical" href="{url}">'


def mhtml(body: str, url: str = URL, *frames: tuple[str, str, str]) -> bytes:
    """As "Webpage, Single File" of a Chromium. A frame: its id, its address, its body."""
    page = f"<!DOCTYPE html>{document(body)}"
    parts = [part(page, url, "frame-1@mhtml.blink")]
    parts += [part(document(inner), where, name) for name, where, inner in frames]
    return archive(url, *parts)


def part(page: str, url: str, name: str) -> bytes:
    """One document of an MHTML file; without an address where ``url`` is empty."""
    headers = [
        "Content-Type: text/html",
        f"Content-ID: <{name}>",
        "Content-Transfer-Encoding: quoted-printable",
        *([f"Content-Location: {url}"] if url else []),
    ]
    quoted = quopri.encodestring(page.encode()).replace(b"\n", b"\r\n")
    return "\r\n".join(headers).encode() + b"\r\n\r\n" + quoted


def archive(url: str, *parts: bytes, boundary: str = BOUNDARY) -> bytes:
    """An MHTML file of these parts."""
    head = (
        "From: <Saved by Blink>\r\n"
        f"Snapshot-Content-Location: {url}\r\n"
        "Subject: T\r\n"
        "Date: Thu, 26 Nov 2026 01:18:33 GMT\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        f'\tboundary="{boundary}"\r\n\r\n\r\n'
    )
    line = f"--{boundary}".encode()
    body = b"".join(line + b"\r\n" + one + b"\r\n" for one in parts)
    return head.encode() + body + line + b"--\r\n"


def switch(state: str = "false", name: str = "Train AI on my posts", more: str = "") -> str:
    """The setting of ``pages.recipe`` under its heading."""
    return (
        f'<h2>AI</h2><div><span>{name}</span><button role="switch" aria-checked="{state}"'
        f' aria-label="{name}"></button>{more}</div>'
    )


__all__ = ["HOST", "URL"]
