from datetime import date

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.changing import DayField
from secretariat.record.tasks.models import Task
from secretariat.record.tasks.queries import planned_editions, staff
from secretariat.registry.refs.forms import RefField


class TaskForm(forms.ModelForm):
    """What a task says. The owner is one of the staff; nobody yet is allowed."""

    class Meta:
        model = Task
        fields = ["title", "owner", "due_on", "edition", "note"]
        widgets = {
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {"owner": _("Without an owner it waits for whoever takes it.")}

    def __init__(self, *args: object, today: date, **named: object) -> None:
        super().__init__(*args, **named)
        self.fields["owner"].queryset = staff(today)
        self.fields["owner"].empty_label = _("nobody yet")
        self.fields["edition"].queryset = planned_editions(today)


class NewTaskForm(TaskForm):
    """A task that is set, and what it comes from."""

    origin = RefField(label=_("Comes from"), required=False)


class GiveForm(forms.Form):
    """Whose the tasks are from now on."""

    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=None, required=False, empty_label=_("nobody yet")
    )

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)
        self.fields["owner"].queryset = staff(localdate())


class DueForm(forms.Form):
    """By which day they are to be done."""

    due_on = DayField(label=_("Due"), required=False)


class ReasonForm(forms.Form):
    """Why they are dropped."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class EndForm(forms.Form):
    """What came of a task, or why it is dropped."""

    outcome = forms.CharField(label=_("outcome"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
