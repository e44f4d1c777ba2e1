"""The failures a CKAN client can tell apart: each is a `__type`, an HTTP status and a dictionary or message."""

from typing import Any


class ActionError(Exception):
    """Answered inside CKAN's envelope. `error` is the envelope's "error" object without its `__type`."""

    type = "Internal Server Error"
    status = 500

    def __init__(self, error: dict[str, Any] | str) -> None:
        self.error = {"message": error} if isinstance(error, str) else error
        super().__init__(error)


class ValidationError(ActionError):
    """`{"field": ["message"]}`, or one message about the whole request."""

    type = "Validation Error"
    status = 409


class NotFound(ActionError):
    """`detail` says what was not found: "Not found: <detail>"."""

    type = "Not Found Error"
    status = 404

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"Not found: {detail}" if detail else "Not found")


class NotAuthorized(ActionError):
    """Also for callers without a token: CKAN never answers 401."""

    type = "Authorization Error"
    status = 403

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"Access denied: {detail}" if detail else "Access denied")


class TooManyAttempts(NotAuthorized):
    """Too many unknown tokens from one address."""

    status = 429


class SearchQueryError(ActionError):
    """package_search was called with a parameter or a sort order it does not know."""

    type = "Search Query Error"
    status = 400

    def __init__(self, detail: str) -> None:
        super().__init__(f"Search Query is invalid: {detail}")


class SearchError(ActionError):
    """The query's text cannot be parsed."""

    type = "Search Error"
    status = 409

    def __init__(self, detail: str) -> None:
        super().__init__(f"Search error: {detail}")


class SearchConnectionError(ActionError):
    """The search engine does not answer."""

    type = "Search Connection Error"
    status = 500


class TableUnavailable(ActionError):
    """The table behind a resource is missing or damaged, and is written anew by itself."""

    type = "Service Unavailable"
    status = 503


class BadRequest(Exception):
    """A protocol problem: answered as one JSON string, without an envelope."""

    def __init__(self, message: str, status: int = 400) -> None:
        self.message = f"Bad request: {message}"
        self.status = status
        super().__init__(self.message)
