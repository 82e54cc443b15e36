"""The kinds of relations between people and parties: one word for each, whoever provides it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """What the person is to a party, in words. ``on_request``: it counts only where a policy says so."""

    label: Any
    on_request: bool = False


KINDS = {
    "same_person": Kind(_("is one of the parties")),
    "affiliation": Kind(_("is or was with a party")),
    "affiliation_of_group": Kind(_("is or was with a parent, a part or a sister of a party")),
    "shared_affiliation": Kind(_("is with the same organisation as a party")),
    "same_country": Kind(_("is of the same country or region as a party"), on_request=True),
    "address": Kind(_("has an e-mail address of a party")),
    "personal": Kind(_("has a personal relation to a party")),
    "delegation": Kind(_("holds or held a seat for a party")),
    "shared_seat": Kind(_("sits or sat in a body with a party")),
    "representation": Kind(_("represents or represented a party as a member")),
    "sponsorship": Kind(_("stood for a party when it applied for membership")),
    "joint_application": Kind(_("applied together with a party")),
    "named_by_applicant": Kind(_("is named by the applicant")),
    "reciprocal": Kind(_("is judged by a party")),
    "recused": Kind(_("may not judge it")),
    "declared": Kind(_("said so herself")),
    "entered": Kind(_("was kept from it by the chair or the secretariat")),
}
