"""There is one representation. A client that asks for something else gets it anyway, as HTTP allows: a JSON answer beats a 406."""

from collections.abc import Sequence
from typing import Any

from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class AlwaysJSON(BaseContentNegotiation):
    def select_parser(self, request: Request, parsers: Sequence[BaseParser]) -> BaseParser | None:
        return next((parser for parser in parsers if (request.content_type or "").split(";")[0].strip() == parser.media_type), None)

    def select_renderer(self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: Any = None) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type
