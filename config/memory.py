"""Uploads stay in memory: a paper that may not be kept must not touch the disk before it is judged."""

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler


class InMemory(MemoryFileUploadHandler):
    """Keeps a file of any request in memory. Past the limit only the size is counted, so that the form can say what is wrong."""

    def handle_raw_input(self, *args, **options):
        self.activated = True

    def receive_data_chunk(self, raw_data, start):
        if start <= settings.UPLOAD_MAX_BYTES:
            super().receive_data_chunk(raw_data, start)
