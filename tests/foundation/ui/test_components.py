import re
from datetime import UTC, datetime

from django.template import engines


def shown(template, **context):
    source = f'{{% include "ui/{template}.html" %}}'
    return re.sub(r"\s+", " ", engines["django"].from_string(source).render(context))


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_timeline_tells_moments_in_its_zone_and_what_changed():
    change = {"label": "Days", "before": "1", "after": "2"}
    html = shown(
        "timeline", zone="Asia/Shanghai",
        events=[
            {"at": datetime(2027, 1, 14, 9, 12, tzinfo=UTC), "title": "Handed in", "who": "by A"},
            {"when": "now", "title": "Checked", "kind": "now", "changes": [change]},
        ],
    )  # fmt: skip

    assert words(html) == (
        "14 January 2027 17:12 Handed in by A now Checked Days removed: 1 added: 2 Times are given in China Time."
    )
    assert html.count('aria-current="step"') == 1


def test_tabs_mark_the_current_one_and_count_even_none():
    html = shown(
        "tabs",
        tabs=[{"label": "All", "path": "/a", "is_current": True, "count": 0}, {"label": "Log", "path": "/l"}],
    )

    assert words(html) == "All 0 Log"
    assert re.findall(r'href="(/\w)"( aria-current="page")?', html) == [
        ("/a", ' aria-current="page"'),
        ("/l", ""),
    ]


def test_steps_say_in_words_what_their_look_says():
    html = shown(
        "stepper",
        steps=[
            {"label": "Check", "path": "/1", "state": "done"},
            {"label": "Write", "path": "/2", "state": "error"},
            {"label": "Send", "path": "/3", "state": "current"},
        ],
    )

    assert words(html) == "1 Check done 2 Write needs a correction 3 Send"
    assert re.findall(r'href="(/\d)"', html) == ["/1", "/2"]


def test_a_pager_without_neighbours_is_not_there():
    assert shown("pager").strip() == ""
    assert re.findall(r'rel="(\w+)" href="([^"]+)"', shown("pager", next="?a=1&b=2")) == [
        ("next", "?a=1&amp;b=2")
    ]


def test_an_empty_page_says_what_can_be_done():
    html = shown("empty", title="Nothing", text="Calls are open.", path="/calls/", action="See them")

    assert words(html) == "Nothing Calls are open. See them"


def test_what_a_component_is_given_is_escaped():
    evil = "<script>"
    pages = [
        shown("empty", title=evil, text=evil),
        shown("breadcrumbs", crumbs=[{"label": evil}]),
        shown("facts", facts=[{"label": evil, "value": evil}]),
        shown("progress", label=evil, done=1, total=2),
        shown("diff", before=evil, after="x"),
        shown("dialog", id="d", title=evil, text=evil, button=evil),
    ]

    assert [page for page in pages if evil in page] == []
