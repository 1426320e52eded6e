"""What a view of the dashboard gets and gives. A view is a plain function ``(Ask) -> Answer``.

Views know nothing of HTTP: they run in a thread, may read and write the store through the desk,
and are tested by calling them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from withhold.faces.cli.setting import Setting
    from withhold.faces.web.desk import Desk


class Upload(Struct, frozen=True, kw_only=True):
    """A file that was dropped: what the browser calls it, and where it lies in the owner's home.

    ``name`` is only ever shown; it is hostile, and never becomes a path. The file is deleted when
    the view is done, unless the view took it over (``desk.keep_upload``).
    """

    field: str
    name: str
    path: Path
    size: int


class Ask(Struct, frozen=True, kw_only=True):
    """One request, as a view sees it. Of ``query`` the last value of a name counts."""

    desk: Desk
    setting: Setting
    session: str = ""
    path: str = "/"
    query: Mapping[str, str] = {}
    form: Mapping[str, Sequence[str]] = {}
    files: tuple[Upload, ...] = ()
    piece: bool = False
    """Whether htmx asks for a piece of a page, and not for the whole of it."""

    def said(self, name: str, default: str = "") -> str:
        """The last value of a field of the form, without space around it."""
        values = self.form.get(name)
        return values[-1].strip() if values else default

    def chosen(self, name: str) -> tuple[str, ...]:
        """All values of a field of the form."""
        return tuple(self.form.get(name, ()))


class Page(Struct, frozen=True, kw_only=True):
    """A whole page.

    ``command`` does the same on a command line, and can be copied; ``covers_not`` are sentences
    on what the page does not answer. ``refresh``: seconds after which a page that is not finished
    asks again (without script by itself). ``part`` is the entry of the navigation it belongs to.
    """

    template: str
    title: str
    values: Mapping[str, Any] = {}
    part: str = ""
    command: str = ""
    covers_not: Sequence[str] = ()
    refresh: int = 0
    status: int = 200


class Piece(Struct, frozen=True, kw_only=True):
    """A piece of a page, for htmx to put in its place."""

    template: str
    values: Mapping[str, Any] = {}


class Go(Struct, frozen=True, kw_only=True):
    """After a form: on to an address (303), where ``said`` stands on top once.

    So going back or loading anew repeats nothing. ``undo`` is the address of a form that takes it
    back (posted with ``undo_values``); empty = there is none.
    """

    to: str
    said: str = ""
    bad: bool = False
    undo: str = ""
    undo_values: Mapping[str, str] = {}


class File(Struct, frozen=True, kw_only=True):
    """A file to save."""

    body: bytes
    type: str
    name: str


Answer: TypeAlias = Page | Piece | Go | File
View: TypeAlias = Callable[[Ask], Answer]


class Route(Struct, frozen=True, kw_only=True):
    """An address, and who answers it. ``upload``: its form may carry files.

    ``back``: where one that only takes forms leads who opens it; empty = to the page above it.
    """

    path: str
    get: View | None = None
    post: View | None = None
    upload: bool = False
    back: str = ""
