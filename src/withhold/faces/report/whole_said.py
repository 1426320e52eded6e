"""A report, put together: who asks, in short, every part, what it does not say, what words mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from withhold import __version__
from withhold.faces.report import plans, requests, watched
from withhold.faces.report.whole_answers import accounts, sites
from withhold.faces.report.whole_beside import changes, evidence, letters, policies
from withhold.faces.report.whole_blocks import Block, Item, Items, Paper, Section, Table, Text
from withhold.faces.report.whole_pictures import companies, history
from withhold.faces.report.whole_posts import posts
from withhold.faces.report.whole_telling import Telling
from withhold.verdict import Verdict
from withhold.words import STRENGTHS

_OWN_LIMITS = (
    "limit_may",
    "limit_no",
    "limit_known",
    "limit_not_fetched",
    "limit_models",
    "limit_law",
)
"""Keys of what no report answers."""


def paper(told: Telling) -> Paper:
    """Everything, in the order in which it is asked."""
    found = (
        summary(told),
        accounts(told),
        sites(told),
        companies(told),
        posts(told),
        history(told),
        letters(told),
        changes(told),
        policies(told),
        evidence(told),
        overdue(told),
        limits(told),
        glossary(told),
    )
    words, owner = told.words, told.whole.owner
    return Paper(
        lang=told.lang,
        title=words["title"].format(date=told.whole.asking.when),
        note=told.phrases["example"] if owner.example else "",
        about=_about(told),
        sections=tuple(one for one in found if one is not None),
        foot=f"{told.speaker.sentences.state['disclaimer']} {words['made'].format(v=__version__)}",
        contents=words["contents"],
    )


def _about(told: Telling) -> tuple[tuple[str, str], ...]:
    whole, words = told.whole, told.words
    accounts_said = told.of("n_accounts", len(whole.accounts))
    has = ", ".join((accounts_said, told.of("n_sites", len(whole.sites))))
    left_out = [words["out_names"]] * (not told.options.names)
    left_out += [words["out_posts"]] * (not told.options.posts)
    left_out += [words["out_texts"]] * (whole.posts is not None and not told.options.excerpts)
    rows = [(words["day"], str(whole.asking.when)), (words["place"], told.place)]
    rows += [(words["has"], has)]
    return (*rows, *([(words["left_out"], "; ".join(left_out))] if left_out else []))


def summary(told: Telling) -> Section:
    """The plan in one line, the cases in one, and per account and site how many answers are how."""
    words, whole = told.words, told.whole
    blocks: list[Block] = []
    if whole.accounts:
        top = plans.top_line(whole.plan, told.phrases)
        blocks.append(Text(words["in_short"].format(plan=top.rstrip(".")), strong=True))
    if line := requests.status_line(whole.standings, told.letters()):
        blocks.append(Text(line))
    counted = [(told.account(one.account.key), one.verdicts) for one in whole.accounts]
    for one in whole.sites:
        counted.append((one.site.url, one.verdicts))
        if one.served:
            said = words["served_row"].format(site=one.site.url, date=one.served.on)
            counted.append((said, one.served.verdicts))
    if counted:
        blocks.append(_counts(counted, told))
        blocks.append(Text(words["counts_about"]))
    return Section(id="summary", title=words["summary"], blocks=tuple(blocks))


def _counts(counted: Iterable[tuple[str, Sequence[Verdict]]], told: Telling) -> Table:
    phrases, words = told.phrases, told.words
    nothing = ("", "", "", words["nothing_read"])
    heads = (words["of_what"], phrases["may"], phrases["no"], phrases["unknown"], words["by"])
    return Table(
        caption=words["counts"],
        heads=heads,
        rows=tuple((name, *(_row(of, told) if of else nothing)) for name, of in counted),
        numbers=1,
        words=4,
    )


def _row(verdicts: Sequence[Verdict], told: Telling) -> tuple[str, ...]:
    numbers = (
        told.n(sum(one.answer == answer for one in verdicts))
        for answer in ("allowed", "disallowed", "unknown")
    )
    strengths = [one.strength for one in verdicts]
    by = ", ".join(
        f"{told.phrases[f'strength_{one}']}: {told.n(strengths.count(one))}"
        for one in STRENGTHS
        if one in strengths
    )
    return (*numbers, by)


# What is late, what is left open, what words mean -----------------------------------------------


def overdue(told: Telling) -> Section | None:
    """Whose facts were last checked so long ago that a re-check is due; None where none is."""
    teller = told.round()
    late = [one for one in told.whole.round.due if one.kind == "knowledge"]
    lines = tuple(Item(watched.due_line(one, teller)) for one in late)
    if not lines:
        return None
    about = Text(told.words["overdue_about"])
    return Section(id="overdue", title=told.words["overdue"], blocks=(about, Items(lines)))


def limits(told: Telling) -> Section:
    """What no report answers; what an answer itself leaves open stands among its reasons."""
    own = Items(tuple(Item(told.words[key]) for key in _OWN_LIMITS))
    said = Text(told.words["limits_said"])
    return Section(id="limits", title=told.words["limits"], blocks=(own, said))


def glossary(told: Telling) -> Section:
    """The three answers, then the strengths of a no, strongest first, with fixed sentences."""
    words, phrases, sentences = told.words, told.phrases, told.speaker.sentences
    gaps = {
        "name": words["gloss_name"],
        "platform": words["gloss_platform"],
        "date": words["gloss_date"],
        "state": sentences.state["off"],
        "switched": sentences.state["switched-off"],
    }
    answers = Items(
        tuple(
            Item(words[f"gloss_{one}"], strong=f"{phrases[one]}:")
            for one in ("may", "unknown", "no")
        )
    )
    strengths = Table(
        caption=words["strengths"],
        heads=(words["strength"], words["fixed"]),
        rows=tuple(
            (phrases[f"strength_{one}"], sentences.strength[one].format(**gaps))
            for one in STRENGTHS
        ),
    )
    return Section(
        id="glossary", title=words["glossary"], blocks=(answers, strengths, Text(words["no_score"]))
    )
