"""Everything personal is declared, once; what is declared exists; the pages say it."""

from collections import Counter

import pytest
from django.apps import apps
from django.db.models import EmailField, ForeignKey, TextField
from django.test import Client
from django.urls import reverse
from django.utils import translation

from secretariat.config.retention import PAGE, retention_page
from secretariat.foundation.audit.holdings import ENDINGS, Declared, Holding, Subject, own
from secretariat.foundation.audit.integrity import records
from secretariat.foundation.privacy import declarations
from secretariat.foundation.privacy.declarations import declared, disclosures, holdings, model_of, running

KEPT = [holding.model for holding in holdings()]
# Free text and files that say something of the thing, or of an organisation, and of no person.
OF_THINGS = {
    "motions.Motion.reason", "motions.Motion.note", "motions.Amendment.text_en", "motions.Amendment.text_zh",
    "motions.Amendment.reason", "motions.Amendment.note",
    "editions.Fact.note", "honours.Honour.revoked_reason", "honours.Release.reason", "operations.Verification.finding",
    "organisations.Host.disclaimer_en", "organisations.Host.disclaimer_zh", "organisations.Host.simulated_en",
    "organisations.Host.simulated_zh", "publications.Publication.file", "calls.Criterion.help_en",
    "calls.Criterion.help_zh", "review.Conflict.reason", "review.Matching.trouble",
    "review.Move.reason", "correspondence.Letter.remark",
    "calls.Receipt.head", "calls.Question.text", "ballots.Ballot.reason", "ballots.Vote.reason",
    "meetings.Meeting.reason", "meetings.Meeting.short_notice", "meetings.Paper.withdrawn",
    "meetings.PaperVersion.file", "minutes.Evidence.file", "minutes.Resolution.text_en", "minutes.Resolution.text_zh",
    "advice.AdviceRequest.background", "advice.AdviceRequest.reason", "advice.AdviceRequest.opinion_en",
    "advice.AdviceRequest.opinion_zh", "advice.AdviceRequest.dissent_en", "advice.AdviceRequest.dissent_zh",
    "advice.Paper.withdrawn", "advice.PaperVersion.file",
    "powers.Delegation.scope_en", "powers.Delegation.scope_zh", "powers.Delegation.revoked",
    "membership.Conditions.criteria_en", "membership.Conditions.criteria_zh", "membership.Conditions.benefits_en",
    "membership.Conditions.benefits_zh", "membership.Event.reason", "imports.Import.wrong",
    "files.Upload.file", "search.SearchRow.folded", "search.SearchRow.title_words",
    "search.SearchRow.text_words",
}  # fmt: skip


def named():
    """Every field a holding names, with its model."""
    return Counter(
        f"{model_of(holding)._meta.label}.{name}" for holding in holdings() for name in holding.fields
    )


def test_every_personal_field_is_declared_and_once():
    personal = {f"{model._meta.label}.{name}" for model in records() for name in model.personal_fields}

    assert personal - set(named()) == set()
    assert {field for field, times in named().items() if times > 1} == set()


def test_every_free_text_and_file_of_a_record_is_declared_or_about_a_thing():
    texts = {
        f"{model._meta.label}.{field.name}"
        for model in records()
        for field in model._meta.concrete_fields
        if type(field) in (TextField, EmailField)
        or (isinstance(field, ForeignKey) and field.related_model._meta.label == "files.File")
    }

    assert texts - set(named()) - OF_THINGS == set()
    assert OF_THINGS - texts == set()


@pytest.mark.parametrize("model", KEPT)
def test_a_holding_names_fields_there_are(model):
    [holding] = [each for each in holdings() if each.model == model]
    fields = {field.name for field in model_of(holding)._meta.concrete_fields}

    assert {*holding.fields, *holding.shown, *holding.secret} <= fields
    assert set(holding.secret) <= set(holding.fields)
    assert set(holding.files) <= fields | {"pk"}
    assert holding.at_end in ENDINGS and holding.purpose and holding.ground and holding.kept
    assert bool(holding.why_kept) or holding.at_end != "keep"


@pytest.mark.django_db
@pytest.mark.parametrize("model", KEPT)
def test_nobody_has_nothing(model):
    [holding] = [each for each in holdings() if each.model == model]

    assert list(model_of(holding)._default_manager.filter(holding.hers(Subject()))) == []


def test_what_is_blanked_can_be():
    """A field that is emptied is one that history keeps apart, or has a value put in its place."""
    wrong = set()
    for holding in holdings():
        model = model_of(holding)
        replaced = holding.replaced(None) if holding.replaced and model.__name__ != "Person" else {}
        if holding.at_end == "blank":
            wrong |= {
                f"{model._meta.label}.{name}"
                for name in holding.fields
                if name not in replaced and name not in getattr(model, "personal_fields", ())
            }

    assert wrong == set()


def test_an_undeclared_field_would_be_seen(monkeypatch):
    monkeypatch.setattr(apps.get_model("tasks.Task"), "personal_fields", ("state",))

    with pytest.raises(AssertionError):
        test_every_personal_field_is_declared_and_once()


def test_the_reference_is_what_is_declared():
    assert PAGE.read_text(encoding="utf-8") == retention_page(), "run: python -m secretariat.config.reference"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_public_page_says_every_holding(language):
    page = Client(HTTP_ACCEPT_LANGUAGE=language).get(reverse("site:privacy"))
    translation.deactivate()  # a request leaves its language behind in the thread

    shown = sum(len(rows) for _title, rows in page.context["chapters"])
    assert (page.status_code, shown) == (200, len(holdings()))


def test_every_kind_of_disclosure_has_words():
    assert set(disclosures()) == {
        "accounts.address", "calls.named", "correspondence.recipients", "mailings.copies", "people.list",
    }  # fmt: skip


def test_what_must_end_first_is_of_models_there_are():
    assert {model_of(row)._meta.label for row in running()} == {row.model for row in running()}


def test_a_wing_of_its_own_is_taken_up(monkeypatch):
    mine = Holding(
        model="tasks.Task", hers=own("owner"), fields=("title",), purpose="x", ground="x", kept="x", at_end="keep",
        why_kept="x",
    )  # fmt: skip
    monkeypatch.setattr(declarations, "declared", lambda: {**declared(), "tasks": Declared((mine,))})

    assert mine in declarations.holdings()
