"""A dataset's page."""

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from datasets.models import Dataset
from datasets.policies import can_edit
from datasets.selectors import NOBODY, dataset_for, parts
from datasets.usage import uses_of

from .downloads import signed_in
from .standards import link_header


@require_safe
def dataset_page(request: HttpRequest, name: str) -> HttpResponse:
    """What it is, whether to trust it, its files, columns, versions, how to cite and reuse it. A former name leads to the present one."""
    try:
        dataset = dataset_for(NOBODY, name)
    except Dataset.DoesNotExist:
        raise Http404 from None
    if dataset.name != name:
        return HttpResponsePermanentRedirect(dataset.get_absolute_url())
    prefetch_related_objects([dataset], *parts())
    uses = uses_of(dataset.offered_resources)  # type: ignore[attr-defined]
    context = {"object": dataset, "is_sample": dataset.is_sample, "uses": uses, "mendable": can_edit(signed_in(request), dataset)}
    response = render(request, "datasets/dataset.html", context)
    response["Link"] = link_header(dataset)
    return response
