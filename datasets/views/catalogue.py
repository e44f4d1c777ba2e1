"""Lists: datasets, organizations, groups (themes)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from datasets.models import Group, Organization
from datasets.selectors import groups, organizations, visible_datasets, with_resources

from .browsing import PER_PAGE, browse
from .paging import page_number, page_of


@require_safe
def dataset_list(request: HttpRequest) -> HttpResponse:
    """Every public dataset, searched and narrowed by address parameters: q, organization, topic, format, page."""
    number = page_number(request.GET)
    listing = browse(request.GET, number)
    if not listing.datasets and listing.total and number > 1:
        number = page_of(listing.total, number, PER_PAGE).number
        listing = browse(request.GET, number)
    legends = {"organization": _("Organization"), "topic": _("Theme"), "format": _("Format")}
    context = {
        "listing": listing,
        "asked": listing.asked,
        "errors": {name: error for name, error in listing.asked.errors.items() if name != "sort"},  # this form has no order
        "facets": [(group.name, legends[group.name], group.values) for group in listing.facets],
        "narrowed": any(listing.asked.chosen.values()),
        "page_obj": page_of(listing.total, number, PER_PAGE),
        "noindex": bool(listing.asked.address()),
    }
    return render(request, "datasets/dataset_list.html", context)


@require_safe
def collections(request: HttpRequest, kind: str) -> HttpResponse:
    """Who publishes here, or the themes, with the number of public datasets."""
    if kind == "organization":
        title, lead, things = _("Organizations"), _("Who publishes data here."), organizations().filter(dataset_count__gt=0)
    else:
        title, lead, things = _("Themes"), _("Data sorted by what they are about."), groups()
    return render(request, "datasets/collections.html", {"title": title, "lead": lead, "things": things})


@require_safe
def collection(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """One organization or theme and its public datasets."""
    model, path = (Organization, "organization") if kind == "organization" else (Group, "groups")
    thing = get_object_or_404(model, name=name)
    datasets = visible_datasets().filter(**{path: thing}).order_by("-modified", "name")
    page = page_of(datasets.count(), page_number(request.GET), PER_PAGE)
    start = (page.number - 1) * PER_PAGE
    context = {
        kind: thing,
        "datasets": list(with_resources(datasets)[start : start + PER_PAGE]),
        "total": page.paginator.count,
        "page_obj": page,
        "is_sample": thing.is_sample,
    }
    return render(request, f"datasets/{kind}.html", context)
