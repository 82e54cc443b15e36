"""What forms do with scripts: they save themselves, send files in pieces, ask before they go; and without."""

import re

import pytest
from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template import engines
from django.test import Client
from django.urls import include, path

from secretariat.config.urls import urlpatterns as of_the_product
from secretariat.foundation.files import urls as files
from secretariat.foundation.files.forms import HandedInField
from secretariat.foundation.files.models import File
from tests.browser.conftest import HOST
from tests.factories.accounts import make_account

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.urls("tests.browser.test_forms")]

READY = "html[data-enhanced]"  # the scripts of the page are at work
PAGE = """{% extends "ui/workspace.html" %}{% load forms %}{% block heading %}Paper{% endblock %}
{% block head_title %}Paper{% endblock %}{% block content %}{% form_errors form %}
<form class="form" id="paper" method="post" enctype="multipart/form-data" novalidate {{ attributes }}>{% csrf_token %}
<input type="hidden" name="version" value="1">
{% field form.title %}{% field form.paper upload="/my/uploads/" %}<p data-autosave-state></p>
<button class="button button--main">Hand in</button></form>{% endblock %}"""


class PaperForm(forms.Form):
    title = forms.CharField(max_length=300)
    paper = HandedInField(required=False)
    version = forms.IntegerField()


class Desk:
    """What reached the server, and what it answers next."""

    saved, handed_in, versions, answers, broken = [], [], [], [], 0


def paper(request):
    form = PaperForm(request.POST or None, request.FILES or None)
    form.fields["paper"].actor = request.actor
    if request.method == "POST" and form.is_valid():
        Desk.versions.append(form.cleaned_data.pop("version"))
        Desk.handed_in.append(form.cleaned_data)
        return redirect("/paper/")
    attributes = {"save": 'data-autosave="/save/" data-autosave-every="0.2"', "ask": 'data-confirm="Really?"'}
    context = {"form": form, "attributes": attributes.get(request.GET.get("as"), "")}
    return HttpResponse(
        engines["django"]
        .from_string(PAGE.replace("{{ attributes }}", context["attributes"]))
        .render(context, request)
    )


def save(request):
    status, told = Desk.answers.pop(0) if Desk.answers else (200, {})
    if status == 200:
        Desk.saved.append(request.POST["title"])
    return JsonResponse(told, status=status)


def interrupted(view):
    """The line is cut once, after the first piece."""

    def answer(request, **named):
        if request.method == "PUT" and request.headers["Content-Range"].startswith("bytes 1048576-"):
            Desk.broken += 1
            if Desk.broken == 1:
                return HttpResponse(status=503)
        return view(request, **named)

    return answer


pieces = [path(p.pattern._route, interrupted(p.callback), name=p.name) for p in files.my]
urlpatterns = [
    path("paper/", paper),
    path("save/", save),
    path("my/uploads/", include((pieces, "my_files"))),
    *of_the_product,
]
handler404 = "secretariat.doors.site.views.errors.not_found"


@pytest.fixture(autouse=True)
def desk(settings, tmp_path):
    settings.VAR = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }
    Desk.saved, Desk.handed_in, Desk.versions, Desk.answers, Desk.broken = [], [], [], [], 0


@pytest.fixture
def client():
    client = Client()
    client.force_login(make_account())
    return client


def state(page, text):
    # "Not saved" begins otherwise.
    page.locator(".save-state", has_text=re.compile(f"^(Not saved: )?{text}")).wait_for(timeout=20_000)
    return page.locator(".save-state").inner_text()


def test_a_form_saves_itself_and_goes_on_after_trouble(drive, client):
    Desk.answers = [(200, {}), (503, {}), (200, {})]

    def walk(page):
        page.goto(f"{HOST}/paper/?as=save")
        page.locator(READY).wait_for()
        title = page.get_by_label("Title")
        title.fill("Wells")
        state(page, "Saved")
        title.fill("Wells of the village")
        state(page, "no connection")
        page.evaluate("dispatchEvent(new Event('online'))")
        state(page, "Saved")
        return [text for text in page.complaints if "503" not in text]

    assert drive(walk, client=client) == []
    assert Desk.saved == ["Wells", "Wells of the village"]


def test_what_could_not_be_saved_is_put_back(drive, client):
    Desk.answers = [(503, {})] * 100

    def walk(page):
        page.goto(f"{HOST}/paper/?as=save")
        page.locator(READY).wait_for()
        page.get_by_label("Title").fill("Wells")
        state(page, "no connection")
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"{HOST}/paper/?as=save")
        Desk.answers.clear()
        state(page, "Saved")
        return page.get_by_label("Title").input_value()

    assert drive(walk, client=client) == "Wells"
    assert Desk.saved == ["Wells"]


