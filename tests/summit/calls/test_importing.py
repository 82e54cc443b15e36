"""Submissions from a sheet: tried, handed in in the name of whoever wrote them, and the same the next time."""

import io
from dataclasses import replace

import pytest
from django.utils import timezone
from openpyxl import Workbook

from secretariat.foundation.audit.models import Act
from secretariat.foundation.notices.models import Notice
from secretariat.registry.imports import actions
from secretariat.registry.imports.importers import importer_of, importers
from secretariat.registry.imports.models import Row
from secretariat.summit.calls.actions import save_draft
from secretariat.summit.calls.models import Submission
from tests.factories.accounts import make_account, make_actor
from tests.factories.calls import DURING, FIELDS, make_applicant, make_call, make_open_call
from tests.factories.imports import checking, fresh, make_import
from tests.factories.organisations import make_organisation
from tests.factories.places import make_place

pytestmark = pytest.mark.django_db
HEADS = "key,person,title_en,title_zh,summary_en,summary_zh,countries,started_on"
PEOPLE = replace(FIELDS[4], key="people", kind="contributors", label_en="People", label_zh="人员")


@pytest.fixture
def actor():
    return make_actor("desk.run", account=make_account())


@pytest.fixture
def person():
    return make_applicant()[0]


@pytest.fixture
def call():
    make_place("SE", name_en="Sweden", name_zh="瑞典"), make_place("NO", name_en="Norway", name_zh="挪威")
    return make_open_call(fields=[*FIELDS, PEOPLE])


def row(key, person, title="Tides", countries="Sweden; 挪威", summary="Of tides.", day="2020-03-01"):
    return f'{key},{person.ref.number},{title},潮汐,"{summary}",关于潮汐。,"{countries}",{day}'


def tried(call, actor, *rows, heads=HEADS, mode="whole", data=None, name="list.csv"):
    text = data if data is not None else "\n".join([heads, *rows, ""])
    found = make_import(text, importer=f"submissions:{call.key}", name=name, actor=actor)
    found = checking(found, actor=actor, mode=mode)
    actions.check(found=fresh(found), actor=actor, now=DURING)
    return fresh(found)


def brought(call, actor, *rows, **kw):
    found = tried(call, actor, *rows, **kw)
    actions.start_apply(found=found, actor=actor, now=DURING)
    actions.apply(found=fresh(found), actor=actor, now=DURING)
    return fresh(found)


def report(found):
    return list(Row.objects.filter(of=found).values_list("number", "outcome", "column").order_by("number"))


def test_a_row_is_tried_and_nothing_of_it_stays(call, actor, person):
    found = tried(
        call, actor, row("A-1", person), row("A-2", person, countries="Atlantis"), row("A-1", person)
    )

    assert report(found) == [(2, "new", ""), (3, "refused", "Countries"), (4, "refused", "")]
    assert not Submission.objects.exists() and not Notice.objects.exists()
    with pytest.raises(ValueError, match="refused"):
        actions.start_apply(found=found, actor=actor, now=DURING)


def test_it_is_handed_in_in_her_name_and_the_trail_says_who_brought_it(call, actor, person):
    found = brought(call, actor, row("A-1", person, summary="One.\nTwo."))
    submission = Submission.objects.get()

    assert (found.state, found.counts) == ("applied", {"new": 1})
    assert (submission.state, submission.their_key, submission.person_id) == ("submitted", "A-1", person.pk)
    assert submission.draft == {
        "title": {"en": "Tides", "zh": "潮汐"}, "summary": {"en": "One.\nTwo.", "zh": "关于潮汐。"},
        "countries": ["SE", "NO"], "started_on": "2020-03-01",
    }  # fmt: skip
    acts = Act.objects.filter(subject_id=submission.pk).order_by("id")
    assert [act.verb for act in acts] == ["submission_started", "draft_saved", "submission_submitted"]
    assert {(act.account_id, act.door, act.detail["brought_by"]) for act in acts} == {
        (person.account_id, "page", str(actor.account_id))
    }
    assert not Notice.objects.filter(kind="submission_received", account=actor.account_id).exists()


def test_the_same_sheet_again_changes_nothing_and_a_mended_one_that_row_alone(call, actor, person):
    rows = [row("A-1", person), row("A-2", person, title="Winds")]
    brought(call, actor, *rows)
    again = brought(call, actor, *rows)
    mended = brought(call, actor, rows[0], row("A-2", person, title="Storms"))

    assert again.counts == {"same": 2} and mended.counts == {"same": 1, "changed": 1}
    assert dict(Submission.objects.values_list("their_key", "version")) == {"A-1": 1, "A-2": 2}
    assert set(Submission.objects.values_list("title_en", flat=True)) == {"Tides", "Storms"}
    told = Row.objects.get(of=mended, outcome="changed")
    assert told.changes == [["Title", "Winds / 潮汐", "Storms / 潮汐"]]


def test_what_she_wrote_herself_since_is_kept(call, actor, person):
    brought(call, actor, row("A-1", person))
    submission = Submission.objects.get()
    hers = make_actor(account=person.account)
    hers = replace(hers, person_id=person.pk)
    content = {**submission.draft, "title": {"en": "Mine", "zh": "我的"}}
    save_draft(submission=submission, content=content, actor=hers, now=DURING)
    found = tried(call, actor, row("A-1", person, title="Theirs"))

    assert report(found) == [(2, "refused", "")]
    assert Submission.objects.get().draft["title"] == {"en": "Mine", "zh": "我的"}


