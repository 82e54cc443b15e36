from django.dispatch import Signal

# Sent at the end of every act, inside its transaction, with ``verb``, ``subject`` and the number of the ``act``.
acted = Signal()
# Somebody was shown what is not for everybody: accounts or people whose it is, what, about, actor, now.
disclosed = Signal()
