"""What the forms show, in the order in which people think of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface

from datasets.selectors import visible_datasets

LANGUAGES = [("km", _("Khmer")), ("en", _("English")), ("zh_hans", _("Chinese"))]


def by_language(fields: dict[str, Any]) -> list[Panel]:
    """A group of panels per language: `fields` are names without their language, with their headings."""
    return [
        MultiFieldPanel(
            [FieldPanel(f"{name}_{language}", heading=heading) for name, heading in fields.items()],
            heading=label,
            classname="" if language == "km" else "collapsed",
        )
        for language, label in LANGUAGES
    ]


def dataset_panels() -> TabbedInterface:
    text = by_language({"title": _("Title"), "summary": _("In one sentence"), "notes": _("Description")})
    # Short lists are chosen from at sight; the words of Wagtail's chooser would stay in the language in which the server started.
    catalogue = [
        FieldPanel("organization", widget=forms.Select),
        FieldPanel(
            "name", heading=_("Name in addresses"), help_text=_("Latin letters, digits and hyphens. Made from the English title if empty.")
        ),
        FieldPanel("groups", widget=forms.CheckboxSelectMultiple),
        FieldPanel("tags"),
        FieldPanel("licence", widget=forms.Select),
        MultiFieldPanel([FieldPanel("source_name"), FieldPanel("source_url")], heading=_("Source")),
        MultiFieldPanel([FieldPanel("contact_name"), FieldPanel("contact_email")], heading=_("Contact")),
        FieldPanel("private"),
    ]
    coverage = [
        FieldPanel("update_frequency"),
        FieldRowPanel([FieldPanel("coverage_start"), FieldPanel("coverage_end")], heading=_("Time")),
        MultiFieldPanel(
            [*[FieldPanel(f"spatial_text_{code}", heading=label) for code, label in LANGUAGES], FieldPanel("spatial_code")],
            heading=_("Place"),
        ),
        FieldPanel("disaggregation"),
        FieldPanel("sdgs"),
        FieldPanel("human_security"),
    ]
    return TabbedInterface(
        [
            ObjectList(text, heading=_("Text")),
            ObjectList(catalogue, heading=_("Catalogue")),
            ObjectList(coverage, heading=_("Coverage")),
        ]
    )


def named_panels(*more: Panel) -> ObjectList:
    """An organization or a group: name, title and description per language, and `more`."""
    name = FieldPanel("name", heading=_("Name in addresses"), help_text=_("Latin letters, digits and hyphens."))
    return ObjectList([*by_language({"title": _("Title"), "description": _("Description")}), name, *more])


def organization_panels() -> ObjectList:
    members = InlinePanel(
        "memberships",
        [FieldPanel("user"), FieldPanel("capacity")],
        heading=_("Members"),
        label=_("Member"),
        help_text=_("Admins publish, editors edit and upload, members see drafts. A member can open the admin."),
    )
    return named_panels(FieldPanel("url"), FieldPanel("email"), members)


def licence_panels() -> ObjectList:
    titles = MultiFieldPanel([FieldPanel(f"title_{code}", heading=label) for code, label in LANGUAGES], heading=_("Title"))
    return ObjectList(
        [titles, FieldPanel("code"), FieldPanel("url"), FieldPanel("od_conformance"), FieldPanel("osd_conformance"), FieldPanel("position")]
    )


class NeedForm(WagtailAdminModelForm):
    """Names no dataset that its user may not see."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dataset"].queryset = visible_datasets(self.for_user)


def need_panels() -> ObjectList:
    """What is needed, where, who owes it and who asked."""
    facts = ["initiative", "spatial_code", "asked_by", "asked_on"]
    choices = [FieldPanel(name, widget=forms.Select) for name in ("owed_by", "dataset")]
    return ObjectList(
        [*by_language({"title": _("Title"), "description": _("Description")}), *map(FieldPanel, facts), *choices], base_form_class=NeedForm
    )
