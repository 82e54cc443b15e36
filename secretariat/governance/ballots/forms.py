from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.queries import in_force
from secretariat.foundation.ui.changing import DayField
from secretariat.governance.ballots.models import Ballot, Procedure
from secretariat.governance.ballots.states import Channel, Method
from secretariat.governance.bodies.models import Body
from secretariat.governance.powers.models import Power
from secretariat.governance.powers.queries import holds


class BallotForm(forms.ModelForm):
    """A question, and how it is decided; what is left empty is taken from the body's rules of procedure."""

    class Meta:
        model = Ballot
        fields = [
            "body",
            "question_en",
            "question_zh",
            "power",
            "method",
            "closes_at",
            "majority",
            "base",
            "may_change",
        ]
        widgets = {
            "closes_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        }
        help_texts = {
            "closes_at": _("Empty: until somebody closes it. A silence procedure always has an end.")
        }

    def __init__(self, *args: Any, bodies: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["body"].queryset = bodies
        self.fields["power"].queryset = Power.objects.filter(in_force(timezone.localdate()))
        self.fields["power"].empty_label = _("none is named")
        for name in ("majority", "base"):
            field = self.fields[name]
            field.required, field.initial = False, ""
            field.choices = [("", _("as the rules of procedure say")), *field.choices]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("method") == Method.SILENCE and not told.get("closes_at"):
            self.add_error("closes_at", _("Say when the silence ends."))
        body, power = told.get("body"), told.get("power")
        if body and power and not holds(body, power, timezone.localdate()):
            self.add_error("power", _("This power is another body's, and was not delegated to this one."))
        return told

    def _post_clean(self) -> None:
        """The action makes the ballot, with the rules of the body: half of one is not checked here."""

    def said(self) -> dict[str, Any]:
        """Return what was said, without what is left to the rules of procedure."""
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}


class HandsForm(forms.Form):
    yes = forms.IntegerField(label=_("Yes"), min_value=0)
    no = forms.IntegerField(label=_("No"), min_value=0)
    abstain = forms.IntegerField(label=_("Abstentions"), min_value=0)


class ExtendForm(forms.Form):
    closes_at = forms.DateTimeField(
        label=_("New end"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class CloseForm(forms.Form):
    casting = forms.ChoiceField(
        label=_("The chair's casting vote"), required=False,
        choices=[("", _("none is needed")), ("yes", _("Yes")), ("no", _("No"))],
    )  # fmt: skip


def channel_said(data: Any) -> str:
    """How an entered vote was given: called out unless the teller says it stood on paper."""
    return Channel.PAPER if data.get("channel") == Channel.PAPER else Channel.CALLED


def bodies_run_by(actor: Any) -> Any:
    """Return the bodies an actor may put a question to."""
    bodies = Body.objects.order_by("position", "key")
    if actor.has("desk.run"):
        return bodies
    led = {c.scope_id for c in actor.capacities if c.right in ("body.chair", "body.serve")}
    return bodies.filter(pk__in=led)


class ProcedureForm(forms.ModelForm):
    """The rules by which a body decides and meets, from a day on."""

    starts_on = DayField(label=_("In force from"))

    class Meta:
        model = Procedure
        fields = [
            "starts_on", "majority", "base", "casting_vote", "quorum_parts", "quorum_of", "quorum_exceeds",
            "quorum_least",
            "notice_days", "papers_days", "silence_days", "proxies_each", "remote", "deputy",
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("majority") == "simple":
            told["base"] = "cast"  # more yes than no, whoever else is there
        parts, whole = told.get("quorum_parts"), told.get("quorum_of")
        if parts is not None and whole and (parts > whole or (parts == whole and told.get("quorum_exceeds"))):
            self.add_error(
                "quorum_parts", _("A quorum is a share of those entitled: nobody reaches more than all.")
            )
        return told

    def _post_clean(self) -> None:
        """The action makes the version, of the body it is for: half of one is not checked here."""

    def said(self) -> dict[str, Any]:
        """Return the rules as they were said."""
        return dict(self.cleaned_data)


def values_of(procedure: Procedure | None) -> dict[str, Any]:
    """Return what the form starts from: the version in force, or the usual rules."""
    row = procedure or Procedure()
    return {name: getattr(row, name) for name in ProcedureForm.Meta.fields if name != "starts_on"}
