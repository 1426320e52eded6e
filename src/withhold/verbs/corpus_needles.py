"""What is looked for in a corpus: the owner's posts and sites from the store, and what is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from withhold.errors import BadInput, NotFound, NothingToCheck
from withhold.exports.post import Post
from withhold.traces.corpus import needles as made
from withhold.traces.corpus.addresses import address as address_of
from withhold.traces.corpus.addresses import host_of
from withhold.traces.corpus.found import Needle, Refused
from withhold.traces.corpus.spans import SHORTEST

EXCERPT = 60
"""Characters of a needle that are shown."""
_BLOCK = 2_000
_OWN = ("own", "own-over-others")
_IMAGE = 64 << 20


class Sought(Struct, frozen=True, kw_only=True):
    """The needles; what cannot be looked for; and by needle how it begins, to be shown."""

    needles: tuple[Needle, ...]
    refused: tuple[Refused, ...] = ()
    excerpts: Mapping[str, str] = {}

    @property
    def texts(self) -> bool:
        """Whether texts have to be looked at, and not addresses and ids alone."""
        return any(one.spans or one.shingles or one.signature for one in self.needles)

    @property
    def images(self) -> bool:
        """Whether pictures have to be looked at."""
        return any(one.image for one in self.needles)


def sought(
    home: Path,
    *,
    posts: bool = True,
    account: str = "",
    sites: Sequence[str] = (),
    files: Sequence[Path] = (),
    images: Sequence[Path] = (),
    near: bool = False,
) -> Sought:
    """All needles. ``files`` have one text, URL or host a line; ``sites`` are URLs or hosts.

    There may be none, with all ``refused``. Raises NothingToCheck where nothing is given and
    nothing stored, BadInput for what cannot be read, NotFound for an account that is not there.
    """
    excerpts: dict[str, str] = {}
    found: list[Needle] = []
    refused: list[Refused] = []

    def take(more: tuple[list[Needle], list[Refused]]) -> None:
        found.extend(more[0])
        refused.extend(more[1])

    hosts = [_host(one) for one in sites]
    own, kept = _stored(home, account, excerpts, posts=posts)
    hosts += [] if account else own
    take(made.needles(kept, hosts=dict.fromkeys(hosts), near=near))
    for file, called in zip(files, _called(files), strict=True):
        named = called if len(files) > 1 else ""
        take(_named(made.from_lines(_lines(file, named, excerpts), near=near), named))
    pictures = zip(_called(images), map(_octets, images), strict=True)
    take(made.needles(images=pictures))
    if not found and not refused:
        raise NothingToCheck(
            "nothing of yours is known here that could be looked for",
            "take an archive in: withhold import FILE, or write texts down, one a line: "
            "withhold prove corpus PATH --needles FILE",
        )
    return Sought(needles=tuple(found), refused=tuple(refused), excerpts=excerpts)


def _stored(
    home: Path, account: str, excerpts: dict[str, str], *, posts: bool
) -> tuple[list[str], Iterator[Post] | tuple[()]]:
    """The hosts of the owner's sites, and the posts (of one account)."""
    from withhold.keep import Store

    if not Store.exists(home):
        if account:
            raise NotFound(f"no account {account} of yours", "withhold import FILE")
        return [], ()
    with Store.read(home) as store:
        hosts = [_host(one.url) for one in store.own.sites()]
        keys = store.posts.counts()
    if account and account not in keys:
        near = ", ".join(sorted(keys)) or "none: withhold import FILE"
        raise NotFound(f"no posts of an account {account} are stored", f"there are: {near}")
    return hosts, _posts(home, account, excerpts) if posts else ()


def _posts(home: Path, account: str, excerpts: dict[str, str]) -> Iterator[Post]:
    """What the owner wrote, in the order it is stored; what others wrote is not the owner's."""
    from withhold.keep import Store

    with Store.read(home) as store:
        for first in range(1, store.posts.last() + 1, _BLOCK):
            for one in store.posts.read(range(first, first + _BLOCK)):
                if (account and one.account != account) or one.post.authored not in _OWN:
                    continue
                said = one.post.text or one.post.url
                excerpts[f"{one.post.platform}:{one.post.id}"] = excerpt(said)
                yield replace(one.post, text=without_title(one.post.text))


def without_title(text: str) -> str:
    """A text without a short first line, where a longer one follows.

    Where a platform puts title and body into one text, its dumps have two fields, and a span that
    begins in the one and ends in the other stands nowhere.
    """
    first, _, rest = text.partition("\n")
    return rest if len(first) < SHORTEST and len(rest.strip()) >= SHORTEST else text


def excerpt(text: str) -> str:
    """How a text begins, on one line."""
    words = " ".join(text[: 4 * EXCERPT].split())
    return words if len(words) <= EXCERPT else words[: EXCERPT - 1].rstrip() + "\u2026"


def _called(files: Sequence[Path]) -> list[str]:
    """Each file by its name, and with its folder where another has that name too."""
    often = Counter(one.name for one in files)
    return [one.name if often[one.name] == 1 else str(one) for one in files]


def _host(said: str) -> str:
    """The host of a URL, or what was said where it is none."""
    return host_of(address_of(said)) if "//" in said else said


def _lines(file: Path, named: str, excerpts: dict[str, str]) -> Iterator[str]:
    """The lines of a file of needles; how each begins is kept."""
    try:
        with file.open(encoding="utf-8-sig", errors="strict") as stream:
            for number, line in enumerate(stream, 1):
                excerpts[_name(f"line {number}", named)] = excerpt(line)
                yield line
    except (OSError, UnicodeDecodeError) as why:
        said = getattr(why, "strerror", "") or "not UTF-8"
        raise BadInput(f"{file}: cannot be read ({said})", "one text, URL or host a line") from why


def _named(
    found: tuple[list[Needle], list[Refused]], named: str
) -> tuple[list[Needle], list[Refused]]:
    """The same with the file's name, where there are several files."""
    if not named:
        return found
    return (
        [replace(one, id=_name(one.id, named)) for one in found[0]],
        [replace(one, needle=_name(one.needle, named)) for one in found[1]],
    )


def _name(line: str, named: str) -> str:
    return f"{named} {line}" if named else line


def _octets(file: Path) -> bytes:
    try:
        if file.stat().st_size > _IMAGE:
            raise BadInput(f"{file}: more than 64 MiB", "give a smaller copy of the picture")
        return file.read_bytes()
    except OSError as why:
        raise BadInput(f"{file}: cannot be read ({why.strerror})", "is the path right?") from why
