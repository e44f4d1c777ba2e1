"""How an action's answer leaves: readable UTF-8, with the charset that CKAN's clients look for."""

from itertools import chain
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse

_MARK = "\0raw"  # no text here can hold a NUL
_MARK_WRITTEN = '"\\u0000raw"'


class Raw:
    """JSON that is ready: it goes into the answer as it stands."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class _Encoder(DjangoJSONEncoder):
    def __init__(self) -> None:
        super().__init__(ensure_ascii=False)
        self.raw: list[str] = []

    def default(self, o: Any) -> Any:
        if not isinstance(o, Raw):
            return super().default(o)
        self.raw.append(o.text)
        return _MARK


def dumps(body: Any) -> str:
    """`body` as JSON, the `Raw` parts in their places."""
    encoder = _Encoder()
    first, *rest = encoder.encode(body).split(_MARK_WRITTEN)
    return "".join([first, *chain.from_iterable(zip(encoder.raw, rest, strict=True))])


def json_response(body: Any, status: int = 200) -> HttpResponse:
    """`body` as JSON. Caching headers and ETag come from the middleware, as for every answer under /api/."""
    return HttpResponse(dumps(body), status=status, content_type="application/json;charset=utf-8")
