import os
import subprocess
import sys


def storage_class(**environment):
    """The class of the default storage in a process of its own with this environment."""
    code = (
        "import django; django.setup(); from django.core.files.storage import storages; "
        "print(type(storages['default']).__name__)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "secretariat.config.settings", **environment},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_one_setting_moves_files_from_the_local_folder_to_an_s3_compatible_store():
    assert storage_class() == "FileSystemStorage"
    assert storage_class(SECRETARIAT_S3_BUCKET="papers") == "S3Storage"
