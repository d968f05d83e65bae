"""The mail that tells a host of a request: plain text, without what people wrote."""

import logging
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from livinglab.organizations.queries import members
from livinglab.ui import formats
from livinglab.visits.domain.parties import ACTS
from livinglab.visits.domain.process import VisitState
from livinglab.visits.models import Visit

log = logging.getLogger(__name__)


def tell_host(visit_id: UUID) -> int:
    """This function will mail those who answer for the host of a request, and return to how many it went.

    A request that was answered or taken back meanwhile is told to nobody. Where a mail is refused, the notice on their
    page stays.
    """
    found = Visit.objects.select_related("host", "visitor").filter(id=visit_id, state=VisitState.REQUESTED)
    visit = found.first()
    if visit is None or visit.visitor is None:
        return 0
    held = members(visit.host_id).filter(role__in=ACTS, user__is_active=True)
    people = {row.user_id: row.user for row in held}
    sent = 0
    for person in people.values():
        with override(person.language):
            values = {
                "visitor": visit.visitor.name,
                "host": visit.host.name,
                "first": formats.day(visit.wished_from, language=person.language),
                "last": formats.day(visit.wished_until, language=person.language),
            }
            subject = _("%(visitor)s asks to visit %(host)s") % values
            lines = [
                _("A study visit is wished between %(first)s and %(last)s.") % values,
                _("Open Living Lab, then Study visits, to agree on a day or to decline with a reason."),
            ]
            if visit.is_synthetic:
                lines.append(_("Made-up data: for demonstration only."))
            try:
                EmailMessage(subject, "\n".join(lines) + "\n", to=[person.email]).send()
            except (SMTPException, OSError):
                log.exception("a host could not be mailed")
                continue
        sent += 1
    return sent
