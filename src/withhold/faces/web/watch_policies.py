"""The looks at policies: of each document the last one, and the history of one document."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from withhold.catalog.load import Knowledge, ids_in
from withhold.catalog.policies import FOLDER, documents
from withhold.errors import MissingExtra, NotFound
from withhold.faces.report import policy_history_chart
from withhold.faces.report.plain import printable
from withhold.faces.report.policy_history_said import Told, cut, told_pairs, words_of
from withhold.faces.report.watched_told import words_of as words_of_watching
from withhold.faces.web.views import Ask, Page, Route
from withhold.faces.web.words import words_of as words_of_part
from withhold.keep.policy_seen import PolicySeen
from withhold.verbs.policy_history import PolicyHistory
from withhold.verbs.policy_looks import history_of

_EFFECTS = ("better", "worse")


class PairShown(Struct, frozen=True, kw_only=True):
    """A sentence before and after; empty: it is new, or gone. ``said``: what changed in it."""

    said: str
    before: str = ""
    after: str = ""


class LookShown(Struct, frozen=True, kw_only=True):
    """One look: what came of it in a sentence, and the sentences that changed."""

    seen: PolicySeen
    outcome: str
    effect: str = ""
    pairs: Sequence[PairShown] = ()


class DocumentRow(Struct, frozen=True, kw_only=True):
    """One document, its last look, and the last look that found a change to tell."""

    id: str
    title: str
    last: LookShown
    changed: LookShown | None = None
    looks: int = 0


def rows(ask: Ask) -> Sequence[DocumentRow]:
    """Every document that was looked at, by name; those that changed or failed first."""
    return ask.desk.kept(ask.setting, "watch-policies", lambda: _rows(ask))


def _rows(ask: Ask) -> list[DocumentRow]:
    with ask.desk.reading() as store:
        looks = {name: store.policies.looks(name) for name in store.policies.documents()}
    if not looks:
        return []
    told, titles = _Teller(ask.setting.lang), _titles(ask, looks)
    found = []
    for name, these in looks.items():
        changed = next((one for one in reversed(these) if one.noticed), None)
        found.append(
            DocumentRow(
                id=name,
                title=titles[name],
                last=told.look(these[-1]),
                changed=told.look(changed) if changed else None,
                looks=len(these),
            )
        )
    return sorted(found, key=lambda one: (not one.changed, one.last.seen.good, one.id))


def show(ask: Ask) -> Page:
    """The history of ``document``: each look, with the sentences before and after."""
    setting, name = ask.setting, ask.query.get("document", "")
    words = words_of_part("watch", setting.lang)
    looks: list[PolicySeen] = []
    if ask.desk.exists():
        with ask.desk.reading() as store:
            looks = store.policies.looks(name)
    if not looks:
        raise NotFound(words["no_document"].format(name=printable(name)), words["no_document_tip"])
    told = _Teller(setting.lang)
    history = Told(history=history_of(name, looks), words=words_of(setting.lang), lang=setting.lang)

    def drawn() -> str:
        try:
            return policy_history_chart.chart(history)
        except MissingExtra:  # the table says all of it
            return ""

    picture, fresh = ask.desk.later(setting, "watch-policy", drawn, name)
    return Page(
        template="watch_policy.html",
        title=_titles(ask, [name])[name],
        part="watch",
        values={
            "w": words,
            "document": name,
            "url": looks[-1].url,
            "looks": [told.look(one) for one in reversed(looks)],
            "picture": picture,
            "picture_says": policy_history_chart.alternative(history),
            "silent": history.history.documents[0].silent,
        },
        command=f"withhold watch --policies {name.partition('/')[0]}",
        covers_not=(words["not_between"], words["not_machine"]),
        refresh=0 if fresh else 2,
    )


def _titles(ask: Ask, names: Sequence[str] | dict[str, list[PolicySeen]]) -> dict[str, str]:
    """``LinkedIn, Privacy Policy``; the id of what is not listed any more."""
    known = ask.desk.knowledge
    owners = {one.partition("/")[0] for one in names} & {*ids_in(ask.setting.root, FOLDER)}
    listed = {f"{of}/{one.id}": (of, one.title) for of, one in documents(ask.setting.root, owners)}
    found = {}
    for name in names:
        of, title = listed.get(name, ("", ""))
        found[name] = called(known, of, title) if title else printable(name)
    return found


def called(known: Knowledge, of: str, title: str) -> str:
    """``X, Privacy Policy``; the title alone where it names whose it is."""
    owner = known.platforms.get(of) or known.actors.get(of)
    whose = owner.name if owner else of
    return title if title.casefold().startswith(whose.casefold()) else f"{whose}, {title}"


class _Teller:
    """Puts looks into the words of one language."""

    def __init__(self, lang: str) -> None:
        self._words = words_of_part("watch", lang)
        self._watching = words_of_watching(lang)
        nothing = PolicyHistory(documents=(), gaps=(), source="files")
        self._history = Told(history=nothing, words=words_of(lang), lang=lang)

    def look(self, seen: PolicySeen) -> LookShown:
        """One look."""
        said = self._words[f"outcome_{seen.outcome}"]
        if not seen.good:
            why = self._watching.get(f"unseen_{seen.reason}") or self._watching["unseen_other"]
            detail = f" ({printable(seen.detail)[:200]})" if seen.detail else ""
            said = f"{said}: {why}{detail}"
        change = seen.change
        if change is None or not change.noticed:
            return LookShown(seen=seen, outcome=said)
        return LookShown(
            seen=seen,
            outcome=said,
            effect=change.grade if change.grade in _EFFECTS else "unclear",
            pairs=[
                PairShown(
                    said=self._history.pair(one),
                    before=cut(one.before.sentence) if one.before else "",
                    after=cut(one.after.sentence) if one.after else "",
                )
                for one in told_pairs(change)
            ],
        )


ROUTES = (Route(path="/watch/policy", get=show),)
