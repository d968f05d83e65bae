"""What a running service proves: its package, its use, what applicants say, and the levels that its package names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from livinglab.assessments.queries import Indicator, Instrument, Text, instruments
from livinglab.casework.domain.proofs import Facts, Ground, Proof, Verdict, proofs
from livinglab.casework.domain.states import ServiceState
from livinglab.casework.models import Bundle, OfferedService, ServiceVersion
from livinglab.casework.queries.figures import months_of, together
from livinglab.casework.queries.performance import Year, years_of
from livinglab.casework.queries.running import package_of
from livinglab.packages.domain.manifest import IndicatorStep, RoleKind
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import Diagram, NodeKind, ServiceKind
from livinglab.surveys.queries import results as surveys

__all__ = ["Ground", "IndicatorProof", "Proof", "ServiceProof", "Verdict", "find_bundle", "proof_of"]

#: what a process does with systems of others; issuing, signing and the register are the region's own
_OUTSIDE: Final = (ServiceKind.CHECK_IDENTITY, ServiceKind.CHECK_WELFARE, ServiceKind.PAY)


@dataclass(frozen=True, slots=True)
class IndicatorProof:
    """What data say of the levels of an indicator. `level` is the one that the package names.

    `criteria` are the instrument's own, with None where none was published.
    """

    instrument: Instrument
    indicator: Indicator
    level: int
    criteria: tuple[tuple[Text | None, Proof], ...]


@dataclass(frozen=True, slots=True)
class ServiceProof:
    """Everything that a bundle says of a service; `years` and `satisfaction` the newest first."""

    service: OfferedService
    package: Package
    years: Mapping[int, Year]
    satisfaction: Mapping[int, surveys.Result]
    links: tuple[ServiceKind, ...]
    indicators: tuple[IndicatorProof, ...]

    def verdicts(self, verdict: Verdict) -> int:
        """This function will return of how many levels this is said."""
        return sum(proof.verdict is verdict for one in self.indicators for _text, proof in one.criteria)


def proof_of(service: OfferedService, version: ServiceVersion) -> ServiceProof:
    """This function will return what a service proves, inside its organisation's transaction. Three queries.

    Made-up answers count for a made-up service alone.
    """
    package, months = package_of(version), months_of(service.service_id)
    links = links_of(package.diagram)
    facts = Facts(
        is_offered=service.state != ServiceState.CLOSED,
        done=together(months).done,
        links=len(links) + len(package.manifest.national),
        agencies=sum(one.kind is RoleKind.AGENCY for one in package.manifest.roles),
    )
    return ServiceProof(
        service,
        package,
        years_of(months),
        _satisfaction(service),
        links,
        tuple(found for step in package.manifest.indicators if (found := _indicator(step, facts))),
    )


def find_bundle(organization_id: UUID, service_id: UUID) -> Bundle | None:
    """This function will return where the evidence of a service lies, None before it was put there. One query."""
    return Bundle.objects.filter(organization_id=organization_id, service_id=service_id).first()


def links_of(diagram: Diagram) -> tuple[ServiceKind, ...]:
    """This function will return what a process does with systems of others, each kind once."""
    nodes = [node for one in (diagram.main, *diagram.called.values()) for node in one.nodes.values()]
    kinds = {node.said.get("kind", "") for node in nodes if node.kind is NodeKind.SERVICE}
    return tuple(one for one in _OUTSIDE if one in kinds)


def _indicator(step: IndicatorStep, facts: Facts) -> IndicatorProof | None:
    instrument = next((one for one in instruments() if one.code == step.instrument), None)
    indicator = instrument.indicator(step.indicator) if instrument else None
    if instrument is None or indicator is None:
        return None
    found = proofs(indicator.capability, (one.level for one in indicator.criteria), facts)
    texts = [one.text for one in indicator.criteria]
    return IndicatorProof(instrument, indicator, step.level, tuple(zip(texts, found, strict=True)))


def _satisfaction(service: OfferedService) -> dict[int, surveys.Result]:
    surveyed = surveys.find_service(
        service.organization_id, service.service_id, with_synthetic=service.is_synthetic
    )
    if surveyed is None:
        return {}
    by_year = surveys.grouped(surveys.months_of([surveyed]), lambda one: one.year)
    return dict(sorted(by_year.items(), reverse=True))
