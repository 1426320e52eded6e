"""One model for two ways to tell languages: each says what py3langid says by itself."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from py3langid import langid

from withhold import language_model
from withhold.language_model import identifier

TEXTS = (
    "This is my house and I like living here very much.",
    "Questa è la mia casa e mi piace molto vivere qui.",
    "Српски језик је јужнословенски језик из породице индоевропских језика.",
    "Srpski jezik je južnoslavenski jezik iz porodice indoeuropskih jezika.",
    "這是我的家，我非常喜歡住在這裡。",
    "1234 !!!! 5678",
    "\x00",
)
"""Also languages that the model knows in two alphabets, and nothing that it knows."""


@pytest.mark.parametrize("shares", [False, True])
def test_it_says_what_one_of_its_own_says(shares: bool) -> None:
    alone = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=shares)
    for text in TEXTS:
        assert identifier(shares=shares).rank(text) == alone.rank(text)


def test_the_two_ways_differ_so_that_none_can_stand_for_the_other() -> None:
    said = [
        [identifier(shares=shares).classify(text)[0] for text in TEXTS] for shares in (False, True)
    ]
    assert said[0] != said[1]


def test_both_look_into_the_same_tables() -> None:
    one, other = identifier(shares=False), identifier(shares=True)
    assert one is not other
    for name in ("nb_ptc", "tk_nextmove"):
        assert getattr(one, name) is getattr(other, name)


@pytest.fixture
def unloaded() -> Iterator[None]:
    kept = (language_model._ranking, language_model._sharing)
    for one in kept:
        one.cache_clear()
    yield
    for one in kept:
        one.cache_clear()


@pytest.mark.usefixtures("unloaded")
def test_who_asks_at_once_gets_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[object] = []
    load = langid.LanguageIdentifier.from_model_file

    def counted(path: str) -> langid.LanguageIdentifier:
        loaded.append(path)
        return load(path)

    monkeypatch.setattr(langid.LanguageIdentifier, "from_model_file", counted)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda n: identifier(shares=n % 2 == 0), range(4)))
    assert len(loaded) == 1
    assert found[0] is found[2]
    assert found[1] is found[3]
