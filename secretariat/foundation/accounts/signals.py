"""What higher floors may want to know of: sent inside the action's transaction, so that they are part of it."""

from django.dispatch import Signal

# Somebody should learn at once that something happened to her account: accounts, kind, subject_id, now, data.
alerted = Signal()
# An invitation was accepted; whoever keeps people links or makes the person: invitation, account, name, now.
invitation_accepted = Signal()
