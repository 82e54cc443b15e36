import pytest

from secretariat.foundation.audit.models import Act
from secretariat.foundation.languages.actions import mark_translated
from secretariat.foundation.languages.models import TranslationMark
from secretariat.foundation.languages.queries import StaleTranslation, stale_translations
from secretariat.registry.organisations.models import Organisation
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db
LABEL = "organisations.organisation"


def rename(organisation, **names):
    """Another action changes the text; only the mark matters here."""
    Organisation.objects.filter(pk=organisation.pk).update(**names)
    organisation.refresh_from_db()


def mark(organisation, **kw):
    return mark_translated(row=organisation, field="name", language="zh", actor=INSTALLER, now=NOW, **kw)


def test_a_translation_is_fresh_until_its_source_changes():
    organisation = make_organisation(name_en="Example Institute 001", name_zh="示例研究所001")
    mark(organisation)
    assert stale_translations(LABEL, [organisation.pk]) == []

    rename(organisation, name_en="Example Institute 002")

    assert stale_translations(LABEL, [organisation.pk]) == [
        StaleTranslation(organisation.pk, "name", "zh", "en")
    ]
    mark(organisation, origin="machine")
    assert stale_translations(LABEL, [organisation.pk]) == []


def test_a_mark_says_who_translated_and_stands_in_the_audit():
    organisation = make_organisation()

    first, second = mark(organisation), mark(organisation, origin="machine")

    assert first.pk == second.pk
    assert TranslationMark.objects.get().origin == "machine"
    assert set(Act.objects.filter(verb="translation_marked").values_list("subject_id")) == {
        (organisation.pk,)
    }


def test_white_space_makes_nothing_stale():
    organisation = make_organisation(name_en="Example Institute 001")
    mark(organisation)

    rename(organisation, name_en=" Example Institute 001\r\n")

    assert stale_translations(LABEL, [organisation.pk]) == []


def test_each_row_is_judged_by_its_own_source():
    changed, unchanged, unmarked = (make_organisation(name_en=f"Example Institute {n}") for n in range(3))
    for organisation in (changed, unchanged):
        mark(organisation)
    for organisation in (changed, unmarked):
        rename(organisation, name_en="Renamed")

    stale = stale_translations(LABEL, [changed.pk, unchanged.pk, unmarked.pk])

    assert [found.row_id for found in stale] == [changed.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_two_statements_however_many_rows(count, django_assert_num_queries):
    organisations = [make_organisation(name_en=f"Example Institute {n}") for n in range(count)]
    for organisation in organisations:
        mark(organisation)

    with django_assert_num_queries(2):
        stale_translations(LABEL, [organisation.pk for organisation in organisations])


@pytest.mark.parametrize(("field", "language"), [("name", "xx"), ("colour", "zh")])
def test_columns_that_do_not_exist_are_refused(field, language):
    with pytest.raises(ValueError, match=f"has no field {field}_"):
        mark_translated(row=make_organisation(), field=field, language=language, actor=INSTALLER, now=NOW)
