"""The signal that only frictionless itself can judge a file."""


class HandOver(Exception):
    """Raised by any part of the fast path; ``reason`` is shown in the report's ``reason``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
