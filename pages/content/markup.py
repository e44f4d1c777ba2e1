"""The little markup that content files may use: **bold**, [text](address), and blank lines between paragraphs."""

import html
import re

QUOTE = '"'
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\(((?:https?://|/|#|mailto:)[^)\s]+)\)")


def inline_html(text: str) -> str:
    """One line of text as HTML: everything escaped but bold and links."""
    escaped = html.escape(" ".join(text.split()), quote=False)
    linked = _LINK.sub(lambda match: f'<a href="{match[2].replace(QUOTE, "%22")}">{match[1]}</a>', escaped)
    return _BOLD.sub(r"<b>\1</b>", linked)


def paragraphs_html(text: str) -> str:
    """Text as HTML paragraphs, one for each part between blank lines; empty for no text."""
    parts = [inline_html(part) for part in re.split(r"\n\s*\n", text) if part.strip()]
    return "".join(f"<p>{part}</p>" for part in parts)


def plain(text: str) -> str:
    """Text for a field without markup: bold marks gone, links by their words, one line."""
    return " ".join(_BOLD.sub(r"\1", _LINK.sub(r"\1", text)).split())
