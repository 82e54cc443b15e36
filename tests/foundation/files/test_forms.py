import io

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from secretariat.foundation.files.actions import store_file
from secretariat.foundation.files.forms import HandedInField
from tests.factories.accounts import NOW, make_account, make_actor

pytestmark = pytest.mark.django_db


class PaperForm(forms.Form):
    paper = HandedInField(allowed_types=("text/plain",))

    def __init__(self, *args, actor, **options):
        super().__init__(*args, **options)
        self.fields["paper"].actor = actor


def keep(actor, content=b"A paper.\n", name="paper.txt"):
    return store_file(
        stream=io.BytesIO(content), name=name, allowed_types=(), limit=1000, actor=actor, now=NOW
    )


def test_a_file_comes_with_its_form_or_before_it():
    actor = make_actor(account=make_account())
    file, sent = keep(actor), SimpleUploadedFile("sent.txt", b"Sent.")

    before = PaperForm({"paper_file": str(file.pk)}, {}, actor=actor)
    beside = PaperForm({"paper_file": str(file.pk)}, {"paper": sent}, actor=actor)

    assert before.is_valid() and before.cleaned_data["paper"] == file
    assert beside.is_valid() and beside.cleaned_data["paper"].name == "sent.txt"


@pytest.mark.parametrize("told", ["nonsense", "01a21b00-0000-7000-8000-000000000000"])
def test_a_file_nobody_sent_is_refused(told):
    form = PaperForm({"paper_file": told}, {}, actor=make_actor(account=make_account()))

    assert form.errors == {"paper": ["The file did not arrive. Please choose it again."]}


def test_anothers_file_and_another_kind_are_refused():
    mine, other = make_actor(account=make_account()), make_actor(account=make_account())
    foreign, page = keep(other), keep(mine, b"<!doctype html><p>A page.", "page.html")

    assert not PaperForm({"paper_file": str(foreign.pk)}, {}, actor=mine).is_valid()
    assert PaperForm({"paper_file": str(page.pk)}, {}, actor=mine).errors == {
        "paper": ["“page.html” is a file of the type text/html; these are accepted: text/plain."]
    }


def test_nothing_sent_is_said_so():
    form = PaperForm({"paper_file": ""}, {}, actor=make_actor(account=make_account()))

    assert form.errors == {"paper": ["This field is required."]}
