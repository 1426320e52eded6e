"""The window's profile: the owner's login in the plain browser, then the same one driven."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.browser.conftest import asked_of_playwright, killed, only, scripted, until
from tests.browser.site import Answer, Asked, Site
from withhold.errors import BadInput, MissingExtra, ProfileInUse, WithholdError
from withhold.reach.profiles import forget_profiles, in_use
from withhold.reach.window import Window

pytestmark = [pytest.mark.system, pytest.mark.matrix]

LOGIN = (
    "<h1>Log in</h1><script>fetch('/said?' + navigator.webdriver)"
    ".then(() => setTimeout(() => window.close(), 1500))</script>"
)
"""A page that closes its window as its owner would: the last one, so the browser ends."""


def without_screen(folder: Path) -> str:
    """A browser that shows its windows nowhere, and is as plain as any: not headless."""
    return str(scripted(folder, "--ozone-platform=headless"))


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were a screen."""
    monkeypatch.setenv("DISPLAY", ":99")


def logged_in(site: Site) -> None:
    """A site that knows who has logged in by a cookie that lasts."""
    cookie = {"Set-Cookie": "session=mara; Max-Age=9000; Path=/; HttpOnly"}
    site.page(LOGIN, "/login", headers=cookie)
    site.paths["/said"] = Answer("ok")

    def account(asked: Asked) -> Answer:
        who = "mara" if "session=mara" in asked.headers.get("Cookie", "") else "nobody"
        return Answer(f"<!doctype html><h1>{who}</h1>")

    site.paths["/account"] = account


def test_who_logs_in_plainly_is_logged_in_when_it_is_driven(
    tmp_path: Path, site: Site, screen: None
) -> None:
    logged_in(site)
    window = Window(tmp_path, "platform:Mara", without_screen(tmp_path))
    assert window.new
    window.log_in(site.url("/login"))
    assert not window.new
    said = [one.query for one in site.asked if one.path == "/said"]
    assert said == ["false"]  # navigator.webdriver: nothing drives it
    arguments = Path(f"{window.browser.program}.said").read_text().splitlines()[-1]
    assert "--remote-debugging" not in arguments
    assert "automation" not in arguments
    assert "--password-store=basic" in arguments  # as the driven one, or the login is lost
    assert arguments.endswith(site.url("/login"))
    assert not in_use(window.profile)
    with window.attach(headless=True) as driven:
        page = driven.page()
        page.open(site.url("/account"))
        assert only(page.look(), "heading").name == "mara"
    arguments = Path(f"{window.browser.program}.said").read_text().splitlines()[-1]
    assert "--remote-debugging-pipe" in arguments  # no port that others could use
    assert "--remote-debugging-port" not in arguments
    assert "--enable-automation" in arguments
    assert "--password-store=basic" in arguments


def test_a_driven_window_with_a_screen_is_no_headless_one(
    tmp_path: Path, site: Site, screen: None
) -> None:
    window = Window(tmp_path, "platform", without_screen(tmp_path))
    with window.attach() as driven:
        page = driven.page()
        page.open(site.page("<h1>Seen</h1>"))
        assert only(page.look(), "heading").name == "Seen"
        agent = asked_of_playwright(page, lambda tab: tab.evaluate("navigator.userAgent"))
    assert "Headless" not in agent


def test_a_profile_is_for_its_owner_alone_and_forgotten_wholly(tmp_path: Path, site: Site) -> None:
    window = Window(tmp_path, "platform", str(scripted(tmp_path)))
    with window.attach(headless=True) as driven:
        driven.page().open(site.page("<script>localStorage.kept = 'mark-of-the-test'</script>"))
        for folder in (window.profile, window.profile.parent):
            assert folder.stat().st_mode & 0o777 == 0o700
        with pytest.raises(ProfileInUse):
            forget_profiles(tmp_path)
        assert window.profile.is_dir()
    assert forget_profiles(tmp_path) == 1
    assert not (tmp_path / "window").exists()
    left = subprocess.run(
        ["grep", "-rl", "mark-of-the-test", tmp_path], capture_output=True, check=False
    )
    assert left.stdout == b""


def test_one_profile_is_not_opened_twice(tmp_path: Path, site: Site, screen: None) -> None:
    window = Window(tmp_path, "platform", str(scripted(tmp_path)))
    with window.attach(headless=True) as driven:
        assert in_use(window.profile)
        again = Window(tmp_path, "platform", str(scripted(tmp_path)))
        with pytest.raises(ProfileInUse) as said, again.attach(headless=True):
            pass
        assert said.value.tip
        with pytest.raises(ProfileInUse):
            again.log_in(site.url())
        page = driven.page()
        page.open(site.page("<h1>Still here</h1>"))
        assert only(page.look(), "heading").name == "Still here"


