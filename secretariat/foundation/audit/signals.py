from django.dispatch import Signal

# Sent at the end of every act, inside its transaction, with ``verb``, ``subject`` and the number of the ``act``.
acted = Signal()