def test_somebody_elses_change_stops_the_saving_in_words(drive, client):
    Desk.answers = [(409, {"message": "Changed by a colleague."})]

    def walk(page):
        page.goto(f"{HOST}/paper/?as=save")
        page.locator(READY).wait_for()
        page.get_by_label("Title").fill("Wells")
        told = state(page, "Changed by a colleague.")
        page.get_by_label("Title").fill("Wells, once more")
        page.wait_for_timeout(600)
        return told

    assert drive(walk, client=client) == "Changed by a colleague."
    assert Desk.saved == []


def test_what_is_sent_off_while_it_is_being_saved_names_the_version_that_was_saved(drive, client):
    Desk.answers = [(200, {"fields": {"version": 2}})]

    def walk(page):
        page.goto(f"{HOST}/paper/?as=save")
        page.locator(READY).wait_for()
        page.get_by_label("Title").fill("Wells")
        page.evaluate("dispatchEvent(new Event('online')); document.getElementById('paper').requestSubmit()")
        page.wait_for_url(f"{HOST}/paper/")
        return page.complaints

    assert drive(walk, client=client) == []
    assert (Desk.saved, Desk.versions) == (["Wells"], [2])
    assert [each["title"] for each in Desk.handed_in] == ["Wells"]


def test_a_file_goes_in_pieces_and_on_after_a_cut(drive, client):
    content = b"A line of a long paper.\n" * 60_000  # two pieces

    def walk(page):
        page.goto(f"{HOST}/paper/")
        page.locator(READY).wait_for()
        page.get_by_label("Title").fill("Wells")
        page.get_by_label("Paper").set_input_files(
            {"name": "paper.txt", "mimeType": "text/plain", "buffer": content}
        )
        page.get_by_text("Received: 1.4 MiB").wait_for(timeout=30_000)
        page.get_by_role("button", name="Hand in").click()
        page.wait_for_url(f"{HOST}/paper/")
        return [text for text in page.complaints if "503" not in text]

    assert drive(walk, client=client) == []
    file = File.objects.get()
    assert (file.name, file.size, Desk.broken) == ("paper.txt", len(content), 2)
    assert Desk.handed_in == [{"title": "Wells", "paper": file}]


def test_without_scripts_the_file_comes_with_its_form(drive, client):
    def walk(page):
        page.goto(f"{HOST}/paper/")
        page.get_by_label("Title").fill("Wells")
        page.get_by_label("Paper").set_input_files(
            {"name": "paper.txt", "mimeType": "text/plain", "buffer": b"A paper."}
        )
        page.get_by_role("button", name="Hand in").click()

    drive(walk, client=client, java_script_enabled=False)

    assert [(each["title"], each["paper"].name) for each in Desk.handed_in] == [("Wells", "paper.txt")]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_refusal_takes_the_focus_and_leads_to_the_field(drive, client, scripts):
    def walk(page):
        page.goto(f"{HOST}/paper/")
        page.get_by_role("button", name="Hand in").click()
        summary = page.get_by_role("group", name="Please look at this again")
        summary.wait_for()
        focused = page.locator(":focus").get_attribute("id")
        page.get_by_role("link", name="Title").click()
        return focused, page.get_by_label("Title").get_attribute("aria-invalid"), page.url

    assert drive(walk, client=client, java_script_enabled=scripts) == (
        "form-errors",
        "true",
        f"{HOST}/paper/#id_title",
    )


def test_a_form_asks_before_it_goes(drive, client):
    def walk(page):
        page.goto(f"{HOST}/paper/?as=ask")
        page.locator(READY).wait_for()
        page.get_by_label("Title").fill("Wells")
        hand_in = page.get_by_role("button", name="Hand in")
        hand_in.click()
        page.get_by_role("dialog", name="Really?").get_by_role("button", name="Cancel").click()
        stayed = list(Desk.handed_in)
        hand_in.click()
        page.get_by_role("dialog", name="Really?").get_by_role("button", name="Hand in").click()
        page.wait_for_url(f"{HOST}/paper/")
        return stayed

    assert drive(walk, client=client) == []
    assert [each["title"] for each in Desk.handed_in] == ["Wells"]


def test_night_chosen_in_the_menu_stays(drive, client):
    def walk(page):
        page.goto(f"{HOST}/paper/")
        page.locator(READY).wait_for()
        page.locator(".masthead-account summary").click()
        page.get_by_role("button", name="Dark").click()
        page.goto(f"{HOST}/paper/")
        return page.get_attribute("html", "data-theme")

    assert drive(walk, client=client, color_scheme="light") == "dark"
