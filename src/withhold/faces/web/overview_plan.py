"""The plan: what makes it no, in minutes; as a page, a list in Markdown, a calendar."""

from __future__ import annotations

from msgspec.structs import replace

from withhold.errors import BadInput
from withhold.faces.cli.plan import standings_of
from withhold.faces.report import offers, plans, requests
from withhold.faces.web.account_named import address
from withhold.faces.web.views import Ask, File, Go, Page, Route
from withhold.faces.web.words import words_of
from withhold.verbs.owner import Owner
from withhold.verbs.plan import Plan, PlanStep, plan
from withhold.words import Account


def show(ask: Ask) -> Page | Go:
    """The steps in order of urgency and sureness, then what offers nothing, then what was done."""
    t = words_of("overview", ask.setting.lang)
    setting = ask.setting
    owner = setting.owner
    if not owner.place or not owner.accounts:
        return Go(to="/")
    letters = standings_of(setting)
    words = offers.words_of(setting.lang)
    accounts = {one.key: one for one in owner.accounts}
    found = plan_of(ask)

    def step_href(step: PlanStep) -> str:
        return _step_address(step, accounts[step.account])

    return Page(
        template="overview_plan.html",
        title=t["plan_title"],
        part="overview",
        values={
            "t": t,
            "plan": found,
            "top": plans.top_line(found, setting.phrases),
            "step_href": step_href,
            "account_href": lambda key: address("/account", accounts[key]),
            "account_name": lambda key: accounts[key].name,
            "letters": [
                (requests.title(one, words), requests.due_line(one, words), one.case.id)
                for one in letters
                if one.is_open
            ],
            "menu": setting.lang,
        },
        command="withhold plan",
        covers_not=(t["plan_not_past"], t["plan_not_deeds"]),
    )


def _step_address(step: PlanStep, account: Account) -> str:
    control = step.id.partition("@")[0].partition("/")[2]
    return address("/account/step", account, control=control)


def plan_of(ask: Ask) -> Plan:
    """The plan of the owner; kept until the store changes. Raises BadInput without a place."""

    def make() -> Plan:
        setting = ask.setting
        return plan(known_part(setting.owner, ask), setting.asking(ask.desk.knowledge))

    return ask.desk.kept(ask.setting, "plan", make)


def known_part(owner: Owner, ask: Ask) -> Owner:
    """The owner without accounts of platforms that knowledge does not name."""
    known = ask.desk.knowledge.platforms
    return replace(owner, accounts=tuple(one for one in owner.accounts if one.platform in known))


def saved(ask: Ask) -> File:
    """The plan as a list in Markdown or as a calendar."""
    setting = ask.setting
    speaker = ask.desk.edition(setting.lang, setting.when).speaker
    letters, words = standings_of(setting), offers.words_of(setting.lang)
    found, form = plan_of(ask), ask.query.get("form", "")
    if form == "md":
        listed = requests.as_markdown(letters, words, setting.lang)
        text = plans.as_markdown(found, speaker, setting.phrases, setting.lang, listed)
        return File(
            body=f"{text}\n".encode(), type="text/markdown; charset=utf-8", name="withhold-plan.md"
        )
    if form == "ics":
        calendar = plans.as_ics(found, speaker, setting.phrases, setting.lang)
        return File(
            body=requests.add_dates(calendar, letters, setting.lang),
            type="text/calendar; charset=utf-8",
            name="withhold-plan.ics",
        )
    t = words_of("overview", setting.lang)
    raise BadInput(t["no_form"], t["no_form_tip"])


ROUTES = (Route(path="/plan", get=show), Route(path="/plan/file", get=saved))
