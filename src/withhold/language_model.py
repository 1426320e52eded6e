"""The model of py3langid, loaded once for all who tell a language: 100 MiB, with numpy.

py3langid (BSD) is an extra and imported late; who asks says which extra it is of.
"""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_LOADING = Lock()
"""So that two who ask at once do not load it twice."""


def identifier(*, shares: bool) -> LanguageIdentifier:
    """What tells languages; both ways look into the same tables.

    ``shares``: what it says of a language is its share of the likelihood, 0 to 1; else a score
    that only ranks. Raises ImportError without py3langid.
    """
    with _LOADING:
        return _sharing() if shares else _ranking()


@cache
def _ranking() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)


@cache
def _sharing() -> LanguageIdentifier:
    """Of its own: of a language with two alphabets the shares are added, of scores one is taken."""
    of = _ranking()
    tables = (of.nb_ptc, of.nb_pc, of.nb_classes, of.tk_nextmove, of.tk_output)
    return type(of)(*tables, norm_probs=True, tk_row=of.tk_row)
