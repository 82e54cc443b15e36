from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.governance.ballots.states import Base, Majority, Method
from secretariat.governance.bodies.models import Body
from secretariat.governance.motions.logic import Paragraph
from secretariat.governance.motions.states import Doing, Kind

LONG = 5000
MOST = 200


def _area(label: Any, *, rows: int = 4, required: bool = False, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=LONG, widget=widget, required=required, help_text=help_text
    )


def reason_field() -> forms.CharField:
    """A reason that is kept and told."""
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=gettext_lazy("Reason"), max_length=1000, widget=widget)


def power_field(powers: Any) -> forms.ModelChoiceField:
    """The power under which a body decides, of those it may use."""
    return forms.ModelChoiceField(
        label=gettext_lazy("Power used"), queryset=powers, required=False,
        empty_label=gettext_lazy("none is named"),
        help_text=gettext_lazy("The body's own, or delegated to it: one it does not hold is refused."),
    )  # fmt: skip


class BeginForm(forms.Form):
    """In which body, of which kind, and for which place where one speaks for several."""

    place = forms.ChoiceField(label=gettext_lazy("Body"), help_text=gettext_lazy("And for whom you move it."))
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of motion"), choices=Kind.choices,
        help_text=gettext_lazy("It says by which majority the body decides."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, places: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(data, **named)
        self.fields["place"].choices = places


class MotionForm(forms.Form):
    """A motion while it is written: titles, paragraphs in both languages, reason. Nothing is required to save."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    count = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=300, required=False)
    title_zh = forms.CharField(label=gettext_lazy("Title in Chinese"), max_length=300, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of motion"), choices=Kind.choices)
    reason = _area(
        gettext_lazy("Reason"),
        help_text=gettext_lazy("Why the body should decide so. It is not part of the text."),
    )

    def __init__(self, data: Any = None, *, powers: Any = None, **named: Any) -> None:
        super().__init__(data, **named)
        self.powers = powers
        if powers:
            self.fields["power"] = power_field(powers)
        given = data.get("count") if data is not None else (self.initial or {}).get("count")
        self.length = max(1, min(MOST, int(given) if str(given).isdigit() else 1))
        for at in range(self.length):
            for language in ("en", "zh"):
                label = _("English") if language == "en" else _("Chinese")
                self.fields[f"p{at}_{language}"] = _area(label, rows=3)

    @classmethod
    def of(
        cls, title: tuple[str, str], text: list[Paragraph], powers: Any = None, **said: Any
    ) -> "MotionForm":
        """Return the form of a text as it stands, with room for a first paragraph."""
        rows = text or [Paragraph("", "")]
        initial = {"title_en": title[0], "title_zh": title[1], "count": len(rows), **said}
        for at, row in enumerate(rows):
            initial |= {f"p{at}_en": row.en, f"p{at}_zh": row.zh}
        return cls(initial=initial, powers=powers)

    def pairs(self) -> list[dict[str, Any]]:
        """The paragraphs as a page writes them."""
        return [
            {"at": at, "number": at + 1, "en": self[f"p{at}_en"], "zh": self[f"p{at}_zh"]}
            for at in range(self.length)
        ]

    def text(self, *, whole: bool = False) -> list[Paragraph]:
        """Return the paragraphs that say something in one language at least; ``whole``: the empty ones too."""
        said = self.cleaned_data
        rows = [Paragraph(said.get(f"p{at}_en", ""), said.get(f"p{at}_zh", "")) for at in range(self.length)]
        return [row for row in rows if whole or row.en.strip() or row.zh.strip()]

    def changed(self, do: str, at: int) -> "MotionForm":
        """Return the same form with a paragraph more after a place, or without the one that stands there."""
        rows = self.text(whole=True)
        if do == "more":
            rows.insert(at + 1, Paragraph("", ""))
        elif 0 <= at < len(rows):
            del rows[at]
        said = {name: self.cleaned_data.get(name) for name in ("revision", "kind", "reason", "power")}
        titles = (self.cleaned_data.get("title_en", ""), self.cleaned_data.get("title_zh", ""))
        return self.of(titles, rows, self.powers, **said)

    def said(self) -> dict[str, Any]:
        """Return what was written, as the actions take it."""
        names = ("title_en", "title_zh", "reason")
        return {**{name: self.cleaned_data[name] for name in names}, "paragraphs": self.text()}


class AmendmentForm(forms.Form):
    """What shall become of a paragraph."""

    doing = forms.ChoiceField(
        label=gettext_lazy("This amendment"), choices=Doing.choices, widget=forms.RadioSelect
    )
    text_en = _area(
        gettext_lazy("Text in English"), help_text=gettext_lazy("Needed unless the paragraph is deleted.")
    )
    text_zh = _area(
        gettext_lazy("Text in Chinese"), help_text=gettext_lazy("Needed unless the paragraph is deleted.")
    )
    reason = _area(gettext_lazy("Reason"), rows=3)

    def __init__(self, data: Any = None, *, paragraph: int, **named: Any) -> None:
        super().__init__(data, **named)
        if paragraph == 0:
            self.fields["doing"].choices = [(Doing.INSERT.value, _("inserts a paragraph at the beginning"))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("doing") == Doing.DELETE:
            cleaned |= {"text_en": "", "text_zh": ""}
        return cleaned


class ReasonForm(forms.Form):
    reason = reason_field()


class PowerForm(forms.Form):
    """Under which power the body decides."""

    def __init__(self, data: Any = None, *, powers: Any, **named: Any) -> None:
        super().__init__(data, **named)
        self.fields["power"] = power_field(powers)


class RulingForm(forms.Form):
    falls = forms.TypedChoiceField(
        label=gettext_lazy("The amendment"), coerce=lambda said: said == "falls", widget=forms.RadioSelect,
        choices=[("falls", gettext_lazy("falls")), ("stays", gettext_lazy("stays before the body"))],
    )  # fmt: skip
    reason = reason_field()


class VoteForm(forms.Form):
    """How the body votes."""

    method = forms.ChoiceField(label=gettext_lazy("Method"), choices=Method.choices, initial=Method.ROLL_CALL)
    closes_at = forms.DateTimeField(
        label=gettext_lazy("Closes at"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Empty: held in the room, until somebody closes it."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("method") == Method.SILENCE and not cleaned.get("closes_at"):
            self.add_error("closes_at", _("Say when the silence ends."))
        return cleaned


class OrderForm(forms.Form):
    """The place of each undecided amendment in the order of votes."""

    def __init__(self, data: Any = None, *, amendments: list[Any], **named: Any) -> None:
        super().__init__(data, **named)
        self.amendments = {f"a{row.number}": row for row in amendments}
        for position, (name, row) in enumerate(self.amendments.items(), 1):
            told = {"number": row.number, "paragraph": row.paragraph, "doing": row.get_doing_display()}
            self.fields[name] = forms.IntegerField(
                label=_("A%(number)s: %(doing)s %(paragraph)s") % told, min_value=1, max_value=len(amendments),
                initial=position,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if len(cleaned) == len(self.amendments) and len(set(cleaned.values())) < len(cleaned):
            raise forms.ValidationError(_("Each place is given once."))
        return cleaned

    def order(self) -> list[Any]:
        """Return the amendments as they were put in order."""
        return sorted(self.amendments.values(), key=lambda row: self.cleaned_data[f"a{row.number}"])


class RequirementForm(forms.Form):
    """What a kind of motion needs in a body."""

    body = forms.ModelChoiceField(label=gettext_lazy("Body"), queryset=Body.objects.none())
    kind = forms.ChoiceField(label=gettext_lazy("Kind of motion"), choices=Kind.choices)
    majority = forms.ChoiceField(
        label=gettext_lazy("Majority"), required=False,
        choices=[("", gettext_lazy("as the rules of procedure say")), *Majority.choices],
    )  # fmt: skip
    base = forms.ChoiceField(
        label=gettext_lazy("Measured"), required=False, choices=[("", "—"), *Base.choices]
    )
    seconders = forms.IntegerField(
        label=gettext_lazy("Seconders needed"), min_value=0, max_value=100, initial=0
    )

    def __init__(self, data: Any = None, **named: Any) -> None:
        super().__init__(data, **named)
        bodies = Body.objects.filter(flags__contains=["decides"]).order_by("position", "key")
        self.fields["body"].queryset = bodies
