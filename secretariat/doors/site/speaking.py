"""In whose name mail goes out."""

from django.utils.translation import gettext as _

from secretariat.foundation.notices.brand import Brand
from secretariat.foundation.ui.templatetags.ui import text
from secretariat.registry.editions.models import Edition
from secretariat.registry.organisations.queries import host


def speaker() -> Brand:
    """Return the organisation's name in the active language, and whether this installation is simulated."""
    house = host()
    simulated = Edition.objects.filter(simulated=True).exists()
    name = text(house.organisation, "name") if house else "Secretariat"
    return Brand(name or "Secretariat", _("Simulated") if simulated else "")
