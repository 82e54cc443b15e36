from django.dispatch import Signal

# Sent inside the transaction with ``notices``, a list of those told for the first time, and ``now``.
told = Signal()
