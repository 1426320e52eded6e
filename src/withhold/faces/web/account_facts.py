"""What is known of the platform of one account: what it says it does, and the means to say no."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from withhold.asked import Asked
from withhold.faces.report.by_hand import Said, about, act, known_how, left, words_of
from withhold.faces.report.charts import Timeline, timeline
from withhold.faces.web.account_named import asking_of
from withhold.faces.web.views import Ask
from withhold.facts import Control, Platform, Practice
from withhold.verbs.by_hand import ByHand, by_hand
from withhold.verbs.plan import Plan, plan
from withhold.words import Account, Content, Observation


class Means(Struct, frozen=True, kw_only=True):
    """One control as the account has it: what it is called, what it reaches, what was recorded."""

    one: ByHand
    act: str
    about: Sequence[Said]
    left: Sequence[Said]
    """What it leaves open."""
    known_how: str
    recorded: Sequence[Observation]
    """What was seen or said of it, oldest first."""

    @property
    def label(self) -> str:
        """Its words on the page in the language of the account's menus, where they are known."""
        return self.one.control.label.get(self.label_lang, "")

    @property
    def label_lang(self) -> str:
        """The language of these words: that of the menus, else one that is known."""
        known = self.one.control.label
        return self.one.menu_lang if self.one.menu_lang in known else next(iter(known), "")

    @property
    def path(self) -> Sequence[str]:
        """Where it stands, from menu to menu."""
        return self.one.control.path.get(self.path_lang, ())

    @property
    def path_lang(self) -> str:
        """The language of the path."""
        known = self.one.control.path
        return self.one.menu_lang if self.one.menu_lang in known else next(iter(known), "")


class Facts(Struct, frozen=True, kw_only=True):
    """What a page says of the platform of one account."""

    platform: Platform
    here: Sequence[Practice]
    """Practices that hold for this place, plan and kind of account, and are not over."""
    elsewhere: Sequence[Practice]
    offered: Sequence[Means]
    others: Sequence[Means]
    """Controls for other places or kinds of account."""
    none: Sequence[Control]
    """How knowledge says that for something no control exists."""
    plan: Plan


def facts_of(ask: Ask, account: Account) -> Facts:
    """All of it; kept until the store changes."""
    return ask.desk.kept(ask.setting, "account-facts", lambda: _facts(ask, account), account.key)


def _facts(ask: Ask, account: Account) -> Facts:
    setting, knowledge = ask.setting, ask.desk.knowledge
    platform = knowledge.platforms[account.platform]
    asked = Asked(Content(account=account), setting.place, setting.when, knowledge, (), platform)
    practices = [
        one
        for one in platform.practice
        if (platform.id, one.id) not in knowledge.superseded
        and (one.until is None or setting.when < one.until)
    ]
    controls = [
        one
        for one in platform.control
        if (platform.id, one.id) not in knowledge.superseded
        and (one.until is None or setting.when < one.until)
    ]
    means = [means_of(ask, account, one.id) for one in controls if one.kind != "none"]
    alone = replace(setting.owner, accounts=(account,))
    return Facts(
        platform=platform,
        here=[one for one in practices if asked.applies(one)],
        elsewhere=[one for one in practices if not asked.applies(one)],
        offered=[one for one in means if one.one.offered == "yes"],
        others=[one for one in means if one.one.offered != "yes"],
        none=[one for one in controls if one.kind == "none" and asked.applies(one)],
        plan=plan(alone, asking_of(ask)),
    )


def means_of(ask: Ask, account: Account, control: str) -> Means:
    """One control of the account. Raises NotFound where the platform offers none of that name."""
    setting = ask.setting
    words = words_of(setting.lang, setting.phrases)
    one = by_hand(
        f"{account.platform}/{control}",
        [account],
        ask.desk.knowledge,
        place=setting.owner.place,
        when=setting.when,
        lang=setting.lang,
        root=setting.root,
    )
    return Means(
        one=one,
        act=act(one.control, words),
        about=list(about(one, words, setting.lang)),
        left=left(one, words, setting.lang),
        known_how=known_how(one, words),
        recorded=[
            seen
            for seen in setting.owner.seen
            if seen.control == one.ref
            and seen.account in ("", account.key, account.platform)
            and seen.on <= setting.when
        ],
    )


def picture_of(ask: Ask, account: Account) -> Timeline | None:
    """What the platform said, and when, as a picture; None while it is being drawn."""
    edition = ask.desk.edition(ask.setting.lang, ask.setting.when)
    platform = ask.desk.knowledge.platforms[account.platform]

    def make() -> Timeline:
        return timeline(
            platform,
            edition.speaker,
            ask.setting.when,
            edition.phrases.__getitem__,
            edition.day,
        )

    found, _ = ask.desk.later(ask.setting, "account-history", make, account.platform)
    return found
