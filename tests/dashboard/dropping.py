"""A form that brings files, and a view that notes what it was given."""

from __future__ import annotations

from pathlib import Path

from withhold.faces.web.forms import Limits
from withhold.faces.web.views import Ask, Go

SMALL = Limits(fields=20, fields_octets=4000, files=3, files_octets=100_000, spare=0, linger=0.2)
HASTY = Limits(spare=0, silence=0.3, grace=0.5, rate=1000.0)
BOUNDARY = "x-x"


class Took:
    """A view that notes what it was given, and what lay on the disk then."""

    def __init__(self) -> None:
        self.asks: list[Ask] = []
        self.bytes: list[bytes] = []
        self.modes: list[int] = []
        self.keep = False

    def view(self, ask: Ask) -> Go:
        self.asks.append(ask)
        for one in ask.files:
            self.bytes.append(one.path.read_bytes())
            self.modes += [one.path.stat().st_mode, one.path.parent.stat().st_mode]
            if self.keep:
                ask.desk.keep_upload(one)
        return Go(to="/")


def left(home: Path) -> list[str]:
    """What lies in the folder of uploads."""
    folder = home / "uploads"
    return [one.name for one in folder.iterdir()] if folder.exists() else []


def multipart(*parts: tuple[str, bytes], end: bool = True) -> bytes:
    """A form as a browser writes it, part by part: what follows form-data, and the content."""
    body = b""
    for about, content in parts:
        head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {about}\r\n\r\n"
        body += head.encode() + content + b"\r\n"
    return body + (f"--{BOUNDARY}--\r\n".encode() if end else b"")
