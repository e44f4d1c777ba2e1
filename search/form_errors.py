"""What is wrong in a form that narrows a list, as `errors` for the base template: {id of the field: what is wrong and how to mend it}."""

from collections.abc import Container, Mapping

from django.utils.translation import gettext as _


def unlisted(asked: Mapping[str, str], known: Mapping[str, Container[str]]) -> dict[str, str]:
    """The fields whose value is not among those `known`. An address was typed or is old: a form offers no such value."""
    words = _("“%(value)s” is not in the list. Choose one that is.")
    return {name: words % {"value": value} for name, value in asked.items() if value and value not in known[name]}


def too_long(field: str, text: str, most: int) -> dict[str, str]:
    """The field, if more was typed than is read."""
    words = _("This is too long: %(length)d characters, and only the first %(most)d were read. Use fewer words.")
    return {field: words % {"length": len(text), "most": most}} if len(text) > most else {}
