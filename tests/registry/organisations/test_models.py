import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation

from secretariat.registry.organisations.models import Organisation
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("organisation_has_name", {"name_en": "", "name_zh": ""}),
        ("organisation_kind_known", {"kind": "circus"}),
        ("organisation_ror_shape", {"ror": "05DXPS055"}),
        ("organisation_not_own_parent", {"parent": F("id")}),
        ("organisation_not_own_alias", {"canonical": F("id")}),
    ],
)
def test_the_database_refuses(constraint, values):
    organisation = make_organisation()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Organisation.objects.filter(pk=organisation.pk).update(**values)


def test_a_name_is_shown_in_the_readers_language_or_the_other():
    both = make_organisation("Example", name_zh="示例", names={"fr": "Exemple"})
    chinese = make_organisation(name_zh="仅中文")

    assert [both.name_in(language) for language in ("en", "zh-hans", "fr", "ru")] == [
        "Example", "示例", "Exemple", "Example",
    ]  # fmt: skip
    assert chinese.name_in("en") == "仅中文"
    with translation.override("zh-hans"):
        assert str(both) == "示例"
