from livinglab.audit.models.entry import Entry
from livinglab.audit.models.head import Head
from livinglab.audit.models.kept_text import KeptText

__all__ = ["Entry", "Head", "KeptText"]
