from django.dispatch import Signal

# Sent at the end of every act, inside its transaction, with ``verb`` and ``subject``.
acted = Signal()
