"""The desk builds a call: fields and conditions added, changed, moved and taken out, a preview, and a copy."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from secretariat.foundation.accounts.actions import give_grant
from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.audit.models import Act
from secretariat.summit.calls import actions, queries
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.models import Call, EligibilityRule, FormField
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account, make_actor
from tests.factories.calls import AFTER, CLOSES, FIELDS, OPENS, STAFF, make_call, make_open_call
from tests.factories.editions import make_edition
from tests.factories.topics import make_scheme

pytestmark = pytest.mark.django_db
READER = make_actor("desk.read")
KEYS = ["title", "summary", "countries", "started_on", "contact"]


@pytest.fixture(autouse=True)
def own_language():
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture
def desk(client):
    account = make_account()
    give_grant(account=account, right="desk.run", starts_on=TODAY, reason="test", actor=INSTALLER, now=NOW)
    client.force_login(account)
    return account


def keys_of(call, model=FormField):
    return list(model.objects.filter(call=call).order_by("position").values_list("key", flat=True))


def field_of(call, key):
    return FormField.objects.select_related("call").get(call=call, key=key)


def path(name, call, *rest):
    return reverse(f"desk_calls:{name}", args=[call.key, *rest])


QUESTION = {"kind": "number", "label_en": "People", "label_zh": "人数", "confidentiality": "public"}


def acts_of(call):
    rows = Act.objects.filter(subject_id=call.pk).order_by("pk").values_list("verb", "detail__key")
    return [row for row in rows if row[0].startswith("call_part")]


def test_each_change_of_a_row_is_an_act():
    call = make_call()
    made = actions.add_part(call=call, model=FormField, key="people", values=QUESTION, actor=STAFF, now=OPENS)
    actions.change_part(part=made, values={"label_en": "People reached"}, actor=STAFF, now=OPENS)
    actions.move_part(part=made, by=-1, actor=STAFF, now=OPENS)
    actions.move_part(part=field_of(call, "summary"), by=1, actor=STAFF, now=OPENS)
    actions.remove_part(part=field_of(call, "countries"), actor=STAFF, now=OPENS)

    assert keys_of(call) == ["title", "summary", "started_on", "people", "contact"]
    assert field_of(call, "people").label_en == "People reached"
    assert acts_of(call) == [
        ("call_part_added", "people"), ("call_part_changed", "people"), ("call_part_moved", "people"),
        ("call_part_moved", "summary"), ("call_part_removed", "countries"),
    ]  # fmt: skip


@pytest.mark.parametrize(("key", "by"), [("title", -1), ("contact", 1)])
def test_a_row_at_the_end_stays_there(key, by):
    call = make_call()
    actions.move_part(part=field_of(call, key), by=by, actor=STAFF, now=OPENS)
    assert keys_of(call) == KEYS


def test_a_key_stands_once():
    with pytest.raises(ValueError, match="“title” is taken already"):
        actions.add_part(
            call=make_call(), model=FormField, key="title", values=QUESTION, actor=STAFF, now=OPENS
        )


ACTS = {
    "add": lambda call, who: actions.add_part(
        call=call, model=FormField, key="people", values=QUESTION, actor=who, now=OPENS
    ),
    "change": lambda call, who: actions.change_part(
        part=field_of(call, "title"), values={"label_en": "Name"}, actor=who, now=OPENS
    ),
    "move": lambda call, who: actions.move_part(part=field_of(call, "title"), by=1, actor=who, now=OPENS),
    "remove": lambda call, who: actions.remove_part(part=field_of(call, "title"), actor=who, now=OPENS),
    "details": lambda call, who: actions.change_call(call=call, title_en="Name", actor=who, now=OPENS),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_rules_of_an_open_call_change_no_more(act):
    with pytest.raises(WrongState, match="Changing the rules of a call is not possible"):
        ACTS[act](make_open_call(), STAFF)


@pytest.mark.parametrize("act", ACTS)
def test_who_reads_the_desk_changes_nothing(act):
    with pytest.raises(NotAllowed):
        ACTS[act](make_call(), READER)


def test_a_call_with_an_obstacle_does_not_open():
    call = make_call()
    actions.change_part(part=field_of(call, "summary"), values={"label_zh": ""}, actor=STAFF, now=OPENS)

    with pytest.raises(ValueError, match="“Summary” has no Chinese text"):
        actions.open_call(call=call, actor=STAFF, now=OPENS)
    with pytest.raises(ValueError, match="The day on which it closes has passed already"):
        actions.open_call(call=make_call(), actor=STAFF, now=AFTER)


def test_obstacles_are_found_in_few_statements(django_assert_num_queries):
    make_scheme("areas")
    area = FieldSpec("area", "choice", "Area", "领域", params={"scheme": "areas"})
    call = make_call(fields=[*FIELDS, area])
    with django_assert_num_queries(5):
        assert queries.obstacles_of(call, OPENS) == []


def test_a_copy_takes_the_rules_and_its_own_names_and_days():
    undertaking = {"en": "I keep it to myself.", "zh": "我予以保密。"}
    before, edition = (
        make_open_call(undertaking=undertaking, conflicts={"years_back": 2}),
        make_edition(simulated=True),
    )
    names = {"title_en": "Next", "title_zh": "下一届", "word_en": "Entry", "word_zh": "项目"}
    days = {"opens_at": OPENS + timedelta(days=365), "closes_at": CLOSES + timedelta(days=365)}

    made = actions.copy_call(
        call=before, edition=edition, key="next", series="NEXT", actor=STAFF, now=AFTER, **names, **days
    )

    kept, new = queries.rules_of(before), queries.rules_of(made)
    assert {name for name in kept if kept[name] != new[name]} == {"call", "opens_at", "closes_at"}
    assert (made.undertaking, made.conflict_rules) == (before.undertaking, before.conflict_rules)
    assert queries.field_specs(made) == queries.field_specs(before)
    assert (made.state, made.title_zh, made.series, made.edition) == ("draft", "下一届", "NEXT", edition)
    assert actions.open_call(call=made, actor=STAFF, now=days["opens_at"]).state == "open"


# -- Pages ----------------------------------------------------------------------------------------------------


def test_a_field_is_added_with_what_its_kind_needs(client, desk):
    call = make_call()
    sent = {"key": "paper", "label_en": "Paper", "label_zh": "论文", "confidentiality": "committee",
            "required": "on", "types": ["application/pdf"], "maximum": "3"}  # fmt: skip

    answer = client.post(path("new_part", call, "fields") + "?kind=file", sent)

    assert answer["Location"] == path("build", call) + "#fields"
    assert queries.field_specs(call)[-1] == FieldSpec(
        "paper", "file", "Paper", "论文", True, "committee",
        params={"types": ["application/pdf"], "maximum": 3 * 1024 * 1024},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "sent", "wrong"),
    [
        ("short_text", {"key": "title"}, {"key"}),
        ("short_text", {"key": "new"}, {"key"}),
        ("short_text", {"key": "revision"}, {"key"}),
        ("url", {"key": "paper_file"}, {"key"}),
        ("url", {"key": "Upper"}, {"key"}),
        ("url", {"label_en": "", "label_zh": ""}, {"label_en"}),
        ("short_text", {"limit_en": "0"}, {"limit_en"}),
        ("choice", {}, {"scheme"}),
        ("choice", {"options": "a\nb", "options_zh": "甲"}, {"options_zh"}),
        ("choice", {"options": "a\na", "options_zh": "甲\n乙"}, {"options"}),
        ("number", {"minimum": "5", "maximum": "5"}, {"maximum"}),
        ("contributors", {"maximum": "21"}, {"maximum"}),
    ],
)
def test_what_is_wrong_stands_with_its_field(client, desk, kind, sent, wrong):
    call = make_call()
    whole = {"key": "more", "label_en": "More", "label_zh": "更多", "confidentiality": "public", **sent}

    answer = client.post(path("new_part", call, "fields") + f"?kind={kind}", whole)

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert keys_of(call) == KEYS


def test_a_choice_is_read_in_both_languages(client, desk):
    call = make_call()
    sent = {"key": "stage", "label_en": "Stage", "label_zh": "阶段", "confidentiality": "public",
            "options": "Idea\nIn use", "options_zh": "构想\n已应用"}  # fmt: skip
    client.post(path("new_part", call, "fields") + "?kind=choice", sent)

    english = client.get(path("form", call), {"in": "en"}).content.decode()
    chinese = client.get(path("form", call), {"in": "zh-hans"}).content.decode()

    assert '<option value="In use">In use</option>' in english
    assert '<option value="In use">已应用</option>' in chinese
    assert (">Begun on " in english, ">起始日期 " in english) == (True, False)
    assert (">Begun on " in chinese, ">起始日期 " in chinese) == (False, True)


def test_a_changed_field_keeps_what_the_form_does_not_ask(client, desk):
    call = make_call()
    actions.change_part(
        part=field_of(call, "countries"),
        values={"params": {"maximum": 3, "kept": "yes"}},
        actor=STAFF,
        now=OPENS,
    )
    page = path("change_part", call, "fields", "countries")
    form = client.get(page).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}

    client.post(page, {**sent, "maximum": "7"})

    assert field_of(call, "countries").params == {"maximum": 7, "kept": "yes"}


def test_a_field_becomes_one_of_another_kind_without_its_old_limits(client, desk):
    call = make_call()
    page = path("change_part", call, "fields", "summary") + "?kind=number"
    client.post(
        page, {"label_en": "Summary", "label_zh": "简介", "confidentiality": "public", "minimum": "0"}
    )

    row = field_of(call, "summary")
    assert (row.kind, row.limits, row.params, row.required) == ("number", {}, {"minimum": 0}, False)


def test_rows_move_by_buttons_that_keep_the_focus(client, desk):
    call = make_call()
    answer = client.post(path("act_on_part", call, "fields", "summary", "up"), follow=True)

    assert keys_of(call)[:2] == ["summary", "title"]
    page = answer.content.decode()
    assert page.count("autofocus") == 1
    assert path("act_on_part", call, "fields", "summary", "down") in page[page.index("autofocus") - 200 :]
    client.post(path("act_on_part", call, "fields", "summary", "remove"))
    assert keys_of(call) == ["title", *KEYS[2:]]
    assert client.post(path("act_on_part", call, "fields", "title", "sideways")).status_code == 404


def test_a_condition_is_added_and_changed(client, desk):
    call = make_call()
    sent = {"key": "both", "reason_en": "In both languages.", "reason_zh": "中英文。",
            "fields": ["title", "summary"], "languages": ["en", "zh"]}  # fmt: skip
    client.post(path("new_part", call, "conditions") + "?kind=languages_filled", sent)
    page = path("change_part", call, "conditions", "begun-before")
    client.post(
        page, {"reason_en": "Later.", "reason_zh": "晚。", "field": "started_on", "before": "2026-01-01"}
    )

    rows = (
        EligibilityRule.objects.filter(call=call)
        .order_by("position")
        .values_list("key", "reason_en", "params")
    )
    assert list(rows) == [
        ("begun-before", "Later.", {"field": "started_on", "before": "2026-01-01"}),
        ("both", "In both languages.", {"fields": ["title", "summary"], "languages": ["en", "zh"]}),
    ]


def test_days_are_read_where_the_call_is_at_home(client, desk):
    call = make_call()
    page = path("details", call)
    form = client.get(page).context["form"]
    assert form["closes_at"].value() == "2022-08-31T18:00"
    sent = {name: form[name].value() for name in form.fields if name != "was"}

    client.post(page, {**sent, "title_en": "Renamed", "closes_at": "2022-09-30T23:59:59"})

    call.refresh_from_db()
    assert (call.title_en, call.closes_at) == ("Renamed", datetime(2022, 9, 30, 15, 59, 59, tzinfo=UTC))
    assert call.ref.title == {"en": "Renamed", "zh": "征集"}
    assert Act.objects.get(verb="call_changed").detail["changed"] == ["closes_at", "title_en"]
    assert client.post(page, {**sent, "closes_at": sent["opens_at"]}).context["form"].errors.keys() == {
        "closes_at"
    }


def test_what_stands_in_the_way_leads_to_where_it_is_put_right(client, desk):
    now = timezone.now()
    call = make_call(opens_at=now, closes_at=now + timedelta(days=1))
    page = path("build", call)
    assert "Nothing stands in the way" in client.get(page).content.decode()
    assert [act for act, _label in client.get(path("call", call)).context["acts"]] == ["open"]

    actions.change_part(part=field_of(call, "contact"), values={"label_zh": ""}, actor=STAFF, now=OPENS)

    shown = client.get(page).content.decode()
    assert (
        f'<a href="{path("change_part", call, "fields", "contact")}">“Contact” has no Chinese text.</a>'
        in shown
    )
    assert client.get(path("call", call)).context["acts"] == []


def test_an_open_call_is_copied_and_no_more_built(client, desk):
    call, edition = make_open_call(), make_edition(simulated=True)
    assert client.get(path("build", call))["Location"] == path("call", call)
    page = path("copy", call)
    form = client.get(page).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value()} | {"edition": edition.pk}
    wrong = client.post(page, {**sent, "key": call.key, "series": call.series})
    assert set(wrong.context["form"].errors) == {"key", "series", "opens_at", "closes_at"}

    days = {"opens_at": "2027-05-01T09:00", "closes_at": "2027-08-31T18:00"}
    answer = client.post(page, {**sent, "key": "next-2027", "series": "NEXT-2027", **days})

    made = Call.objects.get(key="next-2027")
    assert answer["Location"] == path("build", made)
    assert (made.opens_at, keys_of(made)) == (datetime(2027, 5, 1, 1, tzinfo=UTC), KEYS)


@pytest.mark.parametrize("count", [0, 4])
def test_statements_of_building(client, desk, django_assert_num_queries, count):
    more = [FieldSpec(f"more_{n}", "number", "More", "更多") for n in range(count)]
    call = make_call(fields=[*FIELDS, *more])
    client.get(path("build", call))
    with django_assert_num_queries(14):
        assert client.get(path("build", call)).status_code == 200
