"""A look at the clock, before time does what cannot be taken back."""

import logging
from datetime import datetime

from django.db import transaction

from livinglab.kernel.models import ClockLook
from livinglab.kernel.steadiness import Looked, look

_log = logging.getLogger(__name__)


def look_at_clock(*, at: datetime) -> Looked:
    """This function will keep a look at the clock and return what it says after the one before. A jump is logged."""
    with transaction.atomic():
        row = ClockLook.objects.select_for_update().first()
        now = look(Looked(row.at, row.steady_since) if row else None, at)
        if row is not None and now.steady_since == at:
            _log.warning("the clock jumped", extra={"before": row.at.isoformat(), "now": at.isoformat()})
        ClockLook.objects.update_or_create(
            is_the_one=True, defaults={"at": now.at, "steady_since": now.steady_since}
        )
    return now
