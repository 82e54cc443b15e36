from secretariat.foundation.files.actions.erasing import erase_contents
from secretariat.foundation.files.actions.keeping import FileRefused, store_file
from secretariat.foundation.files.actions.uploads import (
    append_piece,
    begin_upload,
    expire_uploads,
    finish_upload,
)

__all__ = [
    "FileRefused", "append_piece", "begin_upload", "erase_contents", "expire_uploads", "finish_upload", "store_file",
]  # fmt: skip
