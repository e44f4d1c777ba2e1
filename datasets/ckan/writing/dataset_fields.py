"""A dataset's dictionary as the arguments of our services."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError as ModelError
from django.core.validators import validate_email

from datasets.ckan.dictionaries.dataset import KEPT, PREFIX
from datasets.ckan.errors import ValidationError
from datasets.ckan.values import MISSING, boolean, mapping, text
from datasets.models import Dataset, Group, Licence, Organization
from datasets.models.tag import tidy_tag, validate_tag
from datasets.selectors import as_uuid

from .texts import text_columns

SCALARS = {"author": "source_name", "maintainer": "contact_name", "maintainer_email": "contact_email", "url": "source_url"}
_NAME = re.compile(r"[a-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class DatasetFields:
    """Arguments of `create_dataset` and `update_dataset`; None: leave as it is."""

    fields: dict[str, Any]
    tags: list[str] | None
    groups: list[Group] | None


def read_fields(data: dict[str, Any], existing: Dataset | None = None, *, partial: bool = False) -> DatasetFields:
    """What `data` says. `partial`: only the keys that are there. ValidationError with every bad field."""
    errors: dict[str, list[Any]] = {}
    fields: dict[str, Any] = {}
    fields |= text_columns(data, "title", "title", existing, partial=partial)
    fields |= text_columns(data, "notes", "notes", existing, partial=partial)
    for key, name in SCALARS.items():
        if key in data or not partial:
            fields[name] = text(data, key)
    if "private" in data or not partial:
        fields["private"] = boolean(data, "private", False)
    for key in ("maintainer_email", "author_email"):
        if text(data, key):
            _collect(errors, key, _check_email, text(data, key))
    if "license_id" in data or not partial:
        fields["licence"] = Licence.objects.filter(code=text(data, "license_id")).first()
    extras = _extras(data, existing, partial, fields, errors)
    if extras is not None:
        fields["extras"] = extras
    tags = _tags(data, partial, errors)
    groups = _groups(data, errors)
    if errors:
        raise ValidationError(errors)
    return DatasetFields(fields, tags, groups)


def check_name(data: dict[str, Any]) -> str:
    """The name, by CKAN's rules and in its words."""
    name = text(data, "name")
    if not name:
        raise ValidationError({"name": [MISSING]})
    errors = []
    if len(name) < 2:
        errors.append("Must be at least 2 characters long")
    if len(name) > 100:
        errors.append("Name must be a maximum of 100 characters long")
    if not _NAME.fullmatch(name):
        errors.append("Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_")
    if not errors and as_uuid(name):
        errors.append("That name cannot be used")
    if errors:
        raise ValidationError({"name": errors})
    return name


def find_organization(data: dict[str, Any]) -> Organization:
    """The organization of `owner_org`, by id or name."""
    wanted = text(data, "owner_org")
    if not wanted:
        raise ValidationError({"owner_org": ["An organization must be provided"]})
    key = as_uuid(wanted)
    found = Organization.objects.filter(**({"uuid": key} if key else {"name": wanted})).first()
    if found is None and key and isinstance(data.get("organization"), dict):
        # A dataset from another portal: its organization may be here under another id.
        found = Organization.objects.filter(name=text(data["organization"], "name")).first()
    if found is None:
        raise ValidationError({"owner_org": ["Organization does not exist"]})
    return found


def _check_email(value: str) -> None:
    try:
        validate_email(value)
    except ModelError:
        raise ValueError(f"Email {value} is not a valid format") from None


def _collect(errors: dict[str, list[Any]], key: str, check: Any, value: Any) -> None:
    try:
        check(value)
    except ValueError as error:
        errors.setdefault(key, []).append(str(error))


def _extras(
    data: dict[str, Any], existing: Dataset | None, partial: bool, fields: dict[str, Any], errors: dict[str, list[Any]]
) -> dict[str, Any] | None:
    """Everything kept beside the columns: the client's own extras, and CKAN's keys that have no column."""
    before = dict(existing.extras) if existing is not None else {}
    found = {key: value for key, value in before.items() if partial or (key.startswith(PREFIX) and key != PREFIX + "license_id")}
    if "extras" in data:
        found = {key: value for key, value in found.items() if key.startswith(PREFIX)} | _pairs(data, errors)
    for key in KEPT:
        if key in data or not partial:
            found[PREFIX + key] = text(data, key)
    if "licence" in fields:
        # A licence we do not know keeps its id, as CKAN does.
        found[PREFIX + "license_id"] = "" if fields["licence"] else text(data, "license_id")
    found = {key: value for key, value in found.items() if not key.startswith(PREFIX) or value}
    return None if found == before and partial else found


def _pairs(data: dict[str, Any], errors: dict[str, list[Any]]) -> dict[str, Any]:
    given = mapping(data, "extras") or []
    if not isinstance(given, list) or any(not isinstance(item, dict) for item in given):
        raise ValidationError({"extras": ["Only lists of dicts can be placed against extras"]})
    found: dict[str, Any] = {}
    for item in given:
        key, value = str(item.get("key") or ""), item.get("value")
        if not key:
            errors["extras"] = [{"key": [MISSING]}]
        elif key in found:
            errors.setdefault("extras_validation", []).append(f'Duplicate key "{key}"')
        elif key.startswith(PREFIX):
            errors.setdefault("extras_validation", []).append(f'The key "{key}" is taken')
        elif value not in (None, "") and not item.get("deleted"):
            found[key] = value if isinstance(value, str) else str(value)
    return found


def _tags(data: dict[str, Any], partial: bool, errors: dict[str, list[Any]]) -> list[str] | None:
    if "tags" not in data and "tag_string" not in data:
        return None if partial else []
    given = mapping(data, "tags") if data.get("tags") else text(data, "tag_string").split(",")
    if not isinstance(given, list):
        raise ValidationError({"tags": ["Not a list"]})
    names = [tidy_tag(str(item.get("name") or "") if isinstance(item, dict) else str(item)) for item in given]
    for name in filter(None, names):
        if len(name) < 2 and name.isascii():  # 乡 is a word
            errors.setdefault("tags", []).append(f'Tag "{name}" length is less than minimum 2')
        elif len(name) > 100:
            errors.setdefault("tags", []).append(f'Tag "{name}" length is more than maximum 100')
        else:
            try:
                validate_tag(name)
            except ModelError:
                errors.setdefault("tags", []).append(f'Tag "{name}" can only contain letters, signs, digits, spaces and -_.')
    return [name for name in names if name]


def _groups(data: dict[str, Any], errors: dict[str, list[Any]]) -> list[Group] | None:
    if "groups" not in data:
        return None
    given = mapping(data, "groups") or []
    if not isinstance(given, list):
        errors["groups"] = ["Not a list"]
        return None
    found = []
    for item in given:
        wanted = str((item.get("id") or item.get("name") or "") if isinstance(item, dict) else item)
        key = as_uuid(wanted)
        group = Group.objects.filter(**({"uuid": key} if key else {"name": wanted})).first()
        if group is None and isinstance(item, dict) and key and item.get("name"):
            group = Group.objects.filter(name=item["name"]).first()
        if group is None:
            errors.setdefault("groups", []).append("Group does not exist")
        else:
            found.append(group)
    return found
