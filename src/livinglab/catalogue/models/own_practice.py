from django.db import models

from livinglab.catalogue.domain.practice_steps import State
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class OwnPractice(TenantModel):
    """A practice as its region writes it. `text` is the newest, `published` the one that the public sees.

    Withdrawn, never deleted; the public sees the projection in `Practice`.
    """

    state = models.CharField(max_length=9, choices=[(state, state) for state in State])
    version = models.PositiveIntegerField(default=1)  # of the text, so that nobody overwrites unseen changes
    title = models.CharField(max_length=160)  # of the newest text, for lists
    text = models.JSONField()  # domain.practices.PracticeText
    published = models.JSONField(null=True)
    return_reason = models.CharField(max_length=600, blank=True)
    written_at = models.DateTimeField()
    written_by = models.UUIDField()
    published_at = models.DateTimeField(null=True)
    published_by = models.UUIDField(null=True)

    personal_data = {
        "text": Personal.FREE_TEXT,
        "published": Personal.FREE_TEXT,
        "return_reason": Personal.FREE_TEXT,
        "written_by": Personal.ACTOR,
        "published_by": Personal.ACTOR,
    }
    impersonal = ("title",)

    class Meta:
        db_table = "catalogue_own_practice"
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_published_practice_says_what_and_when",
                condition=models.Q(
                    published__isnull=True, published_at__isnull=True, published_by__isnull=True
                )
                | models.Q(published__isnull=False, published_at__isnull=False, published_by__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_in_public_was_published",
                condition=~models.Q(state="published") | models.Q(published__isnull=False),
            ),
            models.CheckConstraint(
                name="a_withdrawn_practice_shows_nothing",
                condition=~models.Q(state="withdrawn") | models.Q(published__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title
