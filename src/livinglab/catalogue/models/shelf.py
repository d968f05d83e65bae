from django.contrib.postgres.fields import ArrayField
from django.db import models

from livinglab.catalogue.domain.functions import Reliability, Status
from livinglab.catalogue.domain.shelf import EntryKind
from livinglab.kernel.tenancy import SharedModel


class ShelfRow(SharedModel):
    """An entry of the catalogue as the search finds it: a projection of services, practices and packages.

    One column is the database's own: `words`, for text search in Indonesian, English and as written. What facets
    count stands first, because PostgreSQL reads a row from its beginning.
    """

    kind = models.CharField(max_length=8, choices=[(one, one) for one in EntryKind])
    status = models.CharField(max_length=8, choices=[(status, status) for status in Status])
    reliability = models.CharField(max_length=13, choices=[(one, one) for one in Reliability])
    sureness = models.PositiveSmallIntegerField()  # place of the reliability, the surest 0
    completeness = models.PositiveSmallIntegerField()  # how many fields are known
    proof = models.DecimalField(
        max_digits=4, decimal_places=3, null=True
    )  # domain.proof: none without 30 real cases
    cases = models.PositiveIntegerField(default=0)
    is_synthetic = models.BooleanField(default=False)
    changed_at = models.DateTimeField(db_index=True)
    region_code = models.CharField(max_length=64, blank=True)
    sorting = models.TextField(blank=True)  # sectors and indicators as domain.shelf.sorting writes them
    region_name = models.CharField(max_length=160, blank=True)
    sectors = ArrayField(models.CharField(max_length=40), default=list)
    indicators = ArrayField(models.CharField(max_length=40), default=list)  # "spbe-2020/42"
    functions = ArrayField(models.CharField(max_length=40), default=list)
    known = ArrayField(models.CharField(max_length=12), default=list)  # which of domain.shelf.Known
    key = models.CharField(max_length=120)
    path = models.CharField(max_length=300)  # of the Indonesian page
    title = models.CharField(max_length=200)
    agency = models.CharField(max_length=160, blank=True)
    summary_id = models.CharField(max_length=300, blank=True)
    summary_en = models.CharField(max_length=300, blank=True)
    topics = models.TextField(blank=True)  # names of its functions and sectors in both languages
    body = models.TextField(blank=True)  # further words to find it by

    impersonal = (
        *("key", "path", "title", "summary_id", "summary_en", "topics", "body", "sorting"),
        *("region_code", "region_name", "agency"),
    )

    class Meta:
        db_table = "catalogue_shelf"
        ordering = ["title", "kind", "key"]
        indexes = [
            models.Index(
                models.F("proof").desc(nulls_last=True),
                *("sureness", models.F("completeness").desc(), "title", "kind", "key"),
                name="catalogue_shelf_by_proof",
            ),
            models.Index(fields=["title", "kind", "key"], name="catalogue_shelf_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="an_entry_stands_on_the_shelf_once"),
            models.CheckConstraint(
                name="no_proof_without_thirty_cases",
                condition=models.Q(proof__isnull=True) | models.Q(cases__gte=30),
            ),
            models.CheckConstraint(
                name="proof_is_a_share",
                condition=models.Q(proof__isnull=True) | models.Q(proof__gte=0, proof__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ShelfWord(SharedModel):
    """A word that entries use, to find the nearest spelling of one that none uses; rebuilt as a whole."""

    word = models.CharField(max_length=60, unique=True)
    stem = models.CharField(max_length=60, db_index=True)
    entries = models.PositiveIntegerField()

    impersonal = ("word", "stem")

    class Meta:
        db_table = "catalogue_shelf_word"
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word
