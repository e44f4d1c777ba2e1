"""What our own validation says, under the names CKAN's clients sent."""

from django.core.exceptions import ValidationError as ModelError

from .errors import ValidationError

NAMES = {
    "licence": "license_id",
    "source_name": "author",
    "source_url": "url",
    "contact_name": "maintainer",
    "contact_email": "maintainer_email",
    "link_url": "url",
    "organization": "owner_org",
    "__all__": "message",
}


def as_validation_error(error: ModelError) -> ValidationError:
    """The error by field; a column of one language is the field without it. Errors about no field are a message."""
    if not hasattr(error, "error_dict"):
        return ValidationError(" ".join(error.messages))
    found: dict[str, list[str]] = {}
    for name, messages in error.message_dict.items():
        plain = name
        for suffix in ("_km", "_en", "_zh_hans"):
            plain = plain.removesuffix(suffix)
        found.setdefault(NAMES.get(plain, plain), []).extend(messages)
    if "message" in found:
        return ValidationError({**found, "message": " ".join(found["message"])})
    return ValidationError(found)
