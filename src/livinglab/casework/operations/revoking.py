"""A signed document is revoked: whoever checks it reads that, and its applicant is told.

It is one person's act, as revoking a certificate is: it protects whoever would rely on the document, and it cannot
be done in silence. The reason is public, the applicant reads it, and the trail names who did it.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from livinglab.accounts.queries import User
from livinglab.casework import policies
from livinglab.casework.events import PaperRevoked
from livinglab.casework.models import Case, Message, Paper, Step
from livinglab.casework.operations import telling
from livinglab.casework.operations.locking import lock_case
from livinglab.casework.operations.papers import UnknownPaper
from livinglab.casework.queries.papers import KIND, name_of
from livinglab.casework.queries.running import package_of
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.running.state import Happened
from livinglab.signatures.operations import documents

#: the name of the message among those of the package
REVOKED: Final = "paper_revoked"


def revoke(*, organization: Organization, paper_id: UUID, reason: str, by: User, at: datetime) -> Paper:
    """This function will revoke a signed document in each of its languages, and tell its applicant why.

    Who was forgotten is told nothing: no way to them is left. Errors: `UnknownPaper`; `Refused` by the policies,
    without a reason, and for one that is revoked.
    """
    with tenancy(organization.id):
        paper = Paper.objects.filter(organization_id=organization.id, id=paper_id).defer("pages").first()
        if paper is None:
            raise UnknownPaper(paper_id)
        row = lock_case(organization.id, paper.case_id)
        ensure(policies.may_be_revoked(signed_at=paper.signed_at))
        revoked = documents.revoke_issued(
            organization=organization, kind=KIND, subject_id=paper.id, reason=reason, by=by, at=at
        )
        if row.forgotten_at is None:
            _tell(row, paper, revoked[0].reason, at=at)
        publish(
            PaperRevoked(
                organization_id=organization.id,
                case_id=row.id,
                service_id=row.service_id,
                paper_id=paper.id,
            )
        )
    return paper


def _tell(row: Case, paper: Paper, reason: str, *, at: datetime) -> None:
    """Tell the applicant of a case that the caller has locked."""
    manifest = package_of(row.version).manifest
    texts: dict[str, dict[str, str]] = {}
    for language in ("id", "en"):
        with translation.override(language):
            subject = _("Application %(number)s: a document was revoked") % {"number": row.number}
            said = _(
                "%(name)s %(number)s was revoked. Do not use it any more; whoever checks it reads that it is revoked."
            ) % {"name": name_of(manifest, paper.document, language), "number": paper.number}
            body = format_html(
                "<p>{}</p><p>{}</p><p>{}</p>",
                said,
                _("The reason: %(reason)s") % {"reason": reason},
                _("Ask the office what you can do, or apply anew."),
            )
            texts[language] = {"subject": subject, "body": str(body)}
    here = {"organization_id": row.organization_id, "case": row}
    Step.objects.create(**here, place=row.steps, what=Happened.SENT, at=at, on=REVOKED)
    message = Message.objects.create(**here, nth=row.steps, message=REVOKED, texts=texts, at=at)
    row.steps += 1
    row.save(update_fields=["steps"])
    telling.plan(row, [message])
