"""Operations of the API that answer a file."""

from typing import Any

from livinglab.ui.api.errors import also


def as_file(*kinds: str, also_answers: tuple[int, ...] = ()) -> dict[str, Any]:
    """This function will return what goes into `openapi_extra=` of an operation that answers one of these types."""
    content = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}
    return {"responses": {200: {"content": content}, **also(*also_answers)}}
