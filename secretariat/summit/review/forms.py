from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.ui.templatetags.ui import moment, text
from secretariat.governance.meetings.models import Meeting
from secretariat.summit.calls.models import Call, Criterion, Submission
from secretariat.summit.review.models import ReviewDraft
from secretariat.summit.review.queries.lateness import Owing
from secretariat.summit.review.states import Confidence, Side

COMMENT, REASON = 4000, 1000
PAIRS = 3  # that must or must not be, in one proposal


class ReviewForm(forms.Form):
    """A score for each criterion of the call, and words for the committee. A draft may have gaps."""

    confidence = forms.TypedChoiceField(
        label=gettext_lazy("How sure are you of this review?"), required=False, coerce=int, empty_value=None,
        choices=Confidence.choices, widget=forms.RadioSelect,
    )  # fmt: skip
    comment = forms.CharField(
        label=gettext_lazy("Comment to the committee"), required=False, max_length=COMMENT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("For the secretariat and, after the last review, the chair; not for the applicant."),
    )  # fmt: skip

    def __init__(
        self, data: Any, *, criteria: Sequence[Criterion], complete: bool, draft: ReviewDraft | None
    ) -> None:
        known = draft.scores if draft else {}
        initial = {f"score-{key}": value for key, value in known.items()}
        if draft:
            initial |= {"comment": draft.comment, "confidence": draft.confidence}
        super().__init__(data, initial=initial)
        self.criteria = criteria
        scores = {}
        for criterion in criteria:
            scale = range(criterion.minimum, criterion.maximum + 1)
            scores[f"score-{criterion.key}"] = forms.TypedChoiceField(
                label=text(criterion, "label"), help_text=text(criterion, "help"), required=complete, coerce=int,
                empty_value=None, choices=[(number, str(number)) for number in scale], widget=forms.RadioSelect,
                error_messages={"required": _("Give a score from %(low)d to %(high)d.")
                                % {"low": criterion.minimum, "high": criterion.maximum}},
            )  # fmt: skip
        self.fields = {**scores, **self.fields}

    def scales(self) -> list[tuple[Criterion, forms.BoundField]]:
        return [(criterion, self[f"score-{criterion.key}"]) for criterion in self.criteria]

    def written(self) -> dict[str, Any]:
        """What she has written, as the actions take it."""
        return {
            "scores": self.scores(),
            **{name: self.cleaned_data[name] for name in ("comment", "confidence")},
        }

    def scores(self) -> dict[str, int]:
        """The scores given, by criterion."""
        given = {c.key: self.cleaned_data.get(f"score-{c.key}") for c in self.criteria}
        return {key: value for key, value in given.items() if value is not None}


class AsideForm(forms.Form):
    """Why a reviewer steps aside from one item."""

    reason = forms.CharField(
        label=gettext_lazy("What stands between you and this item"), max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class DeclarationForm(forms.Form):
    """For each item of a call: tick it and say why, or leave it; then affirm that others may be judged, and sign."""

    affirmed = forms.BooleanField(
        label=gettext_lazy(
            "I have gone through all items. Nothing known to me keeps me from judging the others fairly."
        ),
        error_messages={"required": gettext_lazy("Affirm that you have gone through all items.")},
    )
    signed = forms.BooleanField(
        label=gettext_lazy("I sign this undertaking."),
        error_messages={
            "required": gettext_lazy("Sign the undertaking: nothing is given to you to read before.")
        },
    )
    # The text that stood on the page when she signed it.
    undertaking = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, items: Sequence[Submission], undertaking: str) -> None:
        super().__init__(data, initial={"undertaking": undertaking})
        self.items = items
        for item in items:
            number = item.ref.number
            self.fields[f"aside-{number}"] = forms.BooleanField(
                label=_("I step aside from %(number)s") % {"number": number}, required=False
            )
            self.fields[f"why-{number}"] = forms.CharField(
                label=_("Why, for %(number)s") % {"number": number}, required=False, max_length=REASON
            )

    def rows(self) -> list[tuple[Submission, forms.BoundField, forms.BoundField]]:
        numbers = [(item, item.ref.number) for item in self.items]
        return [(item, self[f"aside-{number}"], self[f"why-{number}"]) for item, number in numbers]

    def clean(self) -> dict[str, Any]:
        for item in self.items:
            aside = self.cleaned_data.get(f"aside-{item.ref.number}")
            why = self.cleaned_data.get(f"why-{item.ref.number}", "").strip()
            if aside and not why:
                self.add_error(f"why-{item.ref.number}", _("Say why you step aside."))
            if why and not aside:
                self.add_error(f"aside-{item.ref.number}", _("Tick the item, or take the reason away."))
        return self.cleaned_data

    def reasons(self) -> dict[str, str]:
        """The reason for each item she steps aside from, by number."""
        data = self.cleaned_data
        numbers = [item.ref.number for item in self.items]
        return {n: data[f"why-{n}"].strip() for n in numbers if data.get(f"aside-{n}")}


