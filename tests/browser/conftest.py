"""Pages in a real Chromium.

The browser lives in a thread of its own, because its driver keeps an event loop there and Django's connections do not
cross into one. ``browse`` shows pages that were asked for before. ``drive`` lets the browser walk about: what it asks
for is handed to the test's thread, which answers inside the test's own transaction, so nothing is left behind.
"""

import queue
import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import translation
from django.utils.html import escape

# The first has no windows to draw and is the quickest.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOST = "http://localhost"


class Browser:
    """A Chromium in its thread. ``look`` functions run there, with a page."""

    def __init__(self, path):
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="browser")
        self.thread.submit(self._start, path).result()

    def _start(self, path):
        from playwright.sync_api import sync_playwright

        self.driver = sync_playwright().start()
        self.chromium = self.driver.chromium.launch(executable_path=path, args=["--no-sandbox"])

    def stop(self):
        self.thread.submit(self.chromium.close).result()
        self.thread.submit(self.driver.stop).result()
        self.thread.shutdown()

    def look(self, served, look, options):
        return self.thread.submit(self._look, lambda route: _answer(route, served), look, options).result()

    def walk(self, client, look, options):
        asked = queue.SimpleQueue()
        walking = self.thread.submit(self._look, lambda route: _ask(route, asked), look, options)
        walking.add_done_callback(lambda _: asked.put(None))
        while (request := asked.get()) is not None:
            given, answer = request
            try:
                answer.set_result(_respond(client, *given))
            except BaseException as problem:
                answer.set_exception(problem)
        translation.deactivate()  # a request leaves its language behind in the thread
        return walking.result()

    def _look(self, answer, look, options):
        context = self.chromium.new_context(**options)
        context.route("**/*", answer)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        try:
            return look(page)
        finally:
            context.close()


def _answer(route, served):
    path = urlsplit(route.request.url).path
    if path.startswith("/static/"):
        found = finders.find(path.removeprefix("/static/"))
        return route.fulfill(path=found) if found else route.fulfill(status=404)
    response = served.get(path)
    if response is None:
        return route.fulfill(status=404)
    return route.fulfill(status=response.status_code, headers=dict(response.headers), body=response.content)


def _ask(route, asked):
    request = route.request
    if urlsplit(request.url).path.startswith("/static/"):
        return _answer(route, {})
    if (
        urlsplit(request.url).path == "/events"
    ):  # the process of live events is not there: a stream that ends at once
        return route.fulfill(content_type="text/event-stream", body="event: hello\ndata: {}\n\n")
    method, url, body = request.method, request.url, request.post_data_buffer or b""
    while True:
        answer = Future()
        asked.put(((method, url, request.all_headers(), body), answer))
        given = answer.result(timeout=60)
        if given["status"] not in {301, 302, 303}:
            return route.fulfill(**given)
        # A redirection that is made up would lead out of here, to where nobody serves.
        url = urljoin(url, given["headers"]["Location"])
        if request.is_navigation_request():
            onward = (
                f'<!doctype html><title>…</title><meta http-equiv="refresh" content="0;url={escape(url)}">'
            )
            return route.fulfill(
                status=200, headers={"Content-Type": "text/html; charset=utf-8"}, body=onward
            )
        method, body = "GET", b""


def _respond(client, method, url, headers, body):
    """One request through Django's client. Cookies are the client's: those the browser keeps are left aside."""
    parts = urlsplit(url)
    told = {
        f"HTTP_{name.upper().replace('-', '_')}": value
        for name, value in headers.items()
        if name not in {"cookie", "content-type", "content-length", "host"}
    }
    response = client.generic(
        method, parts.path, body, content_type=headers.get("content-type", ""), QUERY_STRING=parts.query,
        HTTP_HOST=parts.netloc, **told,
    )  # fmt: skip
    content = b"".join(response.streaming_content) if response.streaming else response.content
    # Cookies stay with the client: a response that is made up may not set them in the browser.
    kept = {name: value for name, value in response.headers.items() if name.lower() != "set-cookie"}
    return {"status": response.status_code, "headers": kept, "body": content}


@pytest.fixture(scope="session")
def chromium():
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"no Chromium on this machine: none of {', '.join(NAMES)} is on the path")
    browser = Browser(path)
    yield browser
    browser.stop()


@pytest.fixture
def browse(chromium):
    """Look at pages Django has answered: ``browse(served, look, **window)`` returns what ``look(page)`` does."""

    def browse_(served, look, *, locale="en-GB", width=1440, height=900, **options):
        window = {"locale": locale, "viewport": {"width": width, "height": height}, **options}
        return chromium.look(served, look, window)

    return browse_


@pytest.fixture
def drive(chromium):
    """Let the browser walk: ``drive(look, client=…, **window)`` runs ``look(page)`` against the application itself."""

    def drive_(look, *, client=None, locale="en-GB", width=1440, height=900, **options):
        window = {"locale": locale, "viewport": {"width": width, "height": height}, **options}
        return chromium.walk(client or Client(), look, window)

    return drive_
