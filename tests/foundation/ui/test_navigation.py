"""Which way through a door is marked as the current one."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from secretariat.foundation.ui.navigation import Way
from secretariat.foundation.ui.templatetags import navigation


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/my/", "Home"),
        ("/my/tasks/TASK-1/", "Tasks"),
        ("/my/notices/", "Notices"),
        ("/my/duties/7/", "Tasks"),
        ("/elsewhere/", None),
    ],
)
def test_the_longest_beginning_wins_and_a_way_may_have_several(monkeypatch, path, current):
    ways = [
        Way("my", "my:home", "Home", 0), Way("my", "my_tasks:tasks", "Tasks", 1, also=("/my/duties/",)),
        Way("my", "my_notices:inbox", "Notices", 2),
    ]  # fmt: skip
    monkeypatch.setattr(navigation, "ways", lambda _door, _actor: ways)
    request = RequestFactory().get(path)
    request.actor = None

    page = Template('{% load navigation %}{% navigation "my" %}').render(Context({"request": request}))

    marked = [way.label for way in ways if f'aria-current="page">{way.label}<' in page]
    assert marked == ([current] if current else [])
