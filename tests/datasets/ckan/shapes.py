"""The outline of what CKAN 2.12 answers, in our own words: for each kind of object its keys and the JSON types a client meets.

`check` compares an answer with an outline: every key must be there with one of its types; keys of ours beside them are welcome.
"""

from typing import Any

NULL = type(None)
TEXT, MAYBE, NUMBER, FLAG = (str,), (str, NULL), (int,), (bool,)

TAG = {"id": TEXT, "name": TEXT, "display_name": TEXT, "vocabulary_id": (NULL,)}
TAG_OF_DATASET = {**TAG, "state": TEXT}
GROUP_OF_DATASET = dict.fromkeys(("id", "name", "title", "display_name", "description", "image_display_url"), TEXT)
ORGANIZATION_OF_DATASET = {
    **dict.fromkeys(("id", "name", "title", "type", "description", "image_url", "created", "approval_status", "state"), TEXT),
    "is_organization": FLAG,
}
RESOURCE = {
    **dict.fromkeys(("id", "package_id", "url", "format", "hash", "created", "metadata_modified", "state"), TEXT),
    **dict.fromkeys(
        (
            "name",
            "description",
            "url_type",
            "mimetype",
            "mimetype_inner",
            "resource_type",
            "last_modified",
            "cache_url",
            "cache_last_updated",
        ),
        MAYBE,
    ),
    "position": NUMBER,
    "size": (int, NULL),
    "datastore_active": FLAG,
}
EXTRA = {"key": TEXT, "value": TEXT}
DATASET: dict[str, Any] = {
    **dict.fromkeys(("id", "name", "title", "type", "state", "metadata_created", "metadata_modified"), TEXT),
    **dict.fromkeys(
        (
            "notes",
            "owner_org",
            "creator_user_id",
            "author",
            "author_email",
            "maintainer",
            "maintainer_email",
            "url",
            "version",
            "license_id",
            "license_title",
        ),
        MAYBE,
    ),
    "private": FLAG,
    "isopen": FLAG,
    "num_resources": NUMBER,
    "num_tags": NUMBER,
    "organization": ORGANIZATION_OF_DATASET,
    "resources": [RESOURCE],
    "tags": [TAG_OF_DATASET],
    "groups": [GROUP_OF_DATASET],
    "extras": [EXTRA],
    "relationships_as_subject": [],
    "relationships_as_object": [],
}
GROUP = {
    **dict.fromkeys(
        (
            "id",
            "name",
            "title",
            "display_name",
            "description",
            "type",
            "approval_status",
            "state",
            "created",
            "image_url",
            "image_display_url",
        ),
        TEXT,
    ),
    "is_organization": FLAG,
    "package_count": NUMBER,
    "num_followers": NUMBER,
}
GROUP_SHOWN = {**GROUP, "extras": [EXTRA], "groups": []}
ORGANIZATION_OF_USER = {**{key: kind for key, kind in GROUP.items() if key not in ("package_count", "num_followers")}, "capacity": TEXT}
LICENCE = dict.fromkeys(
    (
        "id",
        "title",
        "url",
        "status",
        "family",
        "maintainer",
        "is_generic",
        "domain_content",
        "domain_data",
        "domain_software",
        "od_conformance",
        "osd_conformance",
    ),
    TEXT,
)
STATUS = {
    **dict.fromkeys(("site_title", "site_description", "site_url", "error_emails_to", "locale_default", "ckan_version"), TEXT),
    "extensions": [TEXT],
}
FACET = {"title": TEXT, "items": [{"name": TEXT, "display_name": TEXT, "count": NUMBER}]}
SEARCH = {"count": NUMBER, "sort": TEXT, "results": [DATASET], "facets": {}, "search_facets": {}}
FIELD = {"id": TEXT, "type": TEXT}
TABLE = {
    "resource_id": TEXT,
    "limit": NUMBER,
    "total": NUMBER,
    "include_total": FLAG,
    "include_next_page": FLAG,
    "records_format": TEXT,
    "fields": [FIELD],
}
TABLE_INFO = {
    "meta": {
        "id": TEXT,
        "count": NUMBER,
        "table_type": TEXT,
        "size": NUMBER,
        "db_size": NUMBER,
        "idx_size": NUMBER,
        "aliases": [TEXT],
    },
    "fields": [
        {
            **FIELD,
            "schema": {"native_type": TEXT, "notnull": FLAG, "index_name": MAYBE, "is_index": FLAG, "uniquekey": FLAG},
        }
    ],
}


def differences(value: Any, outline: Any, path: str = "result") -> list[str]:
    """What is missing or of another type, one sentence each; [] when the answer fits."""
    if isinstance(outline, dict):
        if not isinstance(value, dict):
            return [f"{path} is {type(value).__name__}, not an object"]
        found = [f"{path}.{key} is missing" for key in outline if key not in value]
        return found + [line for key, kind in outline.items() if key in value for line in differences(value[key], kind, f"{path}.{key}")]
    if isinstance(outline, list):
        if not isinstance(value, list):
            return [f"{path} is {type(value).__name__}, not a list"]
        return [line for item in value for kind in outline for line in differences(item, kind, f"{path}[]")]
    if type(value) not in outline:
        return [f"{path} is {type(value).__name__}, not {' or '.join(kind.__name__ for kind in outline)}"]
    return []
