"""Package dictionaries as they are stored and handed out: JSON that nobody parses again."""

import json
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from datasets.models import PackageDictionary
from datasets.policies import capacities, is_superuser
from datasets.selectors import as_uuid, public, visible_datasets

from .dictionaries.dataset import dataset_dicts
from .registry import User
from .responses import Raw

# Raise it when `dictionaries/` writes something else: what is stored is then passed by until the next reindex.
LAYOUT = 1
_SITE = "\x01"  # stands for the portal's own address, which may change; JSON never holds this character itself


def as_stored(package: dict[str, Any]) -> str:
    """The dictionary as text for `PackageDictionary.body`."""
    return json.dumps(package, ensure_ascii=False, cls=DjangoJSONEncoder).replace(settings.SITE_URL, _SITE)


def stored_package(user: User, id_or_name: str) -> Raw | None:
    """The public's dictionary of a dataset. None where none is stored or the caller may see more than the public: ask the rows then."""
    key = as_uuid(id_or_name)
    wanted = {"dataset__uuid": key} if key else {"dataset__name": id_or_name}
    return next(iter(_bodies(user, wanted).values()), None)


def packages(user: User, keys: list[int], *, only_public: bool = False) -> list[Raw | dict[str, Any]]:
    """The datasets with these keys that the caller (or everybody) may see, in this order: one query, and five for all not stored."""
    found: dict[int, Any] = dict(_bodies(user, {"pk__in": keys}))
    if missing := [key for key in keys if key not in found]:
        rows = visible_datasets(user).filter(pk__in=missing)
        if only_public:
            rows = rows.filter(public())
        found |= dict(dataset_dicts(rows, user))
    return [found[key] for key in keys if key in found]


def _bodies(user: User, wanted: dict[str, Any]) -> dict[int, Raw]:
    if is_superuser(user):
        return {}
    rows = PackageDictionary.objects.filter(public("dataset__"), **wanted, layout=LAYOUT).exclude(body="")
    if mine := capacities(user):
        rows = rows.exclude(dataset__organization__in=list(mine))
    return {key: Raw(body.replace(_SITE, settings.SITE_URL)) for key, body in rows.values_list("pk", "body")}
