"""``withhold watch --policies``: which documents are meant, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from withhold.catalog.policies import documents
from withhold.errors import BadInput, NothingToCheck
from withhold.faces.cli.setting import Setting
from withhold.faces.cli.watch_round import Options
from withhold.verbs.check import Asking
from withhold.verbs.watch import Looked
from withhold.verbs.watch_documents import Documents, Listed, from_clone, from_web


def looked(
    options: Options, setting: Setting, asking: Asking, last: Mapping[str, Looked]
) -> Documents:
    """A look at the documents asked for. Raises BadInput, NotFound, MissingExtra."""
    found = _looked(options, setting, asking, last)
    return replace(found, names=_names(found, setting))


def _names(found: Documents, setting: Setting) -> dict[str, str]:
    """What those are called of whom something is to be told; who is not known has no name here."""
    told = [one.document for one in found.changes] + [one.document for one in found.unseen]
    ids = dict.fromkeys(one.partition("/")[0] for one in told)
    platforms = [one for one in ids if (setting.root / "platforms" / f"{one}.toml").is_file()]
    if not ids:
        return {}
    knowledge = setting.knowledge(platforms, crawlers=False)
    names = {one: actor.name for one, actor in knowledge.actors.items() if one in ids}
    return names | {one: known.name for one, known in knowledge.platforms.items()}


def _looked(
    options: Options, setting: Setting, asking: Asking, last: Mapping[str, Looked]
) -> Documents:
    listed = _listed(options, setting)
    places = setting.places
    if options.clone:
        return from_clone(
            Path(options.clone),
            listed,
            last,
            setting.today,
            asking.place,
            places,
            only=bool(options.policies) and "all" not in options.policies,
            target=options.policies[0] if _one_is_named(options) else "",
        )
    if not listed:
        nothing = "no policy is listed of what you own"
        raise NothingToCheck(
            nothing if setting.owner.accounts else "you own nothing here yet",
            "withhold start asks what you use; or name a platform or company: "
            "withhold watch --policies linkedin",
        )
    contact = setting.contact or next((one.url for one in setting.owner.sites), "")
    if not contact:
        raise BadInput(
            "a visit needs a contact that the owner of a site can turn to",
            "withhold own set contact you@example.org (or WITHHOLD_CONTACT, for once)",
        )
    return from_web(
        setting.home,
        listed,
        contact,
        setting.now,
        last,
        asking.place,
        places,
        allow_private=options.allow_private,
    )


def _listed(options: Options, setting: Setting) -> Listed:
    """The documents of the ids, of what the owner has, or all."""
    if "all" in options.policies or (options.clone and not options.policies):
        return documents(setting.root)
    own = [one.platform for one in setting.owner.accounts] if "own" in options.policies else []
    named = [one for one in options.policies if one != "own"]
    return documents(setting.root, [*own, *named])


def _one_is_named(options: Options) -> bool:
    """Whether one platform or company is named, and nothing else is meant."""
    return len(options.policies) == 1 and options.policies[0] not in ("own", "all")
