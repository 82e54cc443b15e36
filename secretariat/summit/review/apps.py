from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReviewConfig(AppConfig):
    name = "secretariat.summit.review"
    verbose_name = _("review")

    def ready(self) -> None:
        from secretariat.foundation.files.queries import register_reader
        from secretariat.foundation.live.queries import register_channel
        from secretariat.foundation.live.receivers import register_rings
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.governance.ballots.asking import register_question
        from secretariat.record.mailings.audiences import register_audience
        from secretariat.record.tasks.duties import register_provider
        from secretariat.registry.conflicts import queries as conflicts
        from secretariat.summit.review import providers, receivers  # noqa: F401  - it listens to ballots
        from secretariat.summit.review.actions import declare_move
        from secretariat.summit.review.audience import REVIEWERS
        from secretariat.summit.review.duties import review_duties
        from secretariat.summit.review.queries import files_of_readers
        from secretariat.summit.review.ringing import RINGING, channels_of, hears_call
        from secretariat.summit.review.searching import register_sources

        conflicts.register_provider("reciprocal", providers.reciprocal)
        conflicts.register_provider("recused", providers.recused)
        register_channel("call", hears_call)
        register_audience(REVIEWERS)
        register_rings(RINGING, channels_of)
        register_provider("review.duties", review_duties)
        register_reader("review.readers", files_of_readers)
        register_sources()
        register_question("submission", declare_move)
        register_way(Way("my", "my_review:queue", _("My reviews"), 21, shown=sits))
        register_way(Way("my", "my_review:lists", _("Lists to decide"), 22, shown=chairs))
        reviews = pgettext_lazy("of a call", "Reviews")
        register_way(Way("desk", "desk_review:calls", reviews, 101, _("Summit"), shown=follows))


def sits(actor: Any) -> bool:
    return any(capacity.right == "review.sit" for capacity in actor.capacities)


def chairs(actor: Any) -> bool:
    return any(capacity.right == "body.chair" for capacity in actor.capacities)


def follows(actor: Any) -> bool:
    return actor.has("desk.read") or actor.has("desk.run") or chairs(actor)
