"""Requests that cannot be answered, and what could have been asked instead.

Queries and views raise these; `livinglab.ui.web.errors` turns them into a page in our look, and under /api/
into JSON. So a wrong year, region, instrument or filter is answered alike everywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Known:
    """Something that could have been asked for: how one writes it, what readers call it, where it is."""

    value: str
    label: Text = ""
    url: str = ""


class Unanswerable(Exception):
    """Base: an HTTP status (400, 404 or 422), a title, an explanation, and what is known instead."""

    def __init__(
        self, status: int, title: Text, explanation: Text, known: Iterable[Known | str | int] = ()
    ) -> None:
        super().__init__(str(title))
        self.status = status
        self.title = title
        self.explanation = explanation
        self.known = tuple(one if isinstance(one, Known) else Known(str(one)) for one in known)


class UnknownValue(Unanswerable):
    """A request names something that does not exist: `what` in the reader's words ("year"), `given` as sent.

    In a query or a body it is a 422; pass `status=404` when the address itself names it (/regions/99.99/).
    """

    def __init__(
        self, what: Text, given: object, known: Iterable[Known | str | int] = (), *, status: int = 422
    ) -> None:
        super().__init__(status, what, "", known)
        self.what = what
        self.given = str(given)[:80]


class Unprocessable(Unanswerable):
    """A request can be read but not answered, for a reason that is not one unknown value (422)."""

    def __init__(self, title: Text, explanation: Text, known: Iterable[Known | str | int] = ()) -> None:
        super().__init__(422, title, explanation, known)
