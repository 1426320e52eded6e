"""What a look told is read again as it was told, without what is kept to compare with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from tests.unit import made
from withhold.keep import Store
from withhold.verbs.check import Asking
from withhold.verbs.owner import Owner
from withhold.verbs.watch import SiteLook, look_again, read_last, save
from withhold.verbs.watch_documents import Documents, Unseen
from withhold.verbs.watch_told import last_told

AT = datetime(2024, 7, 1, 9, 30, tzinfo=UTC)


def told(home: Path, says: str, *sites: SiteLook) -> None:
    known = made.knowledge(made.platform(practice=[made.practice(says=says)]))
    asking = Asking(place="DE", when=date(2024, 7, 1), knowledge=known)
    owner = Owner(place="DE", accounts=(made.account(audience="public"),))
    last = read_last(home) if Store.exists(home) else {}
    found = look_again(owner, asking, last, sites=sites)
    unseen = Unseen(document="acme/terms", url="", reason="gone", next_try=AT)
    documents = Documents(looked=2, seen=1, unseen=(unseen,), keeps=dict(found.keeps))
    save(home, found, AT, documents, fetched=True)


def test_differences_with_their_verdicts_and_what_could_not_be_seen(tmp_path: Path) -> None:
    home = tmp_path / "home"
    told(home, "no")
    told(home, "yes", SiteLook(site="https://ada.example", why="no answer"))
    with Store.read(home) as store:
        found = last_told(store)
    assert found is not None
    assert found.at == AT
    assert found.fetched
    (one,) = found.round.differences
    assert one.effect == "worse"
    assert one.before is not None
    assert one.after is not None
    assert (one.before.answer, one.before.strength) == ("disallowed", "promised")
    assert one.after.answer == "allowed"
    assert one.after.reasons[0].sources[0].url == "https://acme.example/policy"
    assert [each.site for each in found.round.not_seen] == ["https://ada.example"]
    assert found.documents is not None
    assert [each.next_try for each in found.documents.unseen] == [AT]
    assert found.round.keeps == {}
    assert found.documents.keeps == {}
    assert read_last(home).keys() == {"acme", ""}


def test_where_nothing_was_told_or_another_version_told_it_there_is_none(tmp_path: Path) -> None:
    with Store.open(tmp_path / "home") as store:
        assert last_told(store) is None
        store.watched.replace({}, '{"at": "yesterday"}')
        assert last_told(store) is None
