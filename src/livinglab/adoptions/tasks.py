"""What waits for people on services that were taken over, and who is told what. Each task may run twice."""

from collections.abc import Sequence, Set

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import app

from livinglab.adoptions import policies
from livinglab.adoptions.events import AgreementMoved, ChangeOffered, FaultAnswered, FaultReported
from livinglab.adoptions.operations import notices, use
from livinglab.adoptions.queries.agreements import other_side, unsigned_agreements
from livinglab.adoptions.queries.evidence_on_offer import live_services
from livinglab.adoptions.queries.faults import faults_waiting
from livinglab.adoptions.queries.offers import offers_waiting
from livinglab.evaluations.queries.proposals import tell_proposals
from livinglab.kernel import clock
from livinglab.kernel.events import subscribe
from livinglab.organizations.queries import Organization, Role, Waiting, tell_waiting
from livinglab.releases.events import AdvisoryIssued, ReleaseMoved
from livinglab.releases.queries.names import name_of


def agreements_waiting(organization: Organization, roles: Set[Role]) -> Sequence[Waiting]:
    """This function will return the agreements that an organisation has not signed yet, for who may sign them."""
    if policies.may_decide(roles) is not None:
        return ()
    return [
        Waiting(
            _("Agreement about %(name)s with %(other)s")
            % {"name": name_of(one.listing), "other": other_side(one, organization.id).short_name},
            reverse("adoptions:agreement", args=[organization.code, one.id]),
        )
        for one in unsigned_agreements(organization.id)
    ]


def answers_waiting(organization: Organization, roles: Set[Role]) -> Sequence[Waiting]:
    """This function will return how many offered changes and faults a publisher has to answer. Two queries."""
    if policies.may_decide(roles) is not None:
        return ()
    found = []
    if number := offers_waiting(organization.id):
        words = ngettext(
            "%(num)s change waits for your answer.", "%(num)s changes wait for your answer.", number
        )
        found.append(
            Waiting(words % {"num": number}, reverse("adoptions:received", args=[organization.code]))
        )
    if number := faults_waiting(organization.id):
        words = ngettext(
            "%(num)s fault of your packages waits for your answer.",
            "%(num)s faults of your packages wait for your answers.",
            number,
        )
        url = reverse("adoptions:faults-received", args=[organization.code])
        found.append(Waiting(words % {"num": number}, url))
    return found


@subscribe(ReleaseMoved, name="adoptions.tell_of_release")
def tell_of_release(event: ReleaseMoved) -> None:
    """This function will tell adopters of a newer version, or that theirs was withdrawn."""
    notices.tell_of_release(listing_id=event.listing_id, release_id=event.release_id, state=event.state)
    mail_notices.defer()


@subscribe(AdvisoryIssued, name="adoptions.tell_of_advisory")
def tell_of_advisory(event: AdvisoryIssued) -> None:
    """This function will tell who runs a version that somebody warns of."""
    notices.tell_of_advisory(
        listing_id=event.listing_id, advisory_id=event.advisory_id, is_lifted=event.is_lifted
    )
    mail_notices.defer()


@subscribe(ChangeOffered, name="adoptions.tell_of_offer")
def tell_of_offer(event: ChangeOffered) -> None:
    """This function will tell a publisher what is offered, and an offerer how it ended."""
    notices.tell_of_offer(offer_id=event.offer_id, state=event.state)
    mail_notices.defer()


@subscribe(AgreementMoved, name="adoptions.tell_of_agreement")
def tell_of_agreement(event: AgreementMoved) -> None:
    """This function will tell a side that its signature is missing, and the adopter when none is."""
    notices.tell_of_agreement(agreement_id=event.agreement_id)
    mail_notices.defer()


@subscribe(FaultReported, name="adoptions.tell_of_fault")
def tell_of_fault(event: FaultReported) -> None:
    """This function will tell a publisher of a fault, at first and when many report it."""
    notices.tell_of_fault(report_id=event.report_id)
    mail_notices.defer()


@subscribe(FaultAnswered, name="adoptions.tell_of_fault_answer")
def tell_of_fault_answer(event: FaultAnswered) -> None:
    """This function will tell everybody who reported a fault that it was answered."""
    notices.tell_of_fault_answer(release_id=event.release_id, path=event.path, at=event.at)
    mail_notices.defer()


@app.task(name="adoptions.mail_notices", queue="events")
def mail_notices() -> None:
    """This function will mail what was told and not mailed yet."""
    notices.mail(now=clock.now())


@app.periodic(cron="37 * * * *")
@app.task(name="adoptions.mail_again", queue="events")
def mail_again(timestamp: int) -> None:
    """This function will try again, every hour, to mail what was refused."""
    notices.mail(now=clock.now())


@subscribe(ReleaseMoved, name="adoptions.prove_release")
def prove_release(event: ReleaseMoved) -> None:
    """This function will tell the catalogue what the version is proven by that is offered now."""
    use.prove(listing_id=event.listing_id)


@app.periodic(cron="47 * * * *")
@app.task(name="adoptions.count_use", queue="events")
def count_use(timestamp: int) -> None:
    """This function will count, every hour, how much each package is used and what that proves."""
    now = clock.now()
    touched = {one for user in use.users() for one in use.count_use(organization_id=user, at=now)}
    for listing_id in sorted(touched):
        use.prove(listing_id=listing_id)


tell_waiting(agreements_waiting)
tell_waiting(answers_waiting)
tell_proposals(live_services)
