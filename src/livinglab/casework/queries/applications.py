"""An application as its applicant sees it: a form that is being filled in, or the case that became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from livinglab.casework.domain.secrets import fingerprint, is_token
from livinglab.casework.models import Bill, Case, Draft, Message, Paper, ServiceVersion, Step
from livinglab.casework.queries.running import runner_of, state_of
from livinglab.casework.queries.services import WITHOUT_CONTENT, places_of, values_at
from livinglab.kernel.kept_queries import ALL, KeptModels
from livinglab.organizations.queries import Organization, areas
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import NodeKind
from livinglab.packages.domain.running.answers import Asked
from livinglab.packages.domain.running.reopening import is_objection
from livinglab.packages.queries import cases
from livinglab.packages.queries.cases import Mistake, Runner

M = TypeVar("M", Draft, Case)
#: code and name of districts and villages by level, as `FieldType.PLACE` asks for them
Places = Mapping[str, tuple[tuple[str, str], ...]]

_DOTS_OF_A_DISTRICT: Final = 2
#: characters of an id as text
_AS_ID: Final = 36


class UnknownApplication(Exception):
    """Nothing is at this address: it never was, or nobody went on with the form for a month."""


@dataclass(frozen=True, slots=True)
class Application:
    """A form or a case, ready to be shown. `state` is how the case stands, None while it is a form."""

    organization: Organization
    token: str
    draft: Draft | None
    case: Case | None
    runs: Runner
    parameters: Mapping[str, object]
    state: cases.Case | None
    at: datetime

    @property
    def package(self) -> Package:
        """What was applied for."""
        return self.runs.package

    @property
    def answers(self) -> Mapping[str, object]:
        """What was answered: as it was typed in a form, as it was sent in a case."""
        if self.state is not None:
            return self.state.answers
        return self.draft.answers if self.draft else {}

    @property
    def asked_for(self) -> str:
        """The id of the task that waits for the applicant's answer, "" for none."""
        for one in self.runs.waiting(self.state) if self.state else ():
            if one.node.kind is NodeKind.RECEIVE and one.node.said.get("waits-for") == "answer":
                return one.node.id
        return ""

    @property
    def may_object(self) -> bool:
        """Whether what waits for the applicant's answer is an objection to a refusal."""
        return bool(self.asked_for) and is_objection(self.package, self.asked_for)

    def asked(self, answers: Mapping[str, object]) -> Asked:
        """This function will return which questions are asked with these answers."""
        return self.runs.asked(answers, parameters=self.parameters, at=self.at)

    def mistakes(self, answers: Mapping[str, object], page: str = "") -> tuple[Mistake, ...]:
        """This function will return what is wrong on a page, or on all; of a case, with what is completed in it."""
        if self.state is not None:
            return self.runs.mistakes_again(self.state, answers, at=self.at, page=page)
        return self.runs.mistakes(answers, parameters=self.parameters, at=self.at, page=page)

    def places(self) -> Places:
        """This function will return the districts and villages to choose from, by level. Two queries."""
        service_id = self.draft.service_id if self.draft else self.case.service_id if self.case else None
        return places_for(self.organization, service_id) if service_id else {}


def places_for(organization: Organization, service_id: UUID) -> Places:
    """This function will return the districts and villages that offer a service. Two queries."""
    return places_for_each(organization, {service_id: places_of(service_id)})[service_id]


def places_for_each(
    organization: Organization, offering: Mapping[UUID, tuple[str, ...]]
) -> dict[UUID, Places]:
    """This function will return the districts and villages that offer each service, by their codes. One query.

    Where it was handed down to nobody: all of the region. One that offers it and stands in no list goes by its code.
    """
    rows = areas(organization.code)
    if all(offering.values()):
        codes = {code for each in offering.values() for code in each}
        rows = rows.filter(code__in=codes | {one.rsplit(".", 1)[0] for one in codes})
    named = dict(rows.order_by("name").values_list("code", "name"))
    return {one: _by_level(codes, named) for one, codes in offering.items()}


def _by_level(codes: tuple[str, ...], names: Mapping[str, str]) -> Places:
    around = {*codes, *(one.rsplit(".", 1)[0] for one in codes)}
    named = {code: name for code, name in names.items() if code in around} if codes else names
    found: dict[str, list[tuple[str, str]]] = {"district": [], "village": []}
    for code, name in (*named.items(), *((one, one) for one in codes if one not in named)):
        found["village" if code.count(".") > _DOTS_OF_A_DISTRICT else "district"].append((code, name))
    return {level: tuple(each) for level, each in found.items()}


