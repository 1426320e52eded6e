"""import: whose archive it is. No account is ever guessed between two."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from shlex import quote
from typing import Literal

from msgspec import Struct

from withhold.errors import BadInput, NotFound
from withhold.words import Account

How = Literal["named", "only", "handle", "chosen", "new", "posts-only"]
"""How an account was told: the owner named it; it is the only one there; the archive's handle is
its name; the owner chose it when asked; there was none, and it is added; the platform is none of
those that the question is asked of, so that only posts are kept."""
Choose = Callable[[str, str, list[str]], str]
"""Asks the owner: platform, the archive's handle, the keys; an empty answer is none."""
_NAME_AT_MOST = 100


class Whose(Struct, frozen=True, kw_only=True):
    """The account that posts are filed under; ``account`` is what is added, if it is new."""

    key: str
    how: How
    handle: str = ""
    account: Account | None = None


class Filing:
    """The owner's accounts, as far as archives need them; asked once per platform.

    ``named`` are accounts that the owner named, by platform; ``known`` the platforms that the
    question can be asked of. ``handles`` are, by account, the names that archives filed there gave
    themselves: one with another name may be of another account, even where there is only one.
    """

    def __init__(
        self,
        accounts: Iterable[Account],
        known: Collection[str],
        named: Mapping[str, str] | None = None,
        choose: Choose | None = None,
        handles: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self._accounts, self._known = tuple(accounts), known
        self._named, self._choose = named or {}, choose
        self._handles = handles or {}
        self.found: dict[str, Whose] = {}

    def of(self, platform: str, handle: str) -> Whose:
        """The account on a platform. Raises BadInput where it must be named, NotFound."""
        found = self.found.get(platform)
        if found is None:
            found = self.found[platform] = self._of(platform, name_of(handle))
        return found

    def _of(self, platform: str, handle: str) -> Whose:
        own = [one for one in self._accounts if one.platform == platform]
        keys = [one.key for one in own]
        said = self._named.get(platform)
        if said is not None:
            if said in keys:
                return Whose(key=said, how="named", handle=handle)
            if own:
                handle = said.partition(":")[2]
                raise NotFound(
                    f"no account {said} of yours",
                    f"--account {' or '.join(keys)}; "
                    f"withhold own add account {quote(platform)} {quote(handle or 'NAME')} adds it",
                )
            handle = said.partition(":")[2]
        if platform not in self._known:
            key = f"{platform}:{handle}" if handle else platform
            return Whose(key=key, how="posts-only", handle=handle)
        if not own:
            new = Account(platform=platform, name=handle)
            return Whose(key=new.key, how="new", handle=handle, account=new)
        same = [one.key for one in own if handle and name_of(one.name).lower() == handle.lower()]
        if len(same) == 1:
            return Whose(key=same[0], how="handle", handle=handle)
        if len(own) == 1 and self._may_be(keys[0], handle):
            return Whose(key=keys[0], how="only", handle=handle)
        chosen = self._choose(platform, handle, keys) if self._choose else ""
        if chosen in keys:
            return Whose(key=chosen, how="chosen", handle=handle)
        names = f" (it names itself {handle})" if handle else ""
        raise BadInput(
            f"which of your accounts on {platform} is this archive of?{names}",
            f"--account {' or '.join(keys)}; "
            f"withhold own add account {quote(platform)} {quote(handle) if handle else 'NAME'} "
            "adds another",
        )

    def _may_be(self, key: str, handle: str) -> bool:
        before = {one.lower() for one in self._handles.get(key, ()) if one}
        return not handle or not before or handle.lower() in before


def name_of(handle: str) -> str:
    """A handle as the name of an account: printable, without its sign, not too long."""
    plain = "".join(one for one in handle if one.isprintable()).strip()
    return plain.removeprefix("@")[:_NAME_AT_MOST].strip()
