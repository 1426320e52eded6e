"""What a recipe is made of: a header, targets, signs, and steps from a closed list.

A recipe is data. It cannot run script, type, read cookies, loop, wait for long, leave its domains
or press what it did not name; whoever runs one needs to trust the runner only.

The titles and descriptions given here become ``knowledge/schema/recipe.json``: they are written
for a person who adds a recipe. Words of a page are lists by language (``{en = ["On"]}``): any of
them, compared whole, without case, with single spaces; ``...`` at the end or in front
of a text stands for more: ``Photo of ...``, ``...'s profile``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from withhold.facts import Fact, Slug, Text

FORMAT = 1
"""The version of the steps. A recipe with a higher one is refused, never half understood."""

State = Literal["on", "off", "unknown"]
Outcome = Literal[
    "already-no",
    "verified-no",
    "on",
    "unknown",
    "not-offered-here",
    "needs-you",
    "changed",
    "refused",
    "flipped-back",
]
"""How a run ended. Only the first two give strength ``observed``."""

Role = Literal[
    "switch",
    "checkbox",
    "radio",
    "radiogroup",
    "combobox",
    "button",
    "link",
    "tab",
    "menuitem",
    "menuitemcheckbox",
    "option",
    "heading",
    "text",
    "dialog",
]
SETTINGS: tuple[Role, ...] = ("switch", "checkbox", "radiogroup", "combobox", "menuitemcheckbox")
"""Roles that hold a state. A row of a page ends where the next one of these begins."""

Words = Annotated[
    dict[str, list[str]],
    Meta(description="The words on the page by language; any of them, whole, without case."),
]


class Target(Fact, frozen=True, kw_only=True):
    """One thing on a page, by role and accessible name (WAI-ARIA, accname), never by a path."""

    role: Annotated[list[Role], Meta(min_length=1, description="Any of these roles.")]
    names: Annotated[
        Words, Meta(description="Its accessible name, by language. Empty: found by its attribute.")
    ] = field(default_factory=dict)
    heading: Annotated[
        Words, Meta(description="A second anchor: a heading above it, of its own section.")
    ] = field(default_factory=dict)
    near: Annotated[
        Words, Meta(description="A second anchor: a text in the same row as the switch.")
    ] = field(default_factory=dict)
    attribute: Annotated[
        dict[str, str],
        Meta(description="A second anchor: an attribute that stays, with its whole value."),
    ] = field(default_factory=dict)
    act: Annotated[
        Literal["none", "navigate", "save"],
        Meta(description="What pressing it does. Only `navigate` and `save` are ever pressed."),
    ] = "none"
    reads: Annotated[
        Literal["same", "opposite"],
        Meta(description="`opposite`: the page's ON is this control's `off`."),
    ] = "same"
    words_on: Annotated[
        Words, Meta(description="Of a menu or radio group: the option that means on.")
    ] = field(default_factory=dict)
    words_off: Annotated[
        Words, Meta(description="Of a menu or radio group: the option that means off.")
    ] = field(default_factory=dict)
    seen: Annotated[
        list[str],
        Meta(description="Languages whose words a source shows. The others are guesses and say so"),
    ] = field(default_factory=list)


class Sign(Fact, frozen=True, kw_only=True):
    """What tells which page this is. All that is given has to hold; a list of signs: any."""

    path: Annotated[str, Meta(description="The beginning of the address's path.")] = ""
    heading: Words = field(default_factory=dict)
    text: Annotated[Words, Meta(description="A text that stands somewhere on the page.")] = field(
        default_factory=dict
    )
    target: Annotated[str, Meta(description="A target of this recipe that is there.")] = ""


class Step(Fact, frozen=True, kw_only=True, tag_field="do"):
    """Base of the steps: ``do`` names which."""


class Open(Step, frozen=True, kw_only=True, tag="open"):
    """Goes to an address of the recipe's domains."""

    url: Annotated[str, Meta(pattern=r"^https://")]


class Expect(Step, frozen=True, kw_only=True, tag="expect"):
    """Waits until a sign is there; without it the run stops (login, challenge, changed ...)."""

    sign: str
    within: Annotated[float, Meta(gt=0, le=20, description="Seconds.")] = 10


class Read(Step, frozen=True, kw_only=True, tag="read"):
    """Reads the state of a target: on, off or unknown."""

    target: str


class Set(Step, frozen=True, kw_only=True, tag="set"):
    """Puts a target into a state by one press; nothing is done when it is already so."""

    target: str
    to: Annotated[
        Literal["want", "before"],
        Meta(description="`want`: the state that says no. `before`: what the run found (undo)."),
    ] = "want"


class Choose(Step, frozen=True, kw_only=True, tag="choose"):
    """Chooses one option of a menu or of a radio group, by its words."""

    target: str
    option: Words


class Press(Step, frozen=True, kw_only=True, tag="press"):
    """Presses a target that is marked ``navigate`` or ``save``."""

    target: str


