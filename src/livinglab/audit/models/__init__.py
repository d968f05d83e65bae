from livinglab.audit.models.entry import Entry
from livinglab.audit.models.head import Head

__all__ = ["Entry", "Head"]
