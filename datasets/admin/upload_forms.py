"""Forms in which a file comes in and is named."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from datasets.models import Resource

ACCEPTED = _("CSV, TSV, workbooks (XLSX, XLS, ODS), JSON, GeoJSON and KML become tables to look at; any other file is offered as it is.")

TEXTS = ["name_km", "name_en", "name_zh_hans", "description_km", "description_en", "description_zh_hans"]


class FileForm(forms.Form):
    """A file and what changed in it."""

    file = forms.FileField(label=_("File"), allow_empty_file=True, help_text=ACCEPTED)
    note = forms.CharField(
        label=_("What changed"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Readers see it beside the version.")
    )


class ResourceForm(forms.ModelForm):
    """What a file or link is called, in each language."""

    class Meta:
        model = Resource
        fields = [*TEXTS, "link_url", "fetch_every", "values_searchable", "position"]
        labels = {
            "name_km": _("Name in Khmer"),
            "name_en": _("Name in English"),
            "name_zh_hans": _("Name in Chinese"),
            "description_km": _("Description in Khmer"),
            "description_en": _("Description in English"),
            "description_zh_hans": _("Description in Chinese"),
        }
        widgets = {f"description_{code}": forms.Textarea(attrs={"rows": 2}) for code in ("km", "en", "zh_hans")}


class NewResourceForm(ResourceForm):
    """A new resource: a file or a link, and its name."""

    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True, help_text=ACCEPTED)

    class Meta(ResourceForm.Meta):
        fields = [*TEXTS, "link_url", "fetch_every", "values_searchable"]

    field_order = ["file", *Meta.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("file")) == bool(cleaned.get("link_url")) and "link_url" not in self.errors:
            raise ValidationError(_("Choose a file, or give a link."))
        return cleaned
