"""Pages in a real Chromium.

The browser lives in a thread of its own, because its driver keeps an event loop there and Django's connections do not
cross into one. The test's thread asks Django for every page first; the browser's thread is served what came back.
"""

import shutil
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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
        return self.thread.submit(self._look, served, look, options).result()

    def _look(self, served, look, options):
        context = self.chromium.new_context(**options)
        context.route("**/*", lambda route: _answer(route, served))
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
