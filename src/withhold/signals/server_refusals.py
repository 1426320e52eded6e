"""Rules of a server that refuse whoever names a product token: nginx, Apache, Caddy.

Text only, as ``server_rules``, which adds headers and refuses nobody. ``/robots.txt`` stays open:
a crawler that is refused there may take it for "no rules" (RFC 9309, 2.3.1.3). A name is what a
client says of itself, so the rules stop those who say it and nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from withhold.errors import BadInput

SERVERS = ("nginx", "apache", "caddy")
_TOKEN = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9 ._/+!-]*[A-Za-z0-9_!+])?", re.ASCII)
"""Nothing in it that ends a string or a pattern, or that a server would expand."""
_PLAIN = re.compile(r"[A-Za-z0-9_-]", re.ASCII)
_ABOUT = (
    "# Answers 403 to every request whose User-Agent names one of these, but for /robots.txt.",
    "# Whoever leaves the name out, or calls itself a browser, gets through.",
)


def write(server: str, tokens: Sequence[str]) -> str:
    """The rules of one server that refuse these tokens; empty without any.

    Fetchers only: a control token never fetches, so a rule about it would meet nobody.
    """
    if server not in _WRITERS:
        raise BadInput(f"no rules are known for {server}", f"one of {', '.join(SERVERS)}")
    for token in tokens:
        if not _TOKEN.fullmatch(token):
            raise BadInput(f"{token!r} cannot stand in a server's rule", "plain ASCII")
    if not tokens:
        return ""
    return "\n".join([*_ABOUT, *_WRITERS[server](pattern(tokens))]) + "\n"


def pattern(tokens: Sequence[str]) -> str:
    """A regular expression that PCRE and RE2 read alike: one of the tokens, as a whole word.

    ``Googlebot`` does not meet ``Googlebot-Image``. Signs stand in brackets, since each grammar
    has its own idea of a backslash.
    """
    escaped = ("".join(one if _PLAIN.fullmatch(one) else f"[{one}]" for one in t) for t in tokens)
    return f"(^|[^A-Za-z0-9_-])({'|'.join(escaped)})([^A-Za-z0-9_-]|$)"


def nginx(said: str) -> list[str]:
    """For a ``server`` block; ``set`` and ``return`` are what is safe inside ``if``."""
    return [
        "# In the server block: include this file.",
        "set $withhold_refused 0;",
        f'if ($http_user_agent ~* "{said}") {{ set $withhold_refused 1; }}',
        "if ($uri = /robots.txt) { set $withhold_refused 0; }",
        "if ($withhold_refused) { return 403; }",
    ]


def apache(said: str) -> list[str]:
    """For a server's configuration or a ``.htaccess``; Apache 2.4. It only ever denies."""
    return [
        "# In the configuration of the site, or in its .htaccess (AllowOverride AuthConfig).",
        f"<If \"%{{HTTP_USER_AGENT}} =~ m#{said}#i && %{{REQUEST_URI}} != '/robots.txt'\">",
        "    Require all denied",
        "</If>",
    ]


def caddy(said: str) -> list[str]:
    """For a site block. ``respond`` comes after ``handle`` and ``route`` in Caddy's own order."""
    return [
        "# In the site block: import this file; where that has handle or route blocks, in each.",
        "@withhold_refused {",
        f'    header_regexp User-Agent "(?i){said}"',
        "    not path /robots.txt",
        "}",
        "respond @withhold_refused 403",
    ]


_WRITERS: dict[str, Callable[[str], list[str]]] = {"nginx": nginx, "apache": apache, "caddy": caddy}
