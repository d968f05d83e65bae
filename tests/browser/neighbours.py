"""Others who applied for the same before a story begins, so that what is counted may be shown. They do not exist."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from livinglab.accounts.queries import find_user
from livinglab.casework.domain.states import Channel
from livinglab.casework.models import Case, Service, ServicePlace, ServiceVersion
from livinglab.casework.operations import cases, drafts, services
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import find_organization
from livinglab.packages.domain.process import Outcome

REGION = "99.71"


@dataclass(frozen=True, slots=True)
class Step:
    """What an office does to end the case of a neighbour."""

    task: str
    by: str
    answers: Mapping[str, object]


def applied(number: int, package: str, answers: Mapping[str, object], step: Step) -> Callable[[], None]:
    """This function will return what has so many neighbours apply for a service, and their cases ended by one step."""

    def act() -> None:
        home, at = find_organization(REGION), clock.now()
        assert home is not None
        with tenancy(home.id):
            service = Service.objects.get(organization_id=home.id, package=package)
        officer = find_user(f"{step.by}@demo.example")
        assert officer is not None
        for _nth in range(number):
            _draft, token = drafts.begin(
                organization=home,
                service_id=service.id,
                channel=Channel.SELF,
                applicant=None,
                helped_by=None,
                at=at,
            )
            drafts.save(organization=home, token=token, answers=dict(answers), at=at)
            case = cases.submit(organization=home, token=token, by=None, at=at)
            cases.complete(
                organization=home,
                case_id=case.id,
                task=step.task,
                answers=dict(step.answers),
                key=step.task,
                by=officer,
                at=at,
            )

    return act


def counted(package: str) -> Callable[[], tuple[int, int]]:
    """This function will return what counts how many applications a service got, and how many of them are done."""

    def act() -> tuple[int, int]:
        home = find_organization(REGION)
        assert home is not None
        with tenancy(home.id):
            rows = Case.objects.filter(organization_id=home.id, service__package=package)
            ended = rows.exclude(outcome="").exclude(outcome=Outcome.WITHDRAWN)
            return rows.count(), ended.count()

    return act


def run_with(package: str, **values: object) -> Callable[[], None]:
    """This function will return what lets the city run a service with other values, for what is applied for later."""

    def act() -> None:
        home, at = find_organization(REGION), clock.now()
        assert home is not None
        with tenancy(home.id):
            service = Service.objects.get(organization_id=home.id, package=package)
            newest = ServiceVersion.objects.get(organization_id=home.id, id=service.version_id)
            places = ServicePlace.objects.filter(organization_id=home.id, service_id=service.id)
            kept = dict(places.values_list("unit_code", "parameters"))
        services.put_to_work(
            organization=home,
            content=bytes(newest.content),
            parameters={**newest.parameters, **values},
            places=kept,
            by=None,
            at=at,
        )

    return act