class EnterForm(forms.Form):
    """A member of the committee whom the chair or the secretariat keeps from an item."""

    person = forms.TypedChoiceField(label=gettext_lazy("Member of the committee"), coerce=UUID)
    number = forms.CharField(label=gettext_lazy("Number of the item"), max_length=60)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any = None, *, people: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(data, **named)
        self.fields["person"].choices = people


class ResolveForm(forms.Form):
    """Whether a relation bars, and why."""

    bars = forms.TypedChoiceField(
        label=gettext_lazy("Decision"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[
            ("yes", gettext_lazy("Bars: she may not review the item")),
            ("no", gettext_lazy("Does not bar: she may review it")),
        ],
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=REASON, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReasonForm(forms.Form):
    """The reason of an act that has one."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=REASON, widget=forms.Textarea(attrs={"rows": 2})
    )


class ProposeForm(forms.Form):
    """How a matching is looked for: what counts, loads, rules, pairs that must or must not be."""

    objective = forms.ChoiceField(
        label=gettext_lazy("What counts"), widget=forms.RadioSelect, initial="fair",
        choices=[
            ("fair", gettext_lazy("Fair: the item served worst is served as well as can be")),
            ("total", gettext_lazy("Total: the sum of all fits is as large as can be")),
            ("random", gettext_lazy("By lot: nobody can count on reading a certain item")),
        ],
    )  # fmt: skip
    max_load = forms.IntegerField(
        label=gettext_lazy("At most, for one reader"), required=False, min_value=1, max_value=1000,
        help_text=gettext_lazy("Left empty: an even share and a tenth more."),
    )  # fmt: skip
    min_load = forms.IntegerField(
        label=gettext_lazy("At least, for one reader"), required=False, min_value=0, max_value=1000
    )
    text_weight = forms.IntegerField(
        label=gettext_lazy("Weight of the texts"), required=False, min_value=0, max_value=100, initial=30,
        help_text=gettext_lazy(
            "In a hundred: how near the item’s text is to what a reader states and wrote. The rest is for her fields."
        ),
    )  # fmt: skip
    cap = forms.IntegerField(
        label=gettext_lazy("By lot: greatest probability of a pair, in a hundred"),
        required=False, min_value=1, max_value=100, initial=50,
    )  # fmt: skip
    seed = forms.IntegerField(
        label=gettext_lazy("By lot: seed"), required=False, min_value=0, max_value=2**31,
        help_text=gettext_lazy("A number fixed beforehand, so that the draw can be repeated."),
    )  # fmt: skip
    one_organisation = forms.BooleanField(
        label=gettext_lazy("At most one reader of the same organisation on an item"), required=False
    )
    one_country = forms.BooleanField(
        label=gettext_lazy("At most one reader of the same country or region on an item"), required=False
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the item"), required=False,
        choices=[
            ("", gettext_lazy("Does not count")),
            ("one", gettext_lazy("At least one reader reads it")),
            ("all", gettext_lazy("All readers read it")),
        ],
    )  # fmt: skip
    experienced = forms.IntegerField(
        label=gettext_lazy("Experienced readers on each item, at least"), required=False, min_value=0, max_value=20,
        help_text=gettext_lazy("Experienced is who has handed in a review in another call."),
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        items: Sequence[tuple[str, str]] = (),
        people: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(data)
        nothing = ("", "–")
        for row in range(PAIRS):
            self.fields[f"pair-{row}-act"] = forms.ChoiceField(
                label=_("Pair %(n)d") % {"n": row + 1}, required=False,
                choices=[nothing, ("required", _("must be")), ("ruled_out", _("must not be"))],
            )  # fmt: skip
            self.fields[f"pair-{row}-number"] = forms.ChoiceField(
                label=_("Item"), required=False, choices=[nothing, *items]
            )
            self.fields[f"pair-{row}-person"] = forms.ChoiceField(
                label=_("Reader"), required=False, choices=[nothing, *people]
            )
            self.fields[f"pair-{row}-reason"] = forms.CharField(
                label=_("Reason"), required=False, max_length=200
            )

    def pairs(self) -> list[list[forms.BoundField]]:
        parts = ("act", "number", "person", "reason")
        return [[self[f"pair-{row}-{part}"] for part in parts] for row in range(PAIRS)]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for row in range(PAIRS):
            given = [data.get(f"pair-{row}-{part}") for part in ("act", "number", "person", "reason")]
            if any(given) and not all(given):
                self.add_error(f"pair-{row}-reason", _("Give the item, the reader and the reason."))
        if (data.get("min_load") or 0) > (data.get("max_load") or 1000):
            self.add_error("min_load", _("No more than the most that one reader may get."))
        return data

    def wishes(self) -> dict[str, Any]:
        """What is asked for, as the arguments of ``propose_matching``."""
        data = self.cleaned_data
        plain = {
            name: data[name]
            for name in ("objective", "max_load", "one_organisation", "one_country", "language")
        }
        numbers = {name: data[name] or 0 for name in ("min_load", "experienced", "seed")}
        pairs: dict[str, list[tuple[str, str, str]]] = {"required": [], "ruled_out": []}
        for row in range(PAIRS):
            if act := data[f"pair-{row}-act"]:
                pair = tuple(data[f"pair-{row}-{part}"] for part in ("number", "person", "reason"))
                pairs[act].append(pair)
        cap, weight = data["cap"] or 50, data["text_weight"] or 0
        tuples = {name: tuple(rows) for name, rows in pairs.items()}
        return {**plain, **numbers, **tuples, "cap": cap / 100, "text_weight": weight / 100}


class TopUpForm(forms.Form):
    """Items that get one reading more."""

    more = forms.MultipleChoiceField(
        label=gettext_lazy("Items that get one reading more"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, items: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["more"].choices = items


class DeclineForm(forms.Form):
    """Why a reviewer gives an item back."""

    reason = forms.CharField(
        label=gettext_lazy("Why you cannot review it"),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RemindForm(forms.Form):
    """Who of those that are late is reminded; who was told today already stands beside, and is not told again."""

    readers = forms.MultipleChoiceField(
        label=gettext_lazy("Who is reminded"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, late: Sequence[Owing], zone: str) -> None:
        open_to = [each for each in late if not each.is_told]
        super().__init__(data, initial={"readers": [str(each.person.pk) for each in open_to]})
        self.told = [each.person for each in late if each.is_told]
        self.fields["readers"].choices = [
            (str(each.person.pk), f"{each.person} · {each.n} · {moment(each.due_at, zone)}")
            for each in open_to
        ]

    def people(self) -> list[UUID]:
        return [UUID(key) for key in self.cleaned_data["readers"]]


class DeployForm(forms.Form):
    """The day by which reviews are asked for, in the time zone of the call."""

    due_on = forms.DateField(
        label=gettext_lazy("Reviews are asked for by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def due_at(self, call: Call) -> datetime | None:
        """The end of that day where the call is at home."""
        day = self.cleaned_data.get("due_on")
        return datetime.combine(day, time(23, 59), ZoneInfo(call.zone)) if day else None


class AssignForm(forms.Form):
    """One more reader for an item."""

    number = forms.ChoiceField(label=gettext_lazy("Item"))
    person = forms.ChoiceField(label=gettext_lazy("Reader"))

    def __init__(
        self, data: Any, *, items: Sequence[tuple[str, str]], people: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self.fields["number"].choices = items
        self.fields["person"].choices = people


class DecideForm(forms.Form):
    """The office that decides, and the items it refuses, each with a reason."""

    by = forms.CharField(
        label=gettext_lazy("Decided by"), max_length=200,
        help_text=gettext_lazy("The office as it will be published, not a person's name."),
    )  # fmt: skip

    def __init__(self, data: Any, *, numbers: Sequence[str], office: str) -> None:
        super().__init__(data, initial={"by": office})
        self.numbers = numbers
        for number in numbers:
            self.fields[f"refuse-{number}"] = forms.CharField(
                label=_("Reason for refusing %(number)s") % {"number": number},
                required=False,
                max_length=REASON,
            )

    def refusals(self) -> dict[str, str]:
        """The reason for each item that is refused, by number."""
        given = {number: self.cleaned_data[f"refuse-{number}"].strip() for number in self.numbers}
        return {number: reason for number, reason in given.items() if reason}


class MoveForm(forms.Form):
    """An item to be moved across the line, and why."""

    number = forms.CharField(label=gettext_lazy("Item"), max_length=40)
    to = forms.ChoiceField(label=gettext_lazy("To which side"), choices=Side)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=REASON, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It is read out, voted on, and published with the list."),
    )  # fmt: skip


class DeliberationForm(forms.Form):
    """The meeting of the committee that takes up what is contested."""

    meeting = forms.ModelChoiceField(
        label=gettext_lazy("Meeting"), queryset=Meeting.objects.none(), empty_label=None
    )

    def __init__(self, data: Any = None, *, meetings: Any) -> None:
        super().__init__(data)
        self.fields["meeting"].queryset = meetings
