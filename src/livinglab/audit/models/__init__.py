from livinglab.audit.models.entry import Entry

__all__ = ["Entry"]
