"""Receive uploads in memory only, so that nothing of a refused file ever touches a disk."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from khcn.kernel.files.intake import LARGEST

TOO_LARGE = "khcn_upload_too_large"


class InMemoryUpload(FileUploadHandler):
    """Hold one upload in memory up to the size limit; a larger one is read to its end and dropped."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hold a piece of it.

        Raises: SkipFile, beyond the limit; the request then carries the mark `TOO_LARGE`.
        """
        if start + len(raw_data) > LARGEST:
            self.held = BytesIO()
            if self.request is not None:
                self.request.META[TOO_LARGE] = "1"
            raise SkipFile
        self.held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand the file over."""
        self.held.seek(0)
        return InMemoryUploadedFile(
            self.held,
            self.field_name,
            str(self.file_name),
            str(self.content_type),
            file_size,
            self.charset,
        )