def test_it_is_given_to_nobody_else(call, actor, person):
    brought(call, actor, row("A-1", person))
    other = make_applicant()[0]

    assert report(tried(call, actor, row("A-1", other))) == [(2, "refused", "Person in charge")]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"title": "x" * 21}, "Title · English"), ({"title": ""}, None), ({"day": "soon"}, "Begun on"),
        ({"countries": ""}, "Countries"),
    ],
)  # fmt: skip
def test_what_no_form_would_take_is_refused_by_its_column(call, actor, person, change, column):
    found = tried(call, actor, row("A-1", person, **change))

    assert report(found) == [(2, "refused", column)] if column else [(2, "new", "")]


def test_a_draft_is_left_to_be_handed_in(call, actor, person):
    line = f"A-1,{person.account.email},draft,Tides"
    brought(call, actor, line, heads="key,person,state,title_en")
    submission = Submission.objects.get()
    assert (submission.state, submission.version) == ("draft", 0)

    brought(call, actor, row("A-1", person))
    submission.refresh_from_db()
    assert (submission.state, submission.version) == ("submitted", 1)


def test_for_an_organisation_and_with_people(call, actor, person):
    birch = make_organisation("Birch")
    heads = f"{HEADS},organisation,people"
    brought(call, actor, f'{row("A-1", person)},Birch,"Ada Example (Birch); 李示例（示例大学）"', heads=heads)
    submission = Submission.objects.get()

    assert submission.organisation == birch
    assert submission.draft["people"] == [
        {"name_en": "Ada Example", "organisation_en": "Birch"},
        {"name_zh": "李示例", "organisation_zh": "示例大学"},
    ]


def test_a_workbook_does_the_same(call, actor, person):
    book, out = Workbook(), io.BytesIO()
    book.active.append(HEADS.split(","))
    book.active.append(
        [7, person.ref.number, "Tides", "潮汐", "Of tides.", "关于潮汐。", "SE", DURING.replace(tzinfo=None)]
    )
    book.save(out)
    brought(call, actor, data=out.getvalue(), name="list.xlsx")
    submission = Submission.objects.get()

    assert (submission.their_key, submission.draft["started_on"]) == ("7", "2022-06-01")


def test_undoing_withdraws_what_was_new_and_the_key_is_free_again(call, actor, person):
    found = brought(call, actor, row("A-1", person))
    actions.start_undo(found=found, actor=actor, now=DURING)
    actions.undo(found=fresh(found), actor=actor, now=DURING)
    assert fresh(found).state == "undone" and Submission.objects.get().state == "withdrawn"

    assert brought(call, actor, row("A-1", person)).counts == {"new": 1}
    assert sorted(Submission.objects.values_list("state", flat=True)) == ["submitted", "withdrawn"]


def test_undoing_puts_back_what_stood_and_not_over_her_own_words(call, actor, person):
    brought(call, actor, row("A-1", person))
    changed = brought(call, actor, row("A-1", person, title="Storms"))
    actions.start_undo(found=changed, actor=actor, now=DURING)
    actions.undo(found=fresh(changed), actor=actor, now=DURING)

    submission = Submission.objects.get()
    assert (submission.title_en, submission.version) == ("Tides", 3)
    first = Row.objects.filter(outcome="new").latest("of__created_at").of
    actions.start_undo(found=fresh(first), actor=actor, now=DURING)
    actions.undo(found=fresh(first), actor=actor, now=DURING)
    assert fresh(first).wrong and Submission.objects.get().state == "submitted"


def test_columns_are_known_by_the_names_files_have(actor):
    titled = replace(FIELDS[0], label_en="Title of the entry", label_zh="标题")
    call = make_open_call(fields=[titled, *FIELDS[1:]])
    heads = "编号,负责人,Title (English),标题,Summary · 中文,Countries"
    found = make_import(f"{heads}\n1,2,3,4,5,6\n", importer=f"submissions:{call.key}", actor=actor)

    assert found.columns == {
        "key": 0, "person": 1, "title_en": 2, "title_zh": 3, "summary_zh": 4, "countries": 5,
    }  # fmt: skip


def test_the_report_names_a_row_by_its_key_and_title(call, actor, person):
    found = tried(call, actor, f"A-1,{person.ref.number},draft,Tides", heads="key,person,state,title_en")

    assert Row.objects.get(of=found).name == "A-1 · Tides"


def test_only_who_runs_the_desk_brings_in(call, person):
    importer = importer_of(f"submissions:{call.key}")
    reader = make_actor("desk.read", account=make_account())
    values = {"key": "A-1", "person": person.ref.number}

    with pytest.raises(Exception, match="bring in submissions"):
        importer.bring(values, actor=reader, now=DURING)


def test_there_is_one_for_each_open_call(call, django_assert_num_queries):
    make_call()
    with django_assert_num_queries(2):
        keys = [each.key for each in importers() if each.key.startswith("submissions:")]
    assert keys == [f"submissions:{call.key}"]

    make_open_call()
    with django_assert_num_queries(2):
        assert len([each for each in importers() if each.key.startswith("submissions:")]) == 2
    assert importer_of("submissions:none") is None


def test_after_the_closing_a_row_is_refused(call, actor, person):
    found = make_import(
        "\n".join([HEADS, row("A-1", person)]), importer=f"submissions:{call.key}", actor=actor
    )
    found = checking(found, actor=actor)
    actions.check(found=fresh(found), actor=actor, now=timezone.now())

    assert report(found) == [(2, "refused", "")]