def test_a_profile_that_the_browser_itself_finds_in_use(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another browser that came between our look and our start."""
    window = Window(tmp_path, "platform", str(scripted(tmp_path)))
    with window.attach(headless=True):
        monkeypatch.setattr("withhold.reach.profiles.in_use", lambda _: False)
        with pytest.raises(ProfileInUse), window.attach(headless=True):
            pass


def test_the_lock_of_another_computer_counts(tmp_path: Path) -> None:
    window = Window(tmp_path, "platform", str(scripted(tmp_path)))
    window.profile.mkdir(parents=True)
    (window.profile / "SingletonLock").symlink_to("another-computer-4711")
    with pytest.raises(ProfileInUse), window.attach(headless=True):
        pass


def test_logging_in_ends_with_an_error(tmp_path: Path, site: Site, screen: None) -> None:
    """The browser dies: an error of one line, and the profile can be used again."""
    window = Window(tmp_path, "platform", without_screen(tmp_path))
    site.page("<h1>Log in</h1>", "/login")

    def kill() -> None:
        until(lambda: any(one.path == "/login" for one in site.asked), 30)
        killed(window)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(WithholdError) as said:
        window.log_in(site.url("/login"))
    killer.join()
    assert "\n" not in said.value.message
    assert not in_use(window.profile)


@pytest.mark.parametrize("url", ["", "--remote-debugging-port=9222", "file:///etc/passwd", "x"])
def test_only_an_address_is_handed_to_the_browser(tmp_path: Path, screen: None, url: str) -> None:
    window = Window(tmp_path, "platform", str(scripted(tmp_path)))
    with pytest.raises(BadInput):
        window.log_in(url)
    assert window.new


def test_without_a_screen_it_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: Site
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    window = Window(tmp_path, "platform", str(scripted(tmp_path)))
    for attempt in (lambda: window.log_in(site.url()), lambda: window.attach().__enter__()):
        with pytest.raises(WithholdError) as said:
            attempt()
        assert "screen" in said.value.message
        assert "--show" in said.value.tip
    with window.attach(headless=True) as driven:  # a check needs none
        assert driven.page().look().trouble == ""


def test_a_screen_that_is_not_there(tmp_path: Path, screen: None) -> None:
    window = Window(tmp_path, "platform", str(scripted(tmp_path)))
    with pytest.raises(WithholdError) as said, window.attach():
        pass
    assert "\n" not in said.value.message
    assert said.value.tip


def test_a_program_that_is_no_browser_when_it_is_driven(tmp_path: Path) -> None:
    script = tmp_path / "like-chromium"
    script.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Chromium 1.2.3" && exit\nexit 3\n')
    script.chmod(0o755)
    window = Window(tmp_path, "platform", str(script))
    with pytest.raises(WithholdError) as said, window.attach(headless=True):
        pass
    assert said.value.message == "Chromium 1.2.3 cannot be driven"


def test_as_the_administrator_it_is_said(tmp_path: Path) -> None:
    """Chromium's sandbox stays on, so it refuses root; elsewhere it starts."""
    if os.geteuid() != 0:
        pytest.skip("only root is refused")
    window = Window(tmp_path, "platform")
    with pytest.raises(WithholdError) as said, window.attach(headless=True):
        pass
    assert "administrator" in said.value.message


def test_without_playwright_the_line_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [one for one in sys.modules if one.startswith("withhold.reach.driven")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "playwright.async_api", None)
    window = Window(tmp_path, "platform", str(scripted(tmp_path)))
    with pytest.raises(MissingExtra) as said, window.attach(headless=True):
        pass
    assert said.value.tip == 'pip install "withhold[browser]"'
    assert window.new


def test_nothing_is_left_beside_the_profile(tmp_path: Path, site: Site) -> None:
    """No trace, no HAR, no video, no download: the home holds the profile and nothing else."""
    attached = {"Content-Disposition": "attachment; filename=x.zip"}
    site.paths["/file"] = Answer("PK", kind="application/zip", headers=attached)
    window = Window(tmp_path / "home", "platform", str(scripted(tmp_path)))
    with window.attach(headless=True) as driven:
        page = driven.page()
        page.open(site.page("<a href=/file>Download</a>"))
        page.press(only(page.look(), "link").ref)
        page.wait(1)
        assert only(page.look(), "link").name == "Download"
    assert [one.name for one in (tmp_path / "home").iterdir()] == ["window"]
    assert [one.name for one in (tmp_path / "home" / "window").iterdir()] == ["platform"]
    found = [one for one in window.profile.rglob("*") if one.name.endswith((".zip", ".crdownload"))]
    assert found == []


@pytest.mark.parametrize("scale", ["1.25", "2"])
def test_a_press_on_a_dense_screen(tmp_path: Path, site: Site, screen: None, scale: str) -> None:
    more = f"--ozone-platform=headless --window-size=900,700 --force-device-scale-factor={scale}"
    window = Window(tmp_path, "platform", str(scripted(tmp_path, more)))
    box = "<input type=checkbox aria-label=Train>"
    with window.attach() as driven:
        page = driven.page()
        page.open(site.page(f"<div style='height:3000px'></div>{box}<div style='height:2000px'>"))
        assert page.press(only(page.look(), "checkbox").ref) == "pressed"
        assert only(page.look(), "checkbox").state == "on"
