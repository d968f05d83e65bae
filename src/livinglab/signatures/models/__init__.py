from livinglab.signatures.models.certificate import Certificate
from livinglab.signatures.models.document import IssuedDocument, IssuedFile, PublicDocument

__all__ = ["Certificate", "IssuedDocument", "IssuedFile", "PublicDocument"]
