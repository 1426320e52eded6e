"""The files of one case for somebody who was not there: its index, its letters, their digests."""

from __future__ import annotations

from datetime import date

from withhold.catalog.load import Knowledge
from withhold.catalog.rights import RightsKnown
from withhold.catalog.rights_words import NextSteps
from withhold.catalog.sentences import Sentences
from withhold.faces.report import case_file
from withhold.faces.report.offers import Words
from withhold.keep import Store
from withhold.verbs.request_bundle import SUMS, gathered, sums


def files(
    store: Store,
    reference: str,
    when: date,
    knowledge: Knowledge,
    rights: RightsKnown,
    steps: NextSteps,
    words: Words,
    sentences: Sentences,
) -> list[tuple[str, bytes]]:
    """Name and octets of each, the index first, ``SHA256SUMS`` last.

    Raises NotFound; StoreTrouble for evidence that is gone or was changed.
    """
    found = gathered(store, reference, when, knowledge, rights, steps)
    page = case_file.page(found, knowledge, words, sentences, steps, when)
    made = [
        ("index.html", (case_file.as_html(page) + "\n").encode()),
        ("index.md", case_file.as_markdown(page).encode()),
        ("case.json", case_file.as_json(found, sentences.lang, when).encode()),
        *found.bodies.items(),
    ]
    return [*made, (SUMS, sums(made))]
