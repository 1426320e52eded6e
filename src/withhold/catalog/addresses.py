"""Whether a text is an address that a letter may be sent to: no control character, nothing odd.

What stands in ``knowledge/`` ends in the head of a mail and in a link, so it is looked at as
strictly as what comes from elsewhere. That an address exists, nobody can see here.
"""

from __future__ import annotations

import re

_HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
_MAIL = re.compile(rf"[a-z0-9!#$%&'*+/=?^_`{{|}}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{{|}}~-]+)*@{_HOST}")
_WEB = re.compile(rf"https?://{_HOST}(?::[0-9]{{1,5}})?(?:[/?#][!#$%&'()*+,./0-9:;=?@A-Z_a-z~-]*)?")
_LINES = 12
_LONGEST = 500


def is_mail(text: str) -> bool:
    """Whether it is one plain e-mail address, in ASCII, without a name beside it."""
    return len(text) <= 254 and bool(_MAIL.fullmatch(text.lower()))


def is_web(text: str) -> bool:
    """Whether it is one http or https address with a host name, in ASCII, percent-encoded."""
    scheme, found, rest = text.partition("://")
    host, slash, path = rest.partition("/")
    lower = f"{scheme.lower()}{found}{host.lower()}{slash}{path}"
    return len(text) <= _LONGEST and bool(_WEB.fullmatch(lower))


def is_post(text: str) -> bool:
    """Whether it is a postal address: two to twelve lines that can be printed, none empty."""
    lines = text.split("\n")
    return (
        1 < len(lines) <= _LINES
        and len(text) <= _LONGEST
        and all(one.strip() == one and one and one.isprintable() for one in lines)
    )
