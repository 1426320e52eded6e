"""What may be different about a page. Every flag is a thing that real pages were seen to do."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tests.replicas.described import Widget

Saving = Literal[
    "stored",  # what an honest page does
    "refused",  # the answer is 500
    "dropped",  # the switch moves, no request leaves
    "lost",  # the answer is 200, nothing is stored
    "remembered",  # the same, and the page shows what it keeps in localStorage
    "reverted",  # stored, shown once, then taken back
    "unanswered",  # stored, the connection ends without an answer, later loads are fine
    "dead-after",  # stored, and from then on no connection is answered
    "dead-before",  # not stored, and from then on no connection is answered
]
Gate = Literal[
    "", "login", "captcha", "cookies", "banner", "gone", "region", "elsewhere", "circle", "dead"
]


class Variant(Struct, frozen=True, kw_only=True):
    """A page with one thing changed; most flags can be combined."""

    id: str
    lang: str = "en"
    widget: Widget | Literal[""] = ""
    hidden: bool = False
    label: Literal["", "renamed"] = ""
    moved: bool = False
    twin: Literal["", "apart", "together"] = ""
    place: Literal["", "shadow", "frame"] = ""
    late: float = 0
    default: float = 0
    """Seconds in which the page shows a made-up state, before it is told the stored one."""
    saving: Saving = "stored"
    slow: float = 0
    """Seconds until the save is stored and answered."""
    button: bool = False
    dialog: bool = False
    password: bool = False
    gate: Gate = ""
    stranger: bool = False
    """Somebody else is logged in."""
    already: bool = False
    needs_store: bool = False
    """Without what it keeps in the browser the page knows nobody, and offers to log in."""
    cached: bool = False
    """The answer may be kept by the browser for ten minutes."""
    width: int = 1280

    @property
    def real_time(self) -> bool:
        """Whether the page itself takes long, so that nobody may be in a hurry with it."""
        return bool(self.late or self.slow or self.default or self.needs_store)


ALL: tuple[Variant, ...] = (
    Variant(id="base"),
    Variant(id="de", lang="de"),
    Variant(id="fr", lang="fr"),
    Variant(id="pt-BR", lang="pt-BR"),
    Variant(id="ja", lang="ja"),
    Variant(id="ar", lang="ar"),
    Variant(id="renamed", label="renamed"),
    Variant(id="moved", moved=True),
    Variant(id="checkbox", widget="checkbox"),
    Variant(id="radio", widget="radio"),
    Variant(id="menu", widget="menu"),
    Variant(id="switch", widget="switch"),
    Variant(id="twins-apart", twin="apart"),
    Variant(id="twins-together", twin="together"),
    Variant(id="shadow", place="shadow"),
    Variant(id="frame", place="frame"),
    Variant(id="hidden-input", widget="switch", hidden=True),
    Variant(id="late", late=2.5),
    Variant(id="very-late", late=5),
    Variant(id="default-first", default=2),
    Variant(id="slow-save", slow=1.5),
    Variant(id="slower-save", slow=3),
    Variant(id="refused", saving="refused"),
    Variant(id="dropped", saving="dropped"),
    Variant(id="lost", saving="lost"),
    Variant(id="remembered", saving="remembered"),
    Variant(id="needs-store", needs_store=True),
    Variant(id="needs-store-remembered", needs_store=True, saving="remembered"),
    Variant(id="reverted", saving="reverted"),
    Variant(id="unanswered", saving="unanswered"),
    Variant(id="button", button=True),
    Variant(id="dialog", dialog=True),
    Variant(id="password", password=True),
    Variant(id="login", gate="login"),
    Variant(id="stranger", stranger=True),
    Variant(id="captcha", gate="captcha"),
    Variant(id="cookies", gate="cookies"),
    Variant(id="banner", gate="banner"),
    Variant(id="gone", gate="gone"),
    Variant(id="region", gate="region"),
    Variant(id="elsewhere", gate="elsewhere"),
    Variant(id="circle", gate="circle"),
    Variant(id="already", already=True),
    Variant(id="dead", gate="dead"),
    Variant(id="dead-after", saving="dead-after"),
    Variant(id="dead-before", saving="dead-before"),
    Variant(id="cached", cached=True),
    Variant(id="narrow", width=360),
)
BY_ID = {one.id: one for one in ALL}
