"""The part: one account. What is so there, what makes it no, what its platform says."""

from __future__ import annotations

from withhold.asked import whose_words
from withhold.faces.report import plans
from withhold.faces.web.account_done import ROUTES as DONE
from withhold.faces.web.account_facts import Facts, facts_of, picture_of
from withhold.faces.web.account_named import account_of, address, answers, asking_of, command
from withhold.faces.web.account_step import ROUTES as STEP
from withhold.faces.web.verdicts import grouped, rows_of
from withhold.faces.web.views import Ask, Page, Route
from withhold.faces.web.words import Words, words_of
from withhold.words import Account


def show(ask: Ask) -> Page:
    """The account of ``key``: as of ``when``, with ``all`` every use that is asked about."""
    account = account_of(ask)
    asking_of(ask)  # without a place there is no answer, and the page says so
    setting, every_use = ask.setting, ask.query.get("all") == "1"
    words = words_of("account", setting.lang)
    facts = facts_of(ask, account)
    shown = rows_of(ask, answers(ask, account, every_use=every_use))
    picture = picture_of(ask, account)
    with ask.desk.reading() as store:
        history = store.own.audience_history(account.key)
        counts = ask.desk.kept(setting, "account-posts", store.posts.counts)
    return Page(
        template="account.html",
        title=title_of(account, facts),
        part="overview",
        values={
            "w": words,
            "account": account,
            "facts": facts,
            "groups": grouped(shown, words),
            "top": plans.top_line(facts.plan, setting.phrases),
            "steps": {step.id for step in (*facts.plan.steps, *facts.plan.last_resorts)},
            "picture": picture,
            "history": history,
            "posts": counts.get(account.key, 0),
            "every_use": every_use,
            "menu_lang": account.lang or setting.lang,
            "place": setting.owner.place,
            "address": address,
            "whose": whose_words,
            "no_such_day": _no_such_day(ask, words),
        },
        command=command(
            "check",
            account.key,
            *(("--when", str(setting.when)) if setting.when != setting.today else ()),
            *(("--all",) if every_use else ()),
        ),
        covers_not=_covers_not(account, facts, words),
        refresh=2 if picture is None else 0,
    )


def title_of(account: Account, facts: Facts) -> str:
    """``Tumblr (kitchen)``."""
    name = facts.platform.name
    return f"{name} ({account.name})" if account.name else name


def _no_such_day(ask: Ask, words: Words) -> str:
    """What is wrong with the day that was asked for; empty where nothing is."""
    asked = ask.query.get("when", "")
    if not asked or asked == str(ask.setting.when):
        return ""
    return words["no_such_day"].format(day=asked)


def _covers_not(account: Account, facts: Facts, words: Words) -> list[str]:
    found = [words["not_their_deeds"], words["not_past_copies"], words["not_others_posts"]]
    if account.audience == "unknown":
        found.append(words["not_known_audience"])
    if facts.platform.tier == 2:
        found.append(words["not_all_controls"].format(name=facts.platform.name))
    return found


ROUTES = (
    Route(path="/account", get=show),
    *STEP,
    *DONE,
)
