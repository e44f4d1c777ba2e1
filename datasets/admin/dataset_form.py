"""The form of a dataset: names that stay, organizations one belongs to, tags as words."""

from itertools import chain, count
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from datasets.models import Dataset
from datasets.policies import can_publish
from datasets.selectors import editable_organizations
from datasets.services.datasets import is_taken, tags_of


class TagsField(forms.CharField):
    """Tags as words between commas; the value is the list of tags, new ones made."""

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return ", ".join(str(getattr(tag, "name", tag)) for tag in value)

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        return tags_of(words.replace("，", ",").replace("、", ",").split(","))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class DatasetForm(WagtailAdminModelForm):
    """Offers only what its user may choose; the services and the model check the same again."""

    tags = TagsField(label=_("Tags"), required=False, help_text=_("Words people would search for, in any language, between commas."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = Dataset.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        if "tags" in self.fields and row is not None:
            self.initial["tags"] = list(self.instance.tags.all())
        if "name" in self.fields:
            self.fields["name"].required = False
            # An address that has been given out stays: renaming is a deed of its own, which leaves the old name working.
            self.fields["name"].disabled = row is not None and row.first_published_at is not None
        if "organization" in self.fields:
            organizations = editable_organizations(self.for_user) if self.for_user else editable_organizations(None)
            self.fields["organization"].queryset = organizations
            if row is not None and not can_publish(self.for_user, row):
                self.fields["organization"].disabled = True
                self.fields["organization"].queryset = type(row.organization).objects.filter(pk=row.organization_id)

    def clean_name(self) -> str:
        name = self.cleaned_data.get("name") or self.instance.name
        if name and is_taken(name, self.instance):
            raise ValidationError(_("Another dataset has or had this name. Choose another one."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("name") and "name" in self.fields and "name" not in self.errors:
            stem = slugify(cleaned.get("title_en") or "")[:90] or "dataset"
            numbered = (f"{stem}-{number}" for number in count(2))
            cleaned["name"] = next(name for name in chain([stem], numbered) if not is_taken(name))
            self.instance.name = cleaned["name"]
        return cleaned
