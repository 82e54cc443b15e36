from django.dispatch import Signal

# Sent inside the transaction that closes a ballot, with ``ballot`` and ``result``: what follows from a decision is
# done by the app that asked the question.
decided = Signal()
# Sent inside the transaction that opens a ballot, with ``ballot``: a meeting keeps on which item it is held.
opened = Signal()
