"""The errors of withhold. Each is one line, one TIP with the next step, and an exit code.

::

    WithholdError                 exit 1   trouble of the tool or the world
    ├── BadInput                  exit 2   arguments or files that cannot be used
    │   ├── NotFound              exit 2   a platform, place, control ... of that name is not known
    │   └── BadKnowledge          exit 2   a file of knowledge that does not hold
    ├── NothingToCheck            exit 3   the owner has nothing, and no target was given
    ├── StoreTrouble              exit 1   the database is locked, damaged or cannot be written
    ├── MissingExtra              exit 1   an optional part is not installed
    └── ProfileInUse              exit 1   a window of the tool's own is open already

Errors of the programmer are not caught: they crash, loudly.
"""

from __future__ import annotations


class WithholdError(Exception):
    """Trouble that a user can act upon.

    ``tip`` names the next command or step; ``page`` is the section of docs/reference/errors.md.
    """

    exit_code = 1
    page = "error"

    def __init__(self, message: str, tip: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.tip = tip


class BadInput(WithholdError):
    """Arguments or a file that cannot be used as they are."""

    exit_code = 2
    page = "bad-input"


class NotFound(BadInput):
    """No target is ever guessed: an unknown name ends here, with what may have been meant."""

    page = "not-found"


class BadKnowledge(BadInput):
    """A file of knowledge that does not hold: which file, line, field, and what was expected."""

    page = "bad-knowledge"


class NothingToCheck(WithholdError):
    """The owner has no accounts or sites yet, and no target was given."""

    exit_code = 3
    page = "nothing-to-check"


class StoreTrouble(WithholdError):
    """The store is locked, damaged or may not be written. Nothing is lost by this."""

    page = "store-trouble"


class MissingExtra(WithholdError):
    """An optional part is not installed; the tip is the exact line that installs it."""

    page = "missing-extra"


class ProfileInUse(WithholdError):
    """A browser has the profile of this window open; two cannot share it."""

    page = "profile-in-use"
