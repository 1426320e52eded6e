"""The words of withhold: closed lists, what is asked, and what was seen. One word per concept.

Every other module uses these and no others; what ``knowledge/`` is made of stands in ``facts``.

Dates are ``datetime.date`` in the owner's calendar, spans are half-open ``[since, until)``,
places are ISO 3166 codes (``DE``, ``US-PA``).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

Answer = Literal["allowed", "disallowed", "unknown"]
Strength = Literal["observed", "shown", "promised", "required", "told", "asked"]
STRENGTHS: tuple[Strength, ...] = ("observed", "shown", "promised", "required", "told", "asked")
"""Of a ``disallowed`` only, strongest first."""

Use = Annotated[
    Literal["train-ai", "search", "ranking", "ads", "licence-to-third-party", "ai-input"],
    Meta(
        description="What the content is used for. `train-ai` and `search` are AIPREF's words; "
        "the others are ours. Training own generative models, ranking, advertising and selling "
        "to others are different things: one practice each."
    ),
]
Kind = Annotated[
    Literal[
        "post",
        "comment",
        "photo",
        "video",
        "article",
        "message",
        "group-message",
        "profile",
        "ai-chat",
        "page",
        "image",
    ],
    Meta(
        description="What was published. `message` is one-to-one, `group-message` is a chat or a "
        "group with several members, `ai-chat` is a conversation with an AI feature, `page` and "
        "`image` stand on a site of the owner's. Captions, reels, stories and links go with the "
        "post, photo or video that carries them."
    ),
]
KINDS: tuple[Kind, ...] = (
    "post",
    "comment",
    "photo",
    "video",
    "article",
    "profile",
    "group-message",
    "message",
    "ai-chat",
    "page",
    "image",
)
Audience = Annotated[
    Literal["public", "followers", "group", "private", "unknown"],
    Meta(
        description="Who can see it: anyone; approved followers, friends or connections; the "
        "members of a group; nobody or one other person; not known."
    ),
]
AUDIENCES: tuple[Audience, ...] = ("public", "followers", "group", "private")
Authored = Annotated[
    Literal["own", "own-over-others", "others", "about-me"],
    Meta(
        description="`others`: posted by somebody else, for example a photo of you. Your own "
        "objection may not reach it."
    ),
]
Revealed = Literal[
    "email",
    "phone",
    "address",
    "iban",
    "coordinates",
    "birth-date",
    "school",
    "employer",
    "health",
    "belief",
    "minor",
]
"""What a post gives away about a person, as a span of its text or the place of a picture."""
REVEALED: tuple[Revealed, ...] = get_args(Revealed)
AccountKind = Literal["personal", "business", "page", "minor"]
Says = Annotated[
    Literal["yes", "no", "conditional", "silent"],
    Meta(
        description="What the actor says about this use: that it may, that it does not, that it "
        "may under a condition (name it in `condition`), or nothing. Silence is never a no."
    ),
]
Default = Annotated[
    Literal["on", "off", "none"],
    Meta(description="The state nobody touched. `off` = opt-in. `none` = there is no switch."),
]
Coverage = Annotated[
    Literal["full", "part", "not"],
    Meta(description="How far this control reaches into the practice. Only `full` closes it."),
]
ControlKind = Literal["toggle", "form", "email", "audience", "robots", "none"]
SourceKind = Annotated[
    Literal["official", "archived", "regulator", "research", "press", "blog", "unverified"],
    Meta(
        description="Whose words: the actor's own page; its text as kept by an archive; an "
        "authority or court; a study; a newspaper; a blog or guide; remembered and not checked."
    ),
]
Read = Annotated[
    Literal["whole", "excerpt", "relayed", "no"],
    Meta(
        description="How the source was read by us: whole, in part, as relayed by another dated "
        "source, or not at all (only its address is known)."
    ),
]
TokenKind = Literal["fetcher", "control", "library"]
Purpose = Literal["training", "search", "user-triggered", "archive", "ads", "preview", "mixed"]
Lang = Literal["en", "de"]
LANGS: tuple[Lang, ...] = ("en", "de")
How = Literal["told", "clicked", "shown", "observed"]

# What is asked, and what was seen ------------------------------------------------------------


class Account(Struct, frozen=True, kw_only=True):
    """An owner's presence on a platform. ``name`` tells two blogs of one platform apart."""

    platform: str
    name: str = ""
    kind: AccountKind = "personal"
    plan: str = ""
    audience: Audience = "unknown"
    lang: str = ""
    since: date | None = None
    adult: bool = True

    @property
    def key(self) -> str:
        """``platform`` or ``platform:name``, as the command line writes it."""
        return f"{self.platform}:{self.name}" if self.name else self.platform


class Site(Struct, frozen=True, kw_only=True):
    """A web property under the owner's own hand; ``folder`` holds its files, where known."""

    url: str
    folder: str = ""


class Content(Struct, frozen=True, kw_only=True):
    """What was published, and where it stands: on an account or on a site."""

    kind: Kind = "post"
    audience: Audience = "public"
    authored: Authored = "own"
    posted: date | None = None
    public_until: date | None = None
    """The day the account stopped being public, for what was public before it."""
    account: Account | None = None
    site: str = ""
    path: str = "/"


class Observation(Struct, frozen=True, kw_only=True):
    """The state of one control: what was seen, where, when, how.

    ``value`` is the state read (``on``, ``off``), or of forms and e-mails ``sent``, ``confirmed``
    (granted in writing) and ``refused``. ``account`` is the account's key; a bare platform id
    stands for all accounts there. ``clicked`` = pressed and not read back: never ``observed``.
    Of a letter no control exists: ``control`` is ``facebook/right:object-training``, and
    ``practices`` names what it is about; ``account`` may then also be the site it is about.
    What an archive says and no control stands for is ``x/archive:NAME``; no answer rests on it.
    """

    control: str
    value: str
    on: date
    how: How
    account: str = ""
    id: str = ""
    evidence: str = ""
    practices: tuple[str, ...] = ()
    """Of a letter only: ``platform/practice-id`` or ``actor/practice-id`` each."""


class Statement(Struct, frozen=True, kw_only=True):
    """What a site's signal says to one product token, with the words that decide.

    ``token`` is ``*`` where it speaks to everyone. ``allowed`` is None where the signal is there
    and says neither yes nor no (a value that its standard does not know, a file that could not be
    fetched); what a signal says nothing of is no statement. ``signal`` is ``robots.txt`` for the
    rules of that file, else an id of ``knowledge/signals/``; ``use`` is what it speaks of, empty
    for the rules of robots.txt, which speak of fetching.
    """

    token: str
    allowed: bool | None
    signal: str = "robots.txt"
    use: Use | Literal[""] = ""
    site: str = ""
    on: date | None = None
    line: int | None = None
    text: str = ""
    why: str = ""
    place: str = ""
    """The file or address it was read from."""


class Span(Struct, frozen=True):
    """A half-open span of time ``[since, until)``; None = not known / still so."""

    since: date | None = None
    until: date | None = None
