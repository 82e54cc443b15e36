import pytest
from django.utils.translation import override

from secretariat.doors.site.speaking import speaker
from secretariat.foundation.notices.brand import Brand
from secretariat.registry.editions.models import Edition
from tests.factories.editions import make_edition

pytestmark = pytest.mark.django_db


def test_before_it_is_named_the_product_speaks_for_itself():
    assert speaker() == Brand("Secretariat")


def test_mail_goes_out_in_the_organisations_name_and_says_what_is_simulated(host):
    for language, name in (("en", host.organisation.name_en), ("zh-hans", host.organisation.name_zh)):
        with override(language):
            assert speaker() == Brand(name)

    make_edition(simulated=True)

    assert Edition.objects.filter(simulated=True).exists()
    with override("zh-hans"):
        assert speaker() == Brand(host.organisation.name_zh, "模拟数据")
