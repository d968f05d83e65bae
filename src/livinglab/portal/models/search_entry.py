from django.db import models

from livinglab.kernel.tenancy import SharedModel
from livinglab.portal.domain.search import EntryKind


class SearchEntry(SharedModel):
    """Something that can be found: a projection of public facts of other contexts, rebuilt as a whole.

    Two columns are the database's own: `words` (text search in Indonesian, English and as written) and `names`
    (lower case, for similarity).
    """

    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in EntryKind])
    code = models.CharField(max_length=120)  # what one writes to mean exactly this
    title_id = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    detail_id = models.CharField(max_length=600, blank=True)
    detail_en = models.CharField(max_length=600, blank=True)
    path = models.CharField(max_length=300)  # of the Indonesian page

    impersonal = ("code", "title_id", "title_en", "detail_id", "detail_en", "path")

    class Meta:
        db_table = "portal_search_entry"
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="a_thing_is_found_once"),
        ]

    def __str__(self) -> str:
        return self.title_id
