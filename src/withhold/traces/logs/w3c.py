"""CloudFront's standard log: tab-separated, with a heading that names the fields.

``#Version`` and ``#Fields`` begin each file (W3C extended log format). A file that was joined from
several has several headings, so such a file is read from its beginning in one go.
"""

from __future__ import annotations

from withhold.traces.logs import json_lines
from withhold.traces.logs.line import Line, Why

_FIELDS = b"#Fields:"


class Rows:
    """The rows of one file; ``read`` keeps the heading that was read last."""

    def __init__(self) -> None:
        self._names: list[str] = []

    def read(self, line: bytes) -> Line | Why:
        """A row, or a heading."""
        if line.startswith(b"#"):
            if line.startswith(_FIELDS):
                heading = line[len(_FIELDS) :].decode("latin-1")
                self._names = [json_lines.field_name(one) for one in heading.split()]
            return "comment"
        if not self._names or b"\t" not in line:
            return "no-format"
        values = line.split(b"\t")
        if len(values) != len(self._names):
            return "bad-fields"
        row = {
            name: value.decode("utf-8", "replace")
            for name, value in zip(self._names, values, strict=True)
        }
        return json_lines.flat(row, "cloudfront")