def application(
    organization: Organization, token: str, *, at: datetime, applicant: UUID | None = None
) -> Application:
    """This function will return what is at a secret address, inside the organisation's transaction.

    For its `applicant`, who is signed in, a form or a case is also at its id.
    Errors: `UnknownApplication`, whatever the reason: an address that is wrong takes the same way as one that was.
    """
    secret = fingerprint(token) if is_token(token) else ""
    own = own_id(token) if applicant else None
    draft = (
        _OWN_DRAFT.first(organization.id, own, applicant) if own else _DRAFT.first(organization.id, secret)
    )
    if draft is not None and draft.case_id is None and draft.ends_at > at:
        runs = runner_of(draft.version, zone=organization.zone)
        given = values_at(draft.version, draft.unit_code)
        return Application(organization, token, draft, None, runs, runs.parameters(given), None, at)
    became = (
        draft.case_id if draft is not None else None
    )  # who began it signed in finds the case at either id
    case = (
        _OWN_CASE.first(organization.id, became or own, applicant)
        if own
        else _CASE.first(organization.id, secret)
    )
    if case is None:
        raise UnknownApplication
    return _of_case(organization, str(case.id) if own else token, case, case.version, at=at)


_PARTS: Final = {"": ALL, "version": WITHOUT_CONTENT}


def _by_secret(model: type[M]) -> KeptModels[M]:
    return KeptModels(
        lambda organization_id, secret: model.objects.filter(
            organization_id=organization_id, secret=secret
        ).order_by(),
        UUID(int=1),
        "secret",
        model=model,
        parts=_PARTS,
    )


def _of_applicant(model: type[M]) -> KeptModels[M]:
    return KeptModels(
        lambda organization_id, own, applicant: model.objects.filter(
            organization_id=organization_id, id=own, applicant=applicant
        ).order_by(),
        UUID(int=1),
        UUID(int=2),
        UUID(int=3),
        model=model,
        parts=_PARTS,
    )


#: each page of an application asks for one of them
_DRAFT, _OWN_DRAFT = _by_secret(Draft), _of_applicant(Draft)
_CASE, _OWN_CASE = _by_secret(Case), _of_applicant(Case)


def of_case(organization: Organization, case_id: UUID, *, at: datetime) -> Application | None:
    """This function will return a case without an address, None for none; the caller knows what may be shown of it."""
    rows = Case.objects.select_related("version").defer("version__content")
    case = rows.filter(organization_id=organization.id, id=case_id).first()
    return _of_case(organization, "", case, case.version, at=at) if case else None


def own_id(token: str) -> UUID | None:
    """This function will return the id of a form or case that stands in an address instead of a secret, else None."""
    try:
        return UUID(token) if len(token) == _AS_ID else None
    except ValueError:
        return None


def _of_case(
    organization: Organization, token: str, case: Case, version: ServiceVersion, *, at: datetime
) -> Application:
    runs, state = runner_of(version, zone=organization.zone), state_of(case)
    return Application(organization, token, None, case, runs, state.parameters, state, at)


def steps_of(case: Case) -> tuple[Step, ...]:
    """This function will return what happened to a case, in order. One query."""
    return tuple(_STEPS.read(case.id))


def messages_of(case: Case) -> tuple[Message, ...]:
    """This function will return what the applicant was told, the newest first. One query."""
    return tuple(_MESSAGES.read(case.id))


def papers_of(case: Case) -> tuple[Paper, ...]:
    """This function will return the documents that a case issued, in order. One query."""
    return tuple(_PAPERS.read(case.id))


def bills_of(case: Case) -> tuple[Bill, ...]:
    """This function will return what a case asked to be paid, in order. One query."""
    return tuple(Bill.objects.filter(case_id=case.id).order_by("made_at", "id"))


_STEPS: Final = KeptModels(
    lambda case_id: Step.objects.filter(case_id=case_id).order_by("place"),
    UUID(int=1),
    model=Step,
    parts={"": ALL},
)
_MESSAGES: Final = KeptModels(
    lambda case_id: Message.objects.filter(case_id=case_id).order_by("-nth"),
    UUID(int=1),
    model=Message,
    parts={"": ALL},
)
_PAPERS: Final = KeptModels(
    lambda case_id: Paper.objects.filter(case_id=case_id).order_by("nth"),
    UUID(int=1),
    model=Paper,
    parts={"": ALL},
)
