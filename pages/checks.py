"""House rules that `manage.py check` explains. Each guards against something seen going wrong."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, get_translatable_fields

from pages.blocks.picture import PictureBlock

# What these hold in the database (markup with internal links, bare keys) is of no use to anybody else.
NEED_AN_API_FORM = (blocks.RichTextBlock, blocks.ChooserBlock, blocks.RawHTMLBlock, EmbedBlock)
NEVER_TRANSLATED = (TableBlock, TypedTableBlock)


def check_pages(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Every broken rule of every page type."""
    messages: list[checks.CheckMessage] = []
    for model in (model for model in apps.get_app_config("pages").get_models() if issubclass(model, Page)):
        messages += check_slug(model)
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                messages += check_blocks(field.stream_block, f"{model.__name__}.{field.name}")
    return messages


def check_slug(model: type[Page]) -> list[checks.CheckMessage]:
    """A page has one slug in all languages, or its translations lose their address at the next save."""
    slug = next((field for field in get_translatable_fields(model) if field.field_name == "slug"), None)
    if isinstance(slug, SynchronizedField) and not slug.overridable:
        return []
    return [
        checks.Error(
            f"{model.__name__} does not share its slug between languages.",
            hint='Keep SynchronizedField("slug", overridable=False) in override_translatable_fields.',
            obj=model,
            id="pages.E001",
        )
    ]


def check_blocks(root: blocks.Block, where: str) -> list[checks.CheckMessage]:
    """No block whose text translators never see, and none that the API would show as markup or a bare key."""
    messages: list[checks.CheckMessage] = []
    for block, path in _walk(root, where):
        if isinstance(block, NEVER_TRANSLATED):
            messages.append(
                checks.Error(
                    f"{path} is a table block: its text is never extracted for translation.",
                    hint="Publish the table as a dataset and show that.",
                    id="pages.E002",
                )
            )
        if isinstance(block, NEED_AN_API_FORM) and type(block).get_api_representation is blocks.Block.get_api_representation:
            messages.append(
                checks.Error(
                    f"{path} has no form for the API.", hint=f"Give {type(block).__name__} get_api_representation().", id="pages.E003"
                )
            )
    return messages


def _walk(block: blocks.Block, where: str) -> Iterator[tuple[blocks.Block, str]]:
    yield block, where
    if isinstance(block, PictureBlock):
        return  # speaks for its image
    if isinstance(block, blocks.BaseStructBlock | blocks.BaseStreamBlock):
        for name, child in block.child_blocks.items():
            yield from _walk(child, f"{where}.{name}")
    elif isinstance(block, blocks.ListBlock):
        yield from _walk(block.child_block, f"{where}.item")


def register() -> None:
    checks.register(check_pages)
