"""Tags and licences."""

from typing import Any

from datasets.ckan.dictionaries.tag import licence_dict, tag_dict
from datasets.ckan.errors import NotFound
from datasets.ckan.registry import Parameters, User, action
from datasets.ckan.stored import packages
from datasets.ckan.values import boolean, natural, required, strings
from datasets.models import Tag
from datasets.selectors import as_uuid, licences, tags, visible_datasets


@action("tag_list", side_effect_free=True)
def tag_list(user: User, data: Parameters) -> list[Any]:
    """Names of the tags of public datasets.

    query (or q): only tags that contain this text, in any case.
    all_fields: dictionaries instead of names (default false).
    """
    if data.get("vocabulary_id"):
        raise NotFound("could not find vocabulary")
    found = _matching(data).order_by("name")
    if boolean(data, "all_fields", False):
        return [tag_dict(tag) for tag in found]
    return list(found.values_list("name", flat=True))


@action("tag_search", side_effect_free=True)
def tag_search(user: User, data: Parameters) -> dict[str, Any]:
    """Tags of public datasets that contain a text, with their number.

    query (or q), limit, offset.
    """
    found = _matching(data).order_by("name") if data.get("query") or data.get("q") else Tag.objects.none()
    start = natural(data, "offset", 0)
    page = found[start : start + natural(data, "limit", 1000)]
    results = [{key: value for key, value in tag_dict(tag).items() if key != "display_name"} for tag in page]
    return {"count": found.count(), "results": results}


@action("tag_autocomplete", side_effect_free=True)
def tag_autocomplete(user: User, data: Parameters) -> list[str]:
    """Names of tags that contain a text.

    query (or q), limit (10), offset.
    """
    if not (data.get("query") or data.get("q")):
        return []
    start = natural(data, "offset", 0)
    return list(_matching(data).order_by("name").values_list("name", flat=True)[start : start + natural(data, "limit", 10)])


@action("tag_show", side_effect_free=True)
def tag_show(user: User, data: Parameters) -> dict[str, Any]:
    """One tag.

    id: its name or id. include_datasets: also its datasets, as packages (default false).
    """
    wanted = required(data, "id")
    key = as_uuid(wanted)
    tag = tags().filter(uuid=key).first() if key else tags().filter(name=wanted).first()
    if tag is None:
        raise NotFound
    found = tag_dict(tag)
    if boolean(data, "include_datasets", False):
        found["packages"] = packages(
            user, list(visible_datasets(user).filter(tags=tag, live=True).order_by("name").values_list("pk", flat=True)[:1000])
        )
    return found


@action("license_list", side_effect_free=True)
def license_list(user: User, data: Parameters) -> list[dict[str, Any]]:
    """The licences a dataset can have, in CKAN's order; `id` is what `license_id` takes."""
    return [licence_dict(licence) for licence in licences()]


def _matching(data: Parameters) -> Any:
    found = tags()
    for word in strings(data, "query") + strings(data, "q"):
        found = found.filter(name__icontains=word)
    return found
