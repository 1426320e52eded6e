"""Sending a notice by apprise: to where the owner's addresses say, and nothing of them is printed.

An address carries secrets (tokens, passwords); of it only the scheme is ever named. apprise's own
log, which may hold more, is silenced.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from withhold.errors import BadInput, MissingExtra, WithholdError

if TYPE_CHECKING:
    from apprise import Apprise

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30})://")
_AGAIN = "the next look tells it again; withhold watch without --notify tells it here"


class Notices:
    """Where notices go. Raises MissingExtra, or BadInput for what is no address of apprise."""

    def __init__(self, addresses: Sequence[str]) -> None:
        try:
            import apprise
        except ImportError as why:
            raise MissingExtra(
                "--notify needs an optional part", 'pip install "withhold[notify]"'
            ) from why
        log = logging.getLogger("apprise")
        log.handlers = [logging.NullHandler()]
        log.propagate = False
        asset = apprise.AppriseAsset(
            app_id="withhold", app_desc="withhold", app_url="", secure_logging=True
        )
        asset.image_url_mask = asset.image_url_logo = ""  # no picture of somebody else's server
        self._to: list[tuple[str, Apprise]] = []
        for number, address in enumerate(addresses, start=1):
            one = apprise.Apprise(asset=asset)
            if not _quietly(partial(one.add, address.strip())):
                raise BadInput(
                    f"--notify: the {_ordinal(number)} address ({scheme(address)}) is none that "
                    "apprise knows",
                    "its forms stand at https://github.com/caronc/apprise/wiki",
                )
            self._to.append((scheme(address), one))

    def send(self, title: str, body: str) -> None:
        """To all of them. Raises WithholdError that names the schemes of those that failed."""
        failed = [name for name, one in self._to if not _sent(one, title, body)]
        if failed:
            raise WithholdError(f"no notice could be sent by {', '.join(failed)}", _AGAIN)


def scheme(address: str) -> str:
    """``tgram://`` of an address, and nothing else of it."""
    found = _SCHEME.match(address.strip())
    return found[0] if found else "without a scheme"


def _sent(one: Apprise, title: str, body: str) -> bool:
    return _quietly(lambda: one.notify(title=title, body=body, body_format="text"))


def _quietly(call: Callable[[], object]) -> bool:
    """Whether it went well. What a plugin raises or warns of may hold the address: not told."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return bool(call())
    except Exception:
        return False


def _ordinal(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")
