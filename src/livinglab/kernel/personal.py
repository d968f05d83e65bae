"""What a field says about a person (UU 27/2022 pasal 4). Every model declares it; a test finds what nobody declared."""

# ruff: noqa: SLF001  Model._meta is documented for reading fields (Django, Model _meta API)

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db import models


class Personal(StrEnum):
    """Why a field is personal data, which decides how long it is kept and who may see it."""

    ACCOUNT = "account"  # who signs in: kept while the account lasts
    ACTOR = "actor"  # the number of the official who did something: kept as long as what was done
    NAMED = "named"  # somebody named in a public office's paper: kept as long as the paper
    APPLICANT = "applicant"  # what a citizen gave for a service: kept as its package says
    FREE_TEXT = "free_text"  # written by officials, may name people: kept as long as what it explains


@dataclass(frozen=True, slots=True)
class Declared:
    """One personal field: `model` as "evaluations.Answer"."""

    model: str
    field: str
    personal: Personal


def undeclared(model: type[models.Model]) -> list[str]:
    """This function will return the fields that could hold personal data and are declared neither way.

    Those are texts without fixed choices, JSON, bytes, addresses, references to users, and bare identifiers.
    """
    known = {*getattr(model, "personal_data", {}), *getattr(model, "impersonal", ())}
    return [
        field.name for field in model._meta.concrete_fields if _could_be(field) and field.name not in known
    ]


def declared(model: type[models.Model]) -> Iterator[Declared]:
    """This function will yield the personal fields of a model in their order. Errors: KeyError for an unknown field."""
    names = {field.name for field in model._meta.concrete_fields}
    for name, personal in getattr(model, "personal_data", {}).items():
        if name not in names:
            raise KeyError(f"{model._meta.label} declares {name}, which it does not have")
        yield Declared(model._meta.label, name, personal)


def _could_be(field: "models.Field[object, object]") -> bool:
    if field.primary_key or field.name == "organization_id":
        return False
    if field.is_relation:
        related = field.related_model
        return isinstance(related, type) and related._meta.label == "accounts.User"
    if isinstance(field, models.CharField | models.TextField):
        return not field.choices
    return isinstance(
        field, models.JSONField | models.BinaryField | models.GenericIPAddressField | models.UUIDField
    )
