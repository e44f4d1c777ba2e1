"""Tags and licences."""

from typing import Any

from datasets.api.languages import source_text
from datasets.models import Licence, Tag


def tag_dict(tag: Tag) -> dict[str, Any]:
    return {"id": str(tag.uuid), "name": tag.name, "vocabulary_id": None, "display_name": tag.name}


def licence_title(licence: Licence) -> str:
    """CKAN's clients know licences by their English titles."""
    return source_text(licence, "title", first="en") or licence.code


def licence_dict(licence: Licence) -> dict[str, Any]:
    """CKAN gives the flags as the words "True" and "False"."""
    return {
        "id": licence.code,
        "title": licence_title(licence),
        "url": licence.url,
        "status": licence.status,
        "family": licence.family,
        "maintainer": licence.maintainer,
        "is_generic": str(licence.is_generic),
        "domain_content": str(licence.domain_content),
        "domain_data": str(licence.domain_data),
        "domain_software": str(licence.domain_software),
        "od_conformance": licence.od_conformance,
        "osd_conformance": licence.osd_conformance,
    }
