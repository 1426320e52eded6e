"""Response headers as rules of a server: nginx, Apache, Caddy, and a ``_headers`` file.

Text only; nothing here knows which server runs. The rules add headers and refuse nobody: a
control token such as Applebot-Extended never fetches, so no rule about user agents could meet it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from withhold.errors import BadInput
from withhold.signals import content_usage, headers, meta
from withhold.words import Use

SERVERS = ("nginx", "apache", "caddy", "_headers")
FILES = {
    "nginx": "withhold.nginx.conf",
    "apache": "withhold.apache.conf",
    "caddy": "withhold.caddy",
    "_headers": "_headers",
}
"""What the text of each is called when it is kept in a file."""
Header = tuple[str, str]
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*", re.ASCII)
_VALUE = re.compile(r"[ !#&-\[\]-z|~]+", re.ASCII)  # nothing that a server would expand
_ADDED = ("x-robots-tag", "link")
"""Headers that may come twice: the site's own stay beside ours."""


def headers_for(uses: dict[Use, bool], signals: Collection[str]) -> list[Header]:
    """The headers that say a wish: ``uses`` allowed or refused, by the signals that are written."""
    refused = [use for use, may in uses.items() if not may]
    found: list[Header] = []
    tags = [one for one in ("noai", "noarchive") if one in signals]
    if tags:
        found += headers.write(refused, signals=tags)
    if "content-usage" in signals:
        said: dict[Use, bool] = {
            use: uses[use] for use in ("train-ai", "search") if use in uses
        }  # the labels of vocab-08
        value = content_usage.write_value(said)
        found += [("Content-Usage", value)] if value else []
    if "tdmrep" in signals and "train-ai" in refused:
        found.append(("tdm-reservation", "1"))
    return found


def snippet(uses: dict[Use, bool], signals: Collection[str]) -> str:
    """The tags for the head of each page that say the same; empty where there are none."""
    refused = [use for use, may in uses.items() if not may]
    tags = [one for one in ("noai", "noarchive") if one in signals]
    text = meta.write(refused, signals=tags) if tags else ""
    if "tdmrep" in signals and "train-ai" in refused:
        text += '<meta name="tdm-reservation" content="1">\n'
    return text


def write(server: str, said: Sequence[Header]) -> str:
    """The rules of one server that send these headers with every response; empty without any."""
    for name, value in said:
        if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            raise BadInput(f"{name}: {value!r} cannot stand in a server's rule", "plain ASCII")
    if server not in SERVERS:
        raise BadInput(f"no rules are known for {server}", f"one of {', '.join(SERVERS)}")
    if not said:
        return ""
    return {"nginx": nginx, "apache": apache, "caddy": caddy, "_headers": headers_file}[server](
        said
    )


def nginx(said: Sequence[Header]) -> str:
    """For a ``server`` block. ``always``: also with an error page, which may hold content."""
    lines = [
        "# In the server block: include this file. A location that has an add_header of its own",
        "# inherits none of these: include it there as well.",
        *(f'add_header {name} "{value}" always;' for name, value in said),
    ]
    return "\n".join(lines) + "\n"


def apache(said: Sequence[Header]) -> str:
    """For a server's configuration or a ``.htaccess``; needs mod_headers.

    ``Header always`` and ``Header`` keep two tables in Apache; the first reaches error pages too.
    """
    lines = ["# Needs mod_headers (a2enmod headers)."]
    for name, value in said:
        act = "add" if name.lower() in _ADDED else "set"
        lines.append(f'Header always {act} {name} "{value}"')
    return "\n".join(lines) + "\n"


def caddy(said: Sequence[Header]) -> str:
    """For a site block: ``import`` this file there. ``+`` adds, without it the header is set."""
    lines = ["# In the site block: import this file.", "header {"]
    for name, value in said:
        mark = "+" if name.lower() in _ADDED else ""
        lines.append(f'    {mark}{name} "{value}"')
    return "\n".join([*lines, "}"]) + "\n"


def headers_file(said: Sequence[Header]) -> str:
    """A rule of a ``_headers`` file (Netlify, Cloudflare Pages): all paths.

    Where several rules fit a path, both join the values of one header by commas.
    """
    return "\n".join(["/*", *(f"  {name}: {value}" for name, value in said)]) + "\n"
