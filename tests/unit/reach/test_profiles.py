"""Where the profiles of windows lie, and how they are forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from withhold.errors import ProfileInUse
from withhold.reach import profiles


def test_a_platform_and_its_accounts_have_profiles_of_their_own(tmp_path: Path) -> None:
    keys = ["x", "x:mara", "x:Mara", "x:@mara", "x:ma ra", "x:../../etc", "x:ma/ra", "x:é", "y:x"]
    found = [profiles.profile_of(tmp_path, one) for one in keys]
    assert found[0] == tmp_path / "window" / "x"
    assert found[1] == found[3] == tmp_path / "window" / "x@mara"
    assert len(set(found)) == len(keys) - 1
    assert {one.parent for one in found} == {tmp_path / "window"}
    assert all(len(one.name) < 80 for one in found)


def test_names_that_differ_only_where_they_are_cut(tmp_path: Path) -> None:
    one, other = ("x:" + "a" * 60 + end for end in "bc")
    assert profiles.profile_of(tmp_path, one) != profiles.profile_of(tmp_path, other)


def test_a_folder_that_is_there_is_closed_to_others(tmp_path: Path) -> None:
    profile = profiles.profile_of(tmp_path, "x")
    profile.mkdir(parents=True, mode=0o755)
    profiles.make_private(profile)
    assert profile.stat().st_mode & 0o777 == 0o700
    assert profile.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("lock", "used"),
    [
        ("", False),
        ("another-computer-12", True),
        ("{host}-999999999", False),
        ("{host}-nonsense", False),
        ("nonsense", True),
    ],
)
def test_whether_a_profile_is_in_use(tmp_path: Path, lock: str, used: bool) -> None:
    import socket

    if lock:
        (tmp_path / "SingletonLock").symlink_to(lock.format(host=socket.gethostname()))
    assert profiles.in_use(tmp_path) is used


def test_all_are_forgotten_or_those_of_one_platform(tmp_path: Path) -> None:
    for key in ("x", "x:mara", "xy", "linkedin:mara"):
        profiles.make_private(profiles.profile_of(tmp_path, key))
    assert profiles.forget_profiles(tmp_path, "x") == 2
    assert [one.name for one in profiles.profiles_in(tmp_path)] == ["linkedin@mara", "xy"]
    assert profiles.forget_profiles(tmp_path) == 2
    assert list(tmp_path.iterdir()) == []
    assert profiles.forget_profiles(tmp_path) == 0


def test_one_that_is_open_keeps_all_of_them(tmp_path: Path) -> None:
    for key in ("a", "b"):
        profiles.make_private(profiles.profile_of(tmp_path, key))
    (profiles.profile_of(tmp_path, "b") / "SingletonLock").symlink_to("another-computer-12")
    with pytest.raises(ProfileInUse):
        profiles.forget_profiles(tmp_path)
    assert len(profiles.profiles_in(tmp_path)) == 2


def test_what_a_link_leads_to_is_not_deleted(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "file").touch()
    (tmp_path / "home" / "window").mkdir(parents=True)
    (tmp_path / "home" / "window" / "x").symlink_to(theirs)
    assert profiles.forget_profiles(tmp_path / "home") == 1
    assert (theirs / "file").exists()
