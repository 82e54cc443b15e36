from secretariat.foundation.accounts.actor import require_state
from secretariat.governance.advice.models import AdviceRequest


def locked(advice: AdviceRequest, what: str) -> AdviceRequest:
    """Hold a request that waits for its opinion; what is done to it is done one after the other."""
    rows = AdviceRequest.objects.select_for_update(of=("self",)).select_related(
        "ref", "committee", "asked_by"
    )
    advice = rows.get(pk=advice.pk)
    require_state(advice.state, ["asked"], what)
    return advice
