from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files.models import File, Upload


def reads_by_default(actor: Actor, file: File) -> bool:
    """Whether the file is public, the actor handed it in, or reads at the desk; owners of files may admit others."""
    handed_in = file.uploaded_by_id is not None and file.uploaded_by_id in (
        actor.account_id,
        actor.acting_for_id,
    )
    return not file.is_private or handed_in or actor.has("desk.read") or actor.has("desk.run")


def may_continue(actor: Actor, upload: Upload) -> bool:
    """Whether the actor began this upload. Nobody goes on with another's, not even for whom she acts."""
    return actor.account_id is not None and upload.account_id == actor.account_id
