from django.db import models
from django.db.models.functions import Lower

from livinglab.kernel.tenancy import SharedModel


class University(SharedModel):
    """A university that people are chosen from, never typed: two spellings of one name would be two universities."""

    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=160)

    impersonal = ("code", "name")

    class Meta:
        db_table = "organizations_university"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="a_university_is_listed_once"),
        ]

    def __str__(self) -> str:
        return self.name
