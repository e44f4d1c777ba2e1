"""Records that an editor chose: those that still exist, and that the public may see."""

from typing import Any

from wagtail.blocks import StreamValue

from pages.models.place import Place


def chosen(stream: StreamValue) -> list[Any]:
    """The records of a stream of choosers, in its order, without those deleted since."""
    return [block.value for block in stream if block.value is not None]


def public_datasets(stream: StreamValue) -> list[Any]:
    """The chosen datasets that anybody may see."""
    return [dataset for dataset in chosen(stream) if dataset.is_public]


def helpers(kind: str, *, besides: list[Any]) -> list[Any]:
    """At most three places of this kind that an editor has not chosen already."""
    return list(Place.objects.filter(kind=kind).exclude(pk__in=[place.pk for place in besides])[:3])