class AwaitWrite(Step, frozen=True, kw_only=True, tag="await-write"):
    """Waits for the page's own write: a same-site request that is no GET, answered with 2xx."""

    within: Annotated[float, Meta(gt=0, le=20, description="Seconds.")] = 8
    path: Annotated[str, Meta(description="The beginning of its path, where known.")] = ""


class ReloadFresh(Step, frozen=True, kw_only=True, tag="reload-fresh"):
    """Loads the page once more in a new tab, past caches and what the page stored by itself."""


class Human(Step, frozen=True, kw_only=True, tag="human"):
    """What the owner does, in the owner's language. The tool never types."""

    what: Text
    why: Text = field(default_factory=dict)


class Note(Step, frozen=True, kw_only=True, tag="note"):
    """Keeps a picture of one target, and of nothing else on the page."""

    target: str


class Stop(Step, frozen=True, kw_only=True, tag="stop"):
    """Ends the run."""

    outcome: Literal["not-offered-here", "needs-you", "changed", "unknown"]


class If(Step, frozen=True, kw_only=True, tag="if"):
    """One of two ways, by a sign. Steps inside are no ``if`` again, so a recipe stays readable."""

    sign: str
    then: list[PlainStep]
    otherwise: list[PlainStep] = field(default_factory=list)


PlainStep = (
    Open | Expect | Read | Set | Choose | Press | AwaitWrite | ReloadFresh | Human | Note | Stop
)
AnyStep = PlainStep | If
ShownStep = Open | Press | Set | Choose | Expect | Human
"""Steps that can be said to a person."""


class Checked(Fact, frozen=True, kw_only=True):
    """How the recipe itself was last checked. Never claim more than was seen."""

    how: Annotated[
        Literal["source", "replica", "page", "live"],
        Meta(
            description="`source`: its words stand in texts that describe the page. `replica`: "
            "run on a page written by us, no more. `page`: on a saved page. `live`: on the page."
        ),
    ]
    on: date
    by: str = ""


class Recipe(Fact, frozen=True, kw_only=True):
    """How one control is found, read, set, read back and put back. Scope, places and kinds of
    account stand with the control, automation terms with its platform.

    ``read``, ``set``, ``verify`` and ``undo`` come all four or not at all; ``show`` always.
    """

    format: Annotated[int, Meta(ge=1, description=f"The version of the steps; now {FORMAT}.")]
    id: Slug
    control: Annotated[
        str, Meta(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$", description="`platform/control`.")
    ]
    domains: Annotated[
        list[str], Meta(min_length=1, description="Hosts, whole. Leaving them stops the run.")
    ]
    want: Annotated[str, Meta(description="The state that says no, as the control has it.")]
    kinds: Annotated[
        list[Literal["web", "app"]], Meta(description="Where the setting is: web, app, or both.")
    ] = field(default_factory=lambda: ["web"])
    needs: Annotated[
        list[Literal["login", "password-again", "two-factor", "e-mail-link", "admin", "evidence"]],
        Meta(description="What only the owner can give on the way."),
    ] = field(default_factory=lambda: ["login"])
    checked: Checked
    note: Annotated[Text, Meta(description="What the owner should know beforehand.")] = field(
        default_factory=dict
    )
    account: Annotated[
        str, Meta(description="A target that shows who is logged in. Empty: the page does not.")
    ] = ""
    target: Annotated[dict[str, Target], Meta(description="Things on the pages, named once.")] = (
        field(default_factory=dict)
    )
    sign: Annotated[
        dict[str, list[Sign]],
        Meta(
            description="`here` (needed to run), `login`, `challenge`, `confirm-password`, `gone`, "
            "`other-variant`, and names of its own for `if`."
        ),
    ] = field(default_factory=dict)
    show: Annotated[list[ShownStep], Meta(min_length=1, description="For a person, step by step.")]
    read: list[AnyStep] = field(default_factory=list)
    set: list[AnyStep] = field(default_factory=list)
    verify: list[AnyStep] = field(default_factory=list)
    undo: list[AnyStep] = field(default_factory=list)
    undo_not: Annotated[
        Text, Meta(description="Where the act cannot be undone: why. Then `undo` is empty.")
    ] = field(default_factory=dict)

    @property
    def runs(self) -> bool:
        """Whether it can be run in a window; otherwise it is for showing only."""
        return bool(self.read)


class MenuWords(Fact, frozen=True, kw_only=True):
    """Words that mean the same on every page, by language: ``knowledge/menu-words.toml``."""

    on: Words
    off: Words
    forbidden: Annotated[
        Words,
        Meta(
            description="Never pressed: delete, deactivate, pay, publish, accept terms. Whole words"
        ),
    ]
    login: Annotated[Words, Meta(description="A heading or button of a page that asks to log in.")]
    password: Annotated[Words, Meta(description="Asks for the password once more.")]
    challenge: Annotated[Words, Meta(description="Asks whether a person is there.")]
