"""The home in which every text attacks: whoever shows one of them unescaped is found out.

    made = make_hostile_home(tmp_path / "home")

Each field of the store that holds words of somebody has an attack of its own (``FIELDS``), so that
what ran says where it came from. A page in which one ran has ``window.ran``.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec.structs import replace

from tests.dashboard.made import POLICY, Made, at_home, make_home, moved
from tests.journeys.run import here
from tests.unit.verbs.policies_made import TRAINS, Clock, Web, page
from withhold.catalog.load import default_root
from withhold.catalog.policies import document
from withhold.exports.post import Media, Pointer, Post
from withhold.keep import Store
from withhold.keep.confirmations import Confirmation
from withhold.keep.post_taking import NewArchive
from withhold.rights.case import Event
from withhold.verbs.search_posts import looking, search_posts
from withhold.verbs.watch_policies import run
from withhold.words import Account, Observation

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)
RTL = "\u202e"
LONG = 5_000_000
"""Letters of the longest post."""
BLOG = f"tumblr:../../a/b?c=d&e#f{RTL}<script>window.ran='account.name'</script>\"'"
HEBREW = "x:שלום/עולם"
URL = "javascript:window.ran='{field}'"
ATTACK = (
    "\"'><script>window.ran='{field}'</script><img src=x onerror=\"window.ran='{field}'\">"
    "<svg/onload=window.ran='{field}'></textarea></title></style>"
    "<a href=\"javascript:window.ran='{field}'\">{field}</a>&lt;b&gt;&#x202e;{{{{7*7}}}}{{% x %}}"
)
FIELDS = (
    *("setting.name", "setting.email", "setting.address", "setting.contact", "setting.odd"),
    *("account.plan", "account.lang", "site.url", "site.folder", "confirmation.words"),
    *("evidence.name", "observation.value", "observation.control"),
    *("case.account", "case.account_url", "case.urls", "case.works", "case.own_words"),
    *("case.person", "case.to", "event.note", "event.message_id", "mail.subject", "mail.from"),
    *("mail.text", "mail.attachment", "archive.layout", "archive.reader", "archive.report"),
    *("post.text", "post.raw", "post.url", "post.community", "post.reply_to", "post.part"),
    *("post.path", "post.at", "media.path", "media.taken", "media.text", "policy.title"),
    *("policy.sentence", "policy.final_url", "policy.detail"),
)
"""Whose text attacks; the names of accounts and addresses of posts do so beside."""


def attack(field: str) -> str:
    """The text that one field holds."""
    assert field in FIELDS, field
    return ATTACK.format(field=field)


def make_hostile_home(home: Path) -> Made:
    """The home of ``make_home``, with an attack in every field beside what is there."""
    folder, made = _once()
    return moved(Path(folder.name), made, home)


@cache
def _once() -> tuple[TemporaryDirectory[str], Made]:
    """It goes when the process ends."""
    folder = TemporaryDirectory(prefix="withhold-hostile-")
    made = make_home(Path(folder.name) / "home")
    with Store.open(made.home) as store:
        for name in ("name", "email", "address", "contact", "odd"):
            store.own.set(name, attack(f"setting.{name}"))
        _owned(store)
        _seen(store)
        _case(store, made)
        _posts(store)
        _policy(store)
    _mail(made)
    return folder, made


def _owned(store: Store) -> None:
    platform, _, name = BLOG.partition(":")
    blog = Account(platform=platform, name=name, audience="public",
                   plan=attack("account.plan"), lang=attack("account.lang"))  # fmt: skip
    store.own.add_account(blog, NOW, date(2020, 1, 1))
    store.own.add_account(Account(platform="x", name=HEBREW.partition(":")[2]), NOW)
    store.own.add_site("https://evil.example/" + attack("site.url"))
    store.own.add_site("https://folder.example", "/nowhere/" + attack("site.folder"))
    store.own.add_site(URL.format(field="site.url"))
    store.confirmations.record(
        Confirmation(
            control="linkedin/ai-training-toggle",
            seen="different",
            on=NOW.date(),
            words=attack("confirmation.words"),
        )
    )


def _seen(store: Store) -> None:
    kept = store.evidence.keep(b"<script>window.ran='evidence'</script>", attack("evidence.name"))
    value, control = attack("observation.value"), attack("observation.control")
    for one in (
        Observation(control="x/grok-toggle", value=value, on=NOW.date(), how="shown",
                    account=HEBREW, evidence=kept),
        Observation(control=f"tumblr/archive:{control}", value="1", on=NOW.date(), how="told",
                    account=BLOG),
    ):  # fmt: skip
        store.observations.record(one, NOW)


def _case(store: Store, made: Made) -> None:
    """The case that was sent, once more, with other words."""
    filed = store.cases.of(made.sent)
    about = replace(
        filed.about,
        account=attack("case.account"),
        account_url=URL.format(field="case.account_url") + attack("case.account_url"),
        urls=(URL.format(field="case.urls"), attack("case.urls")),
        works=(attack("case.works"),),
        own_words=attack("case.own_words"),
    )
    said = attack("case.person")
    person = replace(filed.person, name=said, email=said, address=said)
    reference = "WH-EV2LE2"
    case = replace(filed.case, id=reference, account=about.account, to=attack("case.to"))
    drafted = Event(kind="drafted", on=date(2026, 9, 1), note=attack("event.note"))
    store.cases.open(replace(filed, case=case, about=about, person=person), drafted, NOW)
    sent = Event(kind="sent", on=date(2026, 9, 2), message_id=attack("event.message_id"),
                 note=attack("event.note"))  # fmt: skip
    store.cases.add(reference, sent, NOW)


def _posts(store: Store) -> None:
    archive = NewArchive(
        platform="tumblr",
        layout=attack("archive.layout"),
        digest="e" * 64,
        exported="2026-10-01",
        reader=attack("archive.reader"),
        report=json.dumps({"not_understood": [{"path": attack("archive.report"), "why": "x"}]}),
    )
    store.posts.take(archive, [(BLOG, one) for one in _attacking()], NOW)
    search_posts(store, looking(default_root(), "DE"))


def _attacking() -> list[Post]:
    when = datetime(2026, 5, 1, 12, tzinfo=UTC)
    usual: dict[str, Any] = {
        "platform": "tumblr",
        "audience": "public",
        "audience_by": "item-field",
        "created": when,
        "precision": "second",
        "zone": "utc",
    }
    picture = Media(path=attack("media.path"), place=(48.1, 11.5), place_by="exif",
                    taken=attack("media.taken"), text=attack("media.text"))  # fmt: skip
    where = Pointer(part=attack("post.part"), path=attack("post.path"), at=attack("post.at"))
    words = f"call me at +49 89 1234567 or write to eve@example.org. {attack('post.text')}"
    return [
        Post(id="a/../b?c#d", text=words, raw=attack("post.raw"), url=URL.format(field="post.url"),
             url_by="given", community=attack("post.community"), reply_to=attack("post.reply_to"),
             media=(picture,), source=where, **usual),
        Post(id=attack("post.text"), text=f"{RTL}txt.exe {attack('post.text')}",
             url='https://evil.example/"onmouseover="window.ran=1', url_by="given", **usual),
        Post(id="long", text="endless " * (LONG // 8), **usual),
        Post(id="one-word", text="w" * 20_000, **usual),
        Post(id="nul", text="\x00\x1b[31mred\x07\ud800", **usual),
    ]  # fmt: skip


def _mail(made: Made) -> None:
    """An answer to the case that was sent, of an attacker who knows its reference."""
    text = attack("mail.text").replace("\n", " ")
    head = {
        "From": f'"{attack("mail.from")}" <eve@linkedin.com>'.replace('""', '"'),
        "To": "ada@example.org",
        "Subject": f"Re: [{made.sent}] {attack('mail.subject')}",
        "Date": "Tue, 20 Oct 2026 09:00:00 +0000",
        "Message-ID": "<evil@linkedin.com>",
        "Content-Type": 'multipart/mixed; boundary="b"',
    }
    name = attack("mail.attachment").replace('"', "'")
    body = (
        f"--b\r\nContent-Type: text/html\r\n\r\n<p>{text}</p>\r\n"
        "--b\r\nContent-Type: text/html\r\n"
        f'Content-Disposition: attachment; filename="../../{name}"\r\n\r\n<script>1</script>'
        "\r\n--b--\r\n"
    )
    file = made.home.parent / f"{made.home.name}-evil.eml"
    lines = "".join(f"{key}: {said}\r\n" for key, said in head.items())
    file.write_bytes(f"{lines}\r\n{body}".encode())
    with at_home(made.home):
        here("import", file, "--case", made.sent).ok()
    file.unlink()


def _policy(store: Store) -> None:
    """A third look at LinkedIn's policy; then one that failed, with words of the server's."""
    clock = Clock()
    clock.at = NOW.replace(month=11, day=10)
    web = Web(clock)
    owner, one = document(default_root(), POLICY)
    said = f"{TRAINS} We also sell your posts to train AI: {attack('policy.sentence')}."
    web.lay(one.url, page(said, title=attack("policy.title"), name="LinkedIn"))
    run([(owner, one)], web, store, clock, sleep=print)  # type: ignore[arg-type]
    looks = store.policies.looks(POLICY)
    begun = store.policies.begin([POLICY], NOW)
    failed = replace(
        looks[-1], outcome="failed", reason="moved", evidence="", change=None, id="",
        detail=attack("policy.detail"), said=(), title=attack("policy.title"),
        final_url=URL.format(field="policy.final_url") + attack("policy.final_url"),
    )  # fmt: skip
    store.policies.record(begun.id, failed, NOW)
    store.policies.end(begun.id, NOW)
