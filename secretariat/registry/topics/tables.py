from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.tables import Column, MultiChoiceFilter, Table, TextFilter
from secretariat.registry.topics.models import Topic
from secretariat.registry.topics.queries import schemes_by_key


def path_of(topic: Topic) -> str:
    return reverse("desk_topics:topic", args=[topic.key])


def name_order() -> str:
    return "name_zh" if (get_language() or "en").startswith("zh") else "name_en"


def scheme_choices() -> list[tuple[str, str]]:
    return [(key, str(scheme)) for key, scheme in schemes_by_key().items()]


class TopicsTable(Table):
    key = "topics.topics"
    label = _("Topics")
    columns = [
        Column("name", _("Name"), of=str, order=name_order, path=path_of, heading=True),
        Column("name_zh", _("Name in Chinese"), order="name_zh"),
        Column("broader", _("Broader topic"), order="broader__position"),
        Column("schemes", _("Schemes"), of=lambda topic: [str(scheme) for scheme in topic.schemes.all()]),
        Column("position", _("Position"), order=("position", "key"), align="end", hidden=True),
        Column("key", _("Key"), order="key", hidden=True),
    ]
    filters = [
        TextFilter(
            "q", _("Search topics"), fields=("name_en", "name_zh", "key", "names"), hint=_("Name or key")
        ),
        MultiChoiceFilter("scheme", _("Schemes"), "schemes__key", choices=scheme_choices),
    ]
    order = "position"
    empty_title = _("There is no topic yet.")
