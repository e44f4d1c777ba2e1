"""How uploaded bytes come in: to a temporary file, never more of them than may be kept."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler


class BoundedUpload(TemporaryFileUploadHandler):
    """Drops a file beyond `settings.MAX_UPLOAD_MB` while it arrives, so that it fills no disk; `request.upload_too_large` tells."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > settings.MAX_UPLOAD_MB * 1_000_000:
            self.request.upload_too_large = True  # type: ignore[union-attr]
            self.file.close()
            raise SkipFile
        super().receive_data_chunk(raw_data, start)
