"""Which account a page is about, where its pages stand, and what is answered of it."""

from __future__ import annotations

import shlex

from jinja2.filters import do_urlencode

from withhold.errors import BadInput, NotFound
from withhold.faces.report.plain import printable
from withhold.faces.web.views import Ask
from withhold.faces.web.words import words_of
from withhold.verbs.check import Asking, check_account
from withhold.verbs.stale import mark
from withhold.verdict import Verdict
from withhold.words import Account


def account_of(ask: Ask) -> Account:
    """The owner's account that ``key`` names, in the address or the form. Raises NotFound."""
    key = ask.query.get("key", "") or ask.said("key")
    found = next((one for one in ask.setting.owner.accounts if one.key == key), None)
    if found is None:
        words = words_of("account", ask.setting.lang)
        raise NotFound(words["no_account"].format(key=printable(key)), words["no_account_tip"])
    return found


def address(path: str, account: Account, **more: str) -> str:
    """``/account?key=tumblr%3Ablog``: a name may hold anything."""
    return f"{path}?{do_urlencode({'key': account.key, **more})}"


def step_of(account: Account, control: str) -> str:
    """``platform/control@name``: what the command line takes for this account and no other."""
    ref = f"{account.platform}/{control}"
    return f"{ref}@{account.name}" if account.name else ref


def command(*parts: str) -> str:
    """A command line to copy."""
    return shlex.join(["withhold", *parts])


def asking_of(ask: Ask, *, every_use: bool = False) -> Asking:
    """What is the same for every verdict of a page. Raises BadInput where no place is known."""
    setting = ask.setting
    if not setting.owner.place:
        words = words_of("account", setting.lang)
        raise BadInput(words["no_place"], words["no_place_tip"])
    return setting.asking(ask.desk.knowledge, every_use=every_use)


def answers(ask: Ask, account: Account, *, every_use: bool = False) -> list[Verdict]:
    """The verdicts on one account, marked where a policy seen since says something else.

    Kept until the store changes.
    """
    setting = ask.setting

    def make() -> list[Verdict]:
        asking = asking_of(ask, every_use=every_use)
        until = setting.owner.public_until.get(account.key)
        found = check_account(account, asking, until)
        return mark(found, setting.home, setting.root, ask.desk.knowledge) if found else found

    return ask.desk.kept(setting, "account-answers", make, account.key, every_use)
