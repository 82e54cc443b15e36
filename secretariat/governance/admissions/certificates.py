"""A certificate of membership on paper, in both languages of the organisation."""

from pathlib import Path

from django.urls import reverse

from secretariat.engines.typesetting.setting import set_sheet
from secretariat.foundation.notices.brand import brand
from secretariat.governance.admissions.models import Certificate
from secretariat.registry.organisations.queries import host

TEMPLATE = Path(__file__).parent / "typesetting" / "certificate.typ"


def path_of(certificate: Certificate) -> str:
    """Return where everybody sees whether a certificate is true."""
    return reverse("site:certificate", args=[certificate.number, certificate.digest[:16]])


def pdf_of(certificate: Certificate, address: str) -> bytes:
    """Set a certificate as PDF, the same bytes each time; ``address`` begins the one it is checked at."""
    house = host()
    body, holder = (
        house.organisation if house else None,
        certificate.member.organisation or certificate.member.person,
    )
    since = certificate.since
    data = {
        "house": {"en": body.name_in("en"), "zh": body.name_zh} if body else {"en": brand().name, "zh": ""},
        "name": {"en": holder.name_in("en"), "zh": holder.name_in("zh-hans")},
        "category": {"en": certificate.category.name_en, "zh": certificate.category.name_zh},
        "since": {"en": f"{since.day} {since:%B %Y}", "zh": f"{since.year}年{since.month}月{since.day}日"},
        "number": certificate.number, "digest": certificate.digest, "check": f"{address}{path_of(certificate)}",
        "simulated": brand().simulated,
    }  # fmt: skip
    return set_sheet([TEMPLATE], TEMPLATE.name, data, certificate.issued_at)
