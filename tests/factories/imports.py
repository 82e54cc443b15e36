import io

from secretariat.foundation.files.actions import store_file
from secretariat.registry.imports.actions import hand_in, start_check
from secretariat.registry.imports.models import Import
from tests.factories.accounts import NOW, make_account, make_actor


def make_import(
    text="name,kind\nExample,enterprise\n", *, importer="organisations", name="list.csv", actor=None
):
    """A file handed in by somebody who runs the desk."""
    actor = actor or make_actor("desk.run", account=make_account())
    data = text.encode() if isinstance(text, str) else text
    file = store_file(stream=io.BytesIO(data), name=name, allowed_types=(), limit=10**8, actor=actor, now=NOW)
    return hand_in(importer=importer, file=file, stream=io.BytesIO(data), actor=actor, now=NOW)


def checking(found, *, actor, mode="whole", day_order="", **columns):
    """The same, on its way to be checked with the columns guessed."""
    return start_check(
        found=found, columns={**found.columns, **columns}, mode=mode, encoding="", delimiter="", day_order=day_order,
        actor=actor, now=NOW,
    )  # fmt: skip


def fresh(found):
    return Import.objects.select_related("file", "ref").get(pk=found.pk)
