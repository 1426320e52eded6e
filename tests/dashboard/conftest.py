"""The dashboard over HTTP: ``asked.at`` has no sockets, ``served.serving`` is a process."""

from __future__ import annotations

import pytest

from tests.dashboard.dropping import Took
from withhold.faces.web import app
from withhold.faces.web.views import Route


@pytest.fixture
def took(monkeypatch: pytest.MonkeyPatch) -> Took:
    """Instead of all routes one that takes files, and one that takes none."""
    noting = Took()
    routes = (
        Route(path="/drop", post=noting.view, upload=True),
        Route(path="/say", post=noting.view),
    )
    monkeypatch.setattr(app, "ROUTES", routes)
    return noting
