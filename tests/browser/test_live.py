"""The module that listens to the stream, in a real browser."""

import json

import pytest
from django.http import HttpResponse

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><title>live</title>
<script>heard = []; addEventListener("live", (e) => heard.push([e.target.id, e.detail]), true);</script>
<script type="module" src="/static/live/live.js"></script>
<p id="desk" data-live="desk">1</p><p id="both" data-live="account:1 desk">2</p>
<form id="busy" data-live="desk"><input autofocus></form><p id="other" data-live="account:1">3</p><p>4</p></html>"""


def answers(*frames, ticket=None):
    page = HttpResponse(PAGE)
    stream = HttpResponse("".join(frames), content_type="text/event-stream")
    told = {"url": "/events", "ticket": "t"} if ticket is None else ticket
    return {
        "/": page,
        "/live/": HttpResponse(json.dumps(told), content_type="application/json"),
        "/events": stream,
    }


def event(name, data="{}", number="b-1"):
    return f"id: {number}\nevent: {name}\ndata: {data}\n\n"


def test_what_rings_wakes_the_elements_that_hear_it_and_leaves_alone_what_is_worked_in(browse):
    asked = []

    def look(page):
        page.on("request", lambda request: asked.append(request.url))
        page.goto("http://localhost/")
        page.wait_for_function("heard.length >= 2")
        page.wait_for_timeout(300)
        return page.evaluate("heard"), page.complaints

    heard, complaints = browse(
        answers(event("hello"), event("rung", '{"channel": "desk", "n": 1}', "b-2")), look
    )

    assert heard == [["desk", {"channel": "desk", "n": 1}], ["both", {"channel": "desk", "n": 1}]]
    assert complaints == []
    assert "http://localhost/live/?channels=account%3A1%2Cdesk" in asked
    streams = [url for url in asked if "/events" in url]
    assert streams[0] == "http://localhost/events?ticket=t"
    assert all(url.endswith("&last=b-2") for url in streams[1:]), "it comes back where it was"


def test_a_reload_wakes_everything(browse):
    def look(page):
        page.goto("http://localhost/")
        page.wait_for_function("new Set(heard.map(([id]) => id)).size >= 3")
        return page.evaluate("[...new Set(heard.map(([id]) => id))].sort()")

    assert browse(answers(event("reload")), look) == ["both", "desk", "other"]


def test_who_may_hear_nothing_is_left_in_peace(browse):
    served = answers()
    del served["/live/"], served["/events"]

    def look(page):
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto("http://localhost/")
        page.wait_for_timeout(1500)
        return page.evaluate("heard"), [url for url in asked if "/events" in url]

    assert browse(served, look) == ([], [])
