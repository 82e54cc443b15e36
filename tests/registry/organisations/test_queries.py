import pytest

from secretariat.registry.organisations.models import Organisation
from secretariat.registry.organisations.queries import (
    ancestors_of,
    canonical_ids,
    live_organisations,
    organisations_by_ref,
    search_organisations,
)
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


def make_alias(of, **kw):
    alias = make_organisation(**kw)
    Organisation.objects.filter(pk=alias.pk).update(canonical=of)
    return alias


def test_ancestors_are_listed_nearest_first():
    top = make_organisation()
    middle = make_organisation(parent=top)
    low, lone = make_organisation(parent=middle), make_organisation()

    assert ancestors_of([low.pk, middle.pk, lone.pk]) == {
        low.pk: (middle.pk, top.pk),
        middle.pk: (top.pk,),
        lone.pk: (),
    }


def test_ancestors_pass_through_an_alias():
    top = make_organisation()
    kept = make_organisation(parent=top)
    low = make_organisation(parent=make_alias(kept))

    assert ancestors_of([low.pk]) == {low.pk: (kept.pk, top.pk)}


def test_a_circle_of_parents_ends():
    one = make_organisation()
    two = make_organisation(parent=one)
    Organisation.objects.filter(pk=one.pk).update(parent=two)

    assert ancestors_of([one.pk]) == {one.pk: (two.pk,)}


@pytest.mark.parametrize("number", [1, 3])
def test_ancestors_and_aliases_take_one_statement_each(number, django_assert_num_queries):
    low = [make_organisation(parent=make_organisation()).pk for _ in range(number)]

    with django_assert_num_queries(2):
        assert len(ancestors_of(low)) == len(canonical_ids(low)) == number


def test_an_alias_stands_for_the_kept_organisation_and_is_not_listed():
    kept = make_organisation()
    alias = make_alias(kept)

    assert canonical_ids([kept.pk, alias.pk]) == {kept.pk: kept.pk, alias.pk: kept.pk}
    assert list(live_organisations()) == [kept]


@pytest.mark.parametrize(
    "text", ["Zurich", "zürich", "苏黎世", "uoz", "05dxps055", "https://ror.org/05dxps055", "uoz.example"]
)
def test_an_organisation_is_found_by_any_of_its_names(text):
    found = make_organisation(
        "University of Zürich",
        name_zh="苏黎世大学",
        acronym="UoZ",
        ror="05dxps055",
        email_domains=["uoz.example"],
    )
    make_organisation("Another")

    assert search_organisations(text) == [found]


def test_the_exact_name_comes_first():
    make_organisation("Academy of Example")
    exact = make_organisation("Example")

    assert search_organisations("example")[0] == exact


def test_organisations_by_number():
    organisation = make_organisation()

    assert organisations_by_ref([organisation.ref.number, "ORG-99999"]) == {
        organisation.ref.number: organisation
    }
