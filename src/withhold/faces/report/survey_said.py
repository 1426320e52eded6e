"""What a survey came to, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import tomli

from withhold.faces.report.plain import printable
from withhold.verbs.surveying import Sum, Surveyed

Words = Mapping[str, str]
SHOWN = 12
"""Tokens of the last crawl that a terminal shows."""


def words_of(lang: str) -> dict[str, str]:
    """The words of the survey."""
    path = Path(__file__).parents[1] / "phrases" / f"survey.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


def summary(found: Surveyed, out: str, words: Words, lang: str) -> Iterator[str]:
    """The lines: how hosts answered, what is not known, whom the most refuse."""
    n = _Numbers(lang)
    if not found.captures:
        yield words["nothing"]
    head = words["head_one" if len(found.crawls) < 2 else "head"]
    yield printable(
        head.format(
            hosts=n(found.hosts),
            crawls=n(len(found.crawls)),
            tokens=n(len(found.tokens)),
            path=found.path,
        )
    )
    yield words["about"]
    yield ""
    yield words["states"]
    for state, many in found.hosts_by_state.items():
        yield "  " + words[f"state_{state}"].format(n=n(many))
    yield words["policies"].format(n=n(found.policies))
    if found.repeated:
        yield words["repeated"].format(n=n(found.repeated), differ=n(found.contradicting))
    if found.left_out:
        said = [words[f"left_{why}"].format(n=n(many)) for why, many in found.left_out.items()]
        yield words["left_out"].format(said="; ".join(said))
    last = [one for one in found.sums if one.crawl == found.crawls[-1]] if found.crawls else []
    if last and last[0].known:
        yield ""
        yield from _table(last, words, n)
        left = len(found.tokens) - min(SHOWN, sum(one.disallowed > 0 for one in last))
        if left:
            key = "more_one" if left == 1 else "more"
            yield "  " + words[key].format(n=n(left), file=printable(f"{out}/aggregates.csv"))
    yield ""
    yield words["files"].format(out=printable(out))


def _table(sums: list[Sum], words: Words, n: _Numbers) -> Iterator[str]:
    crawl = printable(sums[0].crawl)
    key = "table" if crawl else "table_none"
    yield words[key].format(crawl=crawl, known=n(sums[0].known))
    most = sorted(sums, key=lambda one: (-one.disallowed, -one.own_group, one.token.lower()))
    heads = [words[f"col_{one}"] for one in ("token", "refused", "share", "named")]
    yield "  {:32.32}{:>13}{:>10}{:>13}".format(*heads)
    for one in most[:SHOWN]:
        if not one.disallowed:
            break
        yield (
            f"  {printable(one.token):32.32}{n(one.disallowed):>13}"
            f"{n.share(one.share):>10}{n(one.own_group):>13}"
        )


class _Numbers:
    """With the separators of the language."""

    def __init__(self, lang: str) -> None:
        self._german = lang == "de"

    def __call__(self, many: int) -> str:
        said = f"{many:,}"
        return said.replace(",", ".") if self._german else said

    def share(self, part: float) -> str:
        """In hundredths, with one decimal."""
        said = f"{100 * part:.1f} %"
        return said.replace(".", ",") if self._german else said
