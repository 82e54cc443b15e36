from secretariat.doors.operations.actions import OPERATOR, record_backup, record_verification
from tests.factories.accounts import NOW


def make_backup(letter="a", *, made_at=NOW, actor=OPERATOR):
    return record_backup(
        name=f"{letter}.tar", size=10, sha256=letter * 64, made_at=made_at, log_size=7, files=2, has_keys=True,
        actor=actor, now=NOW,
    )  # fmt: skip


def verify(backup, finding="", at=NOW):
    return record_verification(backup=backup, finding=finding, actor=OPERATOR, now=at)
