"""Foreign keys point downward only, string references too, which no import contract sees."""

import pytest
from django.apps import apps

from tests.architecture.product import PRODUCT, apps_on_disk, storeys

# (model label, field) -> why it may be reached from the other side.
REACHED_BACK = {
    ("review.StageList", "stage"): "a page shows stages with the lists they led to, in one statement",
}


def storey(container: str, part: str) -> int | None:
    """How far above the ground a part of a container stands; None where no contract names it."""
    return next((height for height, parts in enumerate(storeys(container)) if part in parts), None)


def objection(source: str, target: str) -> str:
    """Say what is wrong with a foreign key from one app to another, given by dotted names; nothing if it is right."""
    (_, wing, *_), (_, other_wing, *_) = source.split("."), target.split(".")
    if wing != other_wing:
        upward = storey("secretariat", other_wing) > storey("secretariat", wing)
        return f"{wing} stands below {other_wing}" if upward else ""
    container = f"secretariat.{wing}"
    here, there = (storey(container, app.rpartition(".")[2]) for app in (source, target))
    if here is None or there is None:
        return f"no contract orders {source} and {target}"
    return "" if there < here else f"{source} does not stand above {target}"


def foreign_keys():
    """Every relation of the product between two of its apps: field, app it starts in, app it points to."""
    for model in apps.get_models():
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            if field.related_model is None:
                continue
            ours, theirs = (m._meta.app_config.name for m in (model, field.related_model))
            if ours != theirs and ours.startswith("secretariat."):
                yield field, ours, theirs


def test_no_foreign_key_points_upward_or_sideways():
    wrong = {
        f"{field}: {reason}"
        for field, ours, theirs in foreign_keys()
        if theirs.startswith("secretariat.") and (reason := objection(ours, theirs))
    }

    assert wrong == set()


def test_nobody_below_can_reach_up_by_attribute():
    reachable = {
        str(field)
        for field, _, _ in foreign_keys()
        if not field.remote_field.hidden and (field.model._meta.label, field.name) not in REACHED_BACK
    }

    assert reachable == set()


@pytest.mark.parametrize(
    ("source", "target", "right"),
    [
        ("secretariat.summit.honours", "secretariat.summit.review", True),
        ("secretariat.summit.calls", "secretariat.summit.honours", False),
        ("secretariat.summit.calls", "secretariat.registry.refs", True),
        ("secretariat.registry.refs", "secretariat.summit.calls", False),
        ("secretariat.registry.conflicts", "secretariat.registry.capacities", False),
        ("secretariat.summit.calls", "secretariat.summit.unheard_of", False),
    ],
)
def test_the_check_tells_right_from_wrong(source, target, right):
    assert (objection(source, target) == "") is right


def test_every_wing_and_every_app_has_its_place():
    wings = {path.name for path in PRODUCT.iterdir() if (path / "__init__.py").exists()}
    placed = {part for parts in storeys("secretariat") for part in parts}
    crowded = {wing for wing in wings if sum(app.split(".")[1] == wing for app in apps_on_disk()) > 1}
    homeless = {
        app
        for app in apps_on_disk()
        if app.split(".")[1] in crowded and storey(".".join(app.split(".")[:2]), app.split(".")[2]) is None
    }

    assert wings <= placed
    assert homeless == set()


def test_every_app_is_installed():
    assert apps_on_disk() == {
        app.name for app in apps.get_app_configs() if app.name.startswith("secretariat.")
    }
