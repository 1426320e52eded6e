"""The days that a document states of itself."""

from __future__ import annotations

from datetime import date

import pytest

from withhold.policies.passages import document_of

MAY_3 = date(2025, 5, 3)


@pytest.mark.parametrize(
    "line",
    [
        "Last updated: 3 May 2025",
        "Last Updated on May 3rd, 2025",
        "_Last modified: **2025-05-03**_",
        "Policy last revised May 3, 2025.",
        "Updated: 3rd of May, 2025",
        "Acme | Last update – 3 May 2025 | Older versions",
        "(Last updated 3 May 2025)",
    ],
)
def test_last_updated(line: str) -> None:
    document = document_of(f"# Policy\n\n{line}\n\nWe say much.", "markdown")
    assert (document.published, document.in_force) == (MAY_3, None)


@pytest.mark.parametrize(
    "line",
    [
        "Effective May 3, 2025 ([previous version](/old))",
        "**Effective Date:** 3 May 2025",
        "Effective as of: May 3, 2025",
        "Effective starting: 03 May 2025",
        "These terms take effect on May 3, 2025.",
        "This notice comes into effect on 3 May 2025 for all of you.",
    ],
)
def test_in_force(line: str) -> None:
    document = document_of(f"# Policy\n\n{line}\n\nWe say much.", "markdown")
    assert (document.published, document.in_force) == (None, MAY_3)


@pytest.mark.parametrize(
    ("line", "published", "in_force"),
    [
        ("Stand: 3. Mai 2025", MAY_3, None),
        ("Zuletzt aktualisiert am 03.05.2025", MAY_3, None),
        ("Gültig ab dem 3. Mai 2025, Fassung vom 1. März 2025", date(2025, 3, 1), MAY_3),
        ("Diese Fassung tritt am 3. Mai 2025 in Kraft", None, MAY_3),
    ],
)
def test_german(line: str, published: date | None, in_force: date | None) -> None:
    body = (
        "Wir sagen, was wir mit Ihren Beiträgen machen und was Sie für die nicht tun müssen. " * 3
    )
    document = document_of(f"# Datenschutz\n\n{line}\n\n{body}", "markdown")
    assert document.lang == "de"
    assert (document.published, document.in_force) == (published, in_force)


def test_french_and_spanish() -> None:
    french = "Nous disons ce que nous faisons de vos messages, et pour vous les droits. " * 4
    document = document_of(f"Dernière mise à jour : 1er mai 2025\n\n{french}", "markdown")
    assert document.published == date(2025, 5, 1)
    spanish = "Usamos los datos que usted da para el servicio y con su permiso en la red. " * 4
    document = document_of(f"Fecha de entrada en vigor: 3 de mayo de 2025\n\n{spanish}", "markdown")
    assert document.in_force == MAY_3


def test_both_days() -> None:
    document = document_of("Effective: July 1, 2026. Last Revised: May 26, 2026.", "markdown")
    assert (document.published, document.in_force) == (date(2026, 5, 26), date(2026, 7, 1))


@pytest.mark.parametrize(
    "line",
    [
        "Last updated: July 2026",
        "Last updated: 3/4/2025",
        "Last updated: 31 February 2025",
        "Last updated: 3 May 0025",
        "Our new policy for others takes effect on 3 May 2025.",
        "The previous version was effective May 3, 2025",
        "Terms of 2012: effective from May 3, 2012, until June 1, 2014",
        "An effective way to train since 3 May 2025",
        "On 3 May 2025 we met.",
    ],
)
def test_what_is_no_day_of_this_document(line: str) -> None:
    document = document_of(f"# Policy\n\n{line}\n\nWe say much.", "markdown")
    assert (document.published, document.in_force) == (None, None)


def test_a_day_whose_order_is_clear() -> None:
    assert document_of("Last updated: 13/4/2025", "markdown").published == date(2025, 4, 13)
    assert document_of("Last updated: 4/13/2025", "markdown").published == date(2025, 4, 13)
    assert document_of("Last updated: 4/4/2025", "markdown").published == date(2025, 4, 4)


def test_short_lines_before_long_ones_and_the_beginning_before_the_end() -> None:
    long = "We told you that terms effective May 1, 2020 hold for those who came then. " * 4
    text = f"# P\n\n{long}\n\nEffective: 3 May 2025\n\n" + "More.\n\n" * 60
    assert document_of(text + "Effective: 1 May 2019\n", "markdown").in_force == MAY_3
    assert document_of("More.\n\n" * 60 + "Effective: 3 May 2025\n", "markdown").in_force == MAY_3
    in_the_middle = "More.\n\n" * 60 + "Effective: 3 May 2025\n\n" + "More.\n\n" * 60
    assert document_of(in_the_middle, "markdown").in_force is None


@pytest.mark.parametrize("month", ["APRİL", "Aprıl", "april", "APRIL", "AVRİL"])
def test_a_month_on_a_turkish_keyboard_raises_nothing(month: str) -> None:
    document = document_of(f"# Policy\n\nLast updated: 3 {month} 2025\n\nWe say much.", "markdown")
    assert document.published == (None if month == "AVRİL" else date(2025, 4, 3))
