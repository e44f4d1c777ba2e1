"""The form in which a chart is chosen: columns, type, filters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from datasets.charts.places import code_column
from datasets.charts.spec import GEOMETRY, MOST_BARS, NUMBERS, OPERATORS, Spec, schema_fields
from datasets.models import Aggregate, Chart, ChartType
from datasets.selectors import visible_resources
from datasets.views.columns import column_facts

WORDS = {
    "eq": _("is"),
    "ne": _("is not"),
    "gte": _("is at least"),
    "lte": _("is at most"),
    "begins": _("begins with"),
    "contains": _("contains"),
}
FILTERS = 2
TITLES = ("title_km", "title_en", "title_zh_hans")
CHOSEN = ("type", "x", "y", "aggregate", "series", "top", "shapes")


class ChartForm(forms.Form):
    """A chart of one table; `spec` and `titles` give what was chosen."""

    title_km = forms.CharField(label=_("Title in Khmer"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    title_zh_hans = forms.CharField(label=_("Title in Chinese"), max_length=200, required=False)
    type = forms.ChoiceField(label=_("Type"), choices=ChartType.choices)
    x = forms.ChoiceField(
        label=_("Categories"), help_text=_("One bar or point each. On a map: the codes of units, or what the places are called.")
    )
    y = forms.MultipleChoiceField(label=_("Values"), required=False, widget=forms.CheckboxSelectMultiple)
    aggregate = forms.ChoiceField(label=_("Rows of the same category become their"), choices=Aggregate.choices)
    series = forms.ChoiceField(label=_("Split by"), required=False, help_text=_("A colour for each value of this column, six at most."))
    top = forms.IntegerField(label=_("At most so many bars"), min_value=1, max_value=MOST_BARS, initial=20)
    shapes = forms.ChoiceField(label=_("Areas to be shaded"), required=False, help_text=_("For a map of codes: a GeoJSON file with areas."))
    public = forms.BooleanField(label=_("Readers see it"), required=False)

    def __init__(self, *args: Any, chart: Chart, may_publish: bool, **kwargs: Any) -> None:
        spec = Spec.of(chart.spec) if chart.spec else None
        given = {name: getattr(chart, name) for name in TITLES} | {"public": chart.is_public}
        given |= {name: getattr(spec, name) for name in CHOSEN} if spec else {}
        super().__init__(*args, initial=given, **kwargs)
        schema = chart.resource.current.schema if chart.resource.current else {}
        fields = schema_fields(schema)
        columns = [(fact.name, fact.title) for fact in column_facts(schema)]
        self.fields["x"].choices = columns
        self.fields["y"].choices = [pair for pair in columns if fields[pair[0]].get("type") in NUMBERS]
        self.fields["series"].choices = [("", "–"), *columns]
        self.fields["shapes"].choices = [("", "–"), *_boundaries()]
        self.fields["public"].disabled = not may_publish
        for number in range(FILTERS):
            column, operator, value = spec.filters[number] if spec and number < len(spec.filters) else ("", "eq", "")
            self.fields |= {
                f"filter{number}_column": forms.ChoiceField(
                    label=_("Only rows where"), choices=[("", "–"), *columns], required=False, initial=column
                ),
                f"filter{number}_operator": forms.ChoiceField(
                    label="", choices=[(code, WORDS[code]) for code in OPERATORS], required=False, initial=operator
                ),
                f"filter{number}_value": forms.CharField(label="", required=False, initial=value),
            }
        self.fields["public"] = self.fields.pop("public")

    @property
    def titles(self) -> dict[str, str]:
        return {name: self.cleaned_data[name].strip() for name in TITLES}

    @property
    def spec(self) -> Spec:
        data = self.cleaned_data
        rows = [tuple(data[f"filter{number}_{part}"] for part in ("column", "operator", "value")) for number in range(FILTERS)]
        return Spec.of({name: data[name] for name in CHOSEN} | {"filters": [row for row in rows if row[0]]})


def _boundaries() -> list[tuple[str, str]]:
    """Public tables with shapes and codes."""
    found = visible_resources().filter(format="GeoJSON", current__isnull=False)
    fit = [one for one in found if one.current and code_column(one.current.schema) and GEOMETRY in schema_fields(one.current.schema)]
    return [(str(one.uuid), f"{one.dataset} – {one}") for one in fit]
