"""How uploaded bytes come in: to a temporary file, never more of them than may be kept, and only from somebody whom we know."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

from datasets.views.downloads import signed_in


class BoundedUpload(TemporaryFileUploadHandler):
    """Drops what a request sends beyond `settings.MAX_UPLOAD_MB` while it arrives: it fills no disk. `request.upload_too_large` tells.

    A form is read before any view asks who sent it, at every address: files of strangers are passed over unread.
    """

    received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self.request is None or not signed_in(self.request).is_authenticated:
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > settings.MAX_UPLOAD_MB * 1_000_000:
            self.request.upload_too_large = True  # type: ignore[union-attr]
            self.file.close()
            raise SkipFile
        super().receive_data_chunk(raw_data, start)
