"""The house rules: kept by our own pages, and seen when broken."""

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from pages.checks import check_blocks, check_pages, check_slug
from pages.models import ServiceGuide


def test_our_pages_keep_them() -> None:
    assert check_pages() == []


def test_a_page_type_with_a_slug_per_language_is_named() -> None:
    assert [message.id for message in check_slug(Page)] == ["pages.E001"]
    assert check_slug(ServiceGuide) == []


def test_a_table_deep_in_a_stream_is_named() -> None:
    stream = blocks.StreamBlock([("box", blocks.StructBlock([("rows", blocks.ListBlock(TableBlock()))]))])
    (message,) = check_blocks(stream, "body")
    assert message.id == "pages.E002"
    assert "body.box.rows.item" in message.msg


def test_a_block_that_the_api_would_show_raw_is_named() -> None:
    stream = blocks.StreamBlock([("image", ImageChooserBlock()), ("page", blocks.PageChooserBlock()), ("word", blocks.CharBlock())])
    assert [message.id for message in check_blocks(stream, "body")] == ["pages.E003", "pages.E003"]
