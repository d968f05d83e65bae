from django.db import models

from livinglab.kernel.tenancy import SharedModel


class PublishedText(SharedModel):
    """What a standing publication says, in capitals: the projection that searches read. Everybody may read all of it.

    It is shared, because row-level security keeps every index of words from being used: a comparison of words could
    tell of rows that are hidden, so the server compares them after it has read each row. Here no row is hidden.
    """

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    publication_id = models.UUIDField(unique=True)
    package = models.CharField(max_length=60)
    words = models.TextField()
    published_at = models.DateTimeField()

    impersonal = ("publication_id", "package", "words")

    class Meta:
        db_table = "casework_published_text"
        indexes = [
            models.Index(
                fields=["organization", "-published_at", "-publication_id"],
                name="casework_published_text_newest",
            ),
        ]
