"""The question asked before data are withdrawn."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawForm(forms.Form):
    """Why data are withdrawn, and what takes their place."""

    reason = forms.CharField(
        label=_("Why are these data withdrawn?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever comes to the old address reads this."),
    )
    replaced_by = forms.URLField(
        label=_("What takes their place"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text=_("An address, if there is one."),
    )
