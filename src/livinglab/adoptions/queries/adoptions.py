"""Reads of an organisation's own adoptions, inside its tenancy."""

from collections.abc import Mapping
from uuid import UUID

from livinglab.adoptions.domain.requirements import Requirement
from livinglab.adoptions.domain.values import effective
from livinglab.adoptions.models import Adoption, Agreement, Answered, Edition, Value
from livinglab.packages.domain.package import Package
from livinglab.packages.queries.reading import parse_package, read_zip
from livinglab.releases.queries.releases import content_of


def own_adoptions(organization_id: UUID) -> tuple[Adoption, ...]:
    """This function will return an organisation's adoptions, the newest first. One query."""
    rows = Adoption.objects.select_related("listing__publisher", "listing__newest", "base")
    rows = rows.defer("base__content", "listing__newest__content")
    return tuple(rows.filter(organization_id=organization_id).order_by("-started_at"))


def find_adoption(organization_id: UUID, adoption_id: UUID) -> Adoption | None:
    """This function will return an adoption with its listing and base, None when there is none."""
    rows = Adoption.objects.select_related("listing__publisher", "listing__newest", "base")
    rows = rows.defer("base__content", "listing__newest__content")
    return rows.filter(organization_id=organization_id, id=adoption_id).first()


def package_of(adoption: Adoption) -> Package:
    """This function will return what an adoption runs: its edition, or the release it stands on."""
    return parse_package(read_zip(content_in_use(adoption)))


def content_in_use(adoption: Adoption) -> bytes:
    """This function will return the zip that an adoption runs: its edition's, or that of its release."""
    if adoption.edition_id is None:
        return content_of(adoption.base_id)
    return bytes(Edition.objects.values_list("content", flat=True).get(id=adoption.edition_id))


def values_of(adoption_id: UUID) -> Mapping[tuple[str, str], object]:
    """This function will return the values of an adoption by (unit, parameter); unit "" is the adopter. One query."""
    rows = Value.objects.filter(adoption_id=adoption_id)
    return {(row.unit_code, row.parameter): row.value for row in rows}


def missing_values(package: Package, values: Mapping[tuple[str, str], object]) -> tuple[str, ...]:
    """This function will return the required parameters without a value for the adopter, in the package's order.

    A parameter of districts or villages is owed by each of them, unless the adopter set one for all.
    """
    return tuple(
        parameter.id
        for parameter in package.manifest.parameters
        if parameter.is_required and not parameter.per and effective(parameter, values, ("",)) is None
    )


def answered(adoption_id: UUID) -> Mapping[Requirement, Answered]:
    """This function will return the requirements of going live that were met or waived. One query."""
    return {Requirement(row.requirement): row for row in Answered.objects.filter(adoption_id=adoption_id)}


def open_requirements(adoption_id: UUID) -> tuple[Requirement, ...]:
    """This function will return the requirements of going live that nobody met or waived yet."""
    done = answered(adoption_id)
    return tuple(one for one in Requirement if one not in done)


def agreement_of(adoption: Adoption) -> Agreement | None:
    """This function will return the agreement of an adoption, None before one was proposed."""
    if adoption.agreement_id is None:
        return None
    return Agreement.objects.select_related("adopter", "publisher").filter(id=adoption.agreement_id).first()
