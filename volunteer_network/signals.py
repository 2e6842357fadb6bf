"""What the core tells whoever listens, inside the transaction that does it (ADR 0029).

`activity` is the row under its lock, `by` who acts. A removed one is told of just before it goes.
"""

from django.dispatch import Signal

activity_changed = Signal()
activity_removed = Signal()
