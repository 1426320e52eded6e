"""withhold: may this actor use this content of mine to train its AI, and what makes it no?

The whole public surface. A name is imported when it is first asked for (PEP 562), so that
``import withhold``, and with it every start of the command line, costs next to nothing.

``may_train`` names a module and the question in it; here it is the question, always.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from withhold.catalog.load import Knowledge
    from withhold.catalog.load import load as load_knowledge
    from withhold.errors import WithholdError
    from withhold.may_train import may_train
    from withhold.traces.deciding.decide import decide
    from withhold.verdict import PracticeAnswer, Reason, Step, Verdict
    from withhold.words import Account, Answer, Content, Observation, Span, Statement, Strength

    __version__: str

__all__ = [
    "Account",
    "Answer",
    "Content",
    "Knowledge",
    "Observation",
    "PracticeAnswer",
    "Reason",
    "Span",
    "Statement",
    "Step",
    "Strength",
    "Verdict",
    "WithholdError",
    "__version__",
    "decide",
    "load_knowledge",
    "may_train",
]

_FROM = {
    "Account": "withhold.words",
    "Answer": "withhold.words",
    "Content": "withhold.words",
    "Knowledge": "withhold.catalog.load",
    "Observation": "withhold.words",
    "PracticeAnswer": "withhold.verdict",
    "Reason": "withhold.verdict",
    "Span": "withhold.words",
    "Statement": "withhold.words",
    "Step": "withhold.verdict",
    "Strength": "withhold.words",
    "Verdict": "withhold.verdict",
    "WithholdError": "withhold.errors",
    "decide": "withhold.traces.deciding.decide",
    "load_knowledge": "withhold.catalog.load",
    "may_train": "withhold.may_train",
}
_NAMED_THERE = {"load_knowledge": "load"}


if not TYPE_CHECKING:  # a type checker reads the imports above, and tells an unknown name

    def __getattr__(name: str) -> object:
        """A public name, imported now and kept."""
        if name == "__version__":
            value: object = _version()
        elif name in _FROM:
            value = getattr(import_module(_FROM[name]), _NAMED_THERE.get(name, name))
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _version() -> str:
    """The version that is installed; of a checkout that is not installed it is not known."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("withhold")
    except PackageNotFoundError:
        return "unknown"


class _Surface(ModuleType):
    """This module, with one name kept.

    The import system binds a submodule to its name in the package once it was run. For
    ``withhold.may_train`` the question is bound instead, whoever imported the submodule first.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name == "may_train" and isinstance(value, ModuleType):
            value = value.may_train
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Surface
