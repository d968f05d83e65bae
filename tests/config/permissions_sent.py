"""Who may do what in an evaluation that was sent and is in its interview, with an objection open and a file shown.

A row says for each method what sending nothing gives three people, one letter each: the external assessor who is
assigned to the region, an officer of the ministry, the region's coordinator. A method that a row does not name is
none of the address's. Nobody else comes in: an assessor of another region, another region's coordinator and visitors
get what they got before it was sent. `test_matrix_after_sending.py` holds the platform to it.
"""

from collections.abc import Mapping
from typing import Final

from tests.config.permissions import Outcome

LETTERS: Final[Mapping[Outcome, str]] = {
    Outcome.OPEN: "o",
    Outcome.ELSEWHERE: "e",
    Outcome.REFUSED: "r",
    Outcome.FORBIDDEN: "f",
    Outcome.NOT_FOUND: "n",
    # nobody who has a part gets these
    Outcome.NO_METHOD: "-",
    Outcome.SIGN_IN: "s",
    Outcome.CONFIRM: "c",
    Outcome.UNAUTHORISED: "u",
    Outcome.TOO_MANY: "t",
    Outcome.BROKEN: "b",
}

_API: Final = "api/v1/regions/<code>/evaluations/<year>"
_PAGES: Final = "regions/<str:code>/evaluations/<int:year>"
_INDICATOR: Final = f"{_PAGES}/<indicator:indicator>"

AFTER_SENDING: Final[Mapping[str, Mapping[str, str]]] = {
    _API: {"GET": "ooo"},
    f"{_API}/steps": {"POST": "rrr"},
    f"{_API}/answers/<indicator>": {"GET": "ooo", "PUT": "rrr"},
    f"{_API}/answers/<indicator>/steps": {"POST": "rrr"},
    f"{_API}/answers/<indicator>/versions": {"GET": "ooo"},
    f"{_API}/answers/<indicator>/versions/<number>": {"GET": "nnn"},
    f"{_API}/evidence/<piece_id>/file": {"GET": "ooo", "POST": "ooo"},
    f"{_API}/evidence/<piece_id>/pages/<page>": {"GET": "ooo"},
    f"{_API}/checks": {"GET": "ooo"},
    f"{_API}/evidence": {"GET": "ooo"},
    f"{_API}/scores/<indicator>": {"GET": "ooo", "PUT": "rrr", "DELETE": "rrf"},
    f"{_API}/scores/<indicator>/validity": {"PUT": "rrr"},
    f"{_API}/shown-scores": {"POST": "oof"},
    f"{_API}/answers/<indicator>/evidence": {"POST": "rrr"},
    f"{_API}/answers/<indicator>/evidence/<letter>": {"DELETE": "rrr"},
    f"{_API}/answers/<indicator>/evidence/<letter>/verdict": {"PUT": "rrr"},
    f"{_API}/assignments": {"GET": "ooo", "PUT": "rrr"},
    f"{_API}/team": {"GET": "ooo"},
    f"{_API}/team/decree": {"PUT": "rrr"},
    f"{_API}/team/seats": {"POST": "rrr"},
    f"{_API}/team/seats/<seat_id>": {"DELETE": "ffr"},
    f"{_API}/minutes": {"GET": "ooo"},
    f"{_API}/crosswalk": {"GET": "nnn", "POST": "rrr"},
    f"{_API}/workbook": {"GET": "ooo", "POST": "rrr"},
    f"{_API}/workbook/<draft_id>": {"GET": "nno", "DELETE": "nno"},
    f"{_API}/workbook/<draft_id>/application": {"POST": "rrr"},
    f"{_API}/archive": {"POST": "rrr"},
    f"{_API}/reports": {"GET": "ooo", "POST": "rrr"},
    f"{_API}/reports/<job_id>": {"GET": "nno"},
    f"{_API}/reports/<job_id>/file": {"GET": "nno"},
    f"{_API}/findings": {"GET": "oof"},
    f"{_API}/findings/<aspect>": {"PUT": "rrr"},
    f"{_API}/recommendation": {"GET": "oof", "PUT": "rrr"},
    f"{_API}/objections": {"GET": "ooo", "POST": "rrr"},
    f"{_API}/objections/<objection_id>/settlement": {"POST": "rrr"},
    f"{_API}/objections/<objection_id>/withdrawal": {"POST": "rrr"},
    f"{_PAGES}/": {"GET": "ooo"},
    f"{_PAGES}/assign/": {"GET": "ooo", "POST": "rrr"},
    f"{_PAGES}/team/": {"GET": "ooo", "POST": "rrr"},
    f"{_PAGES}/minutes/": {"GET": "ooo", "POST": "rrr"},
    f"{_PAGES}/crosswalk/": {"GET": "nnn", "POST": "nnn"},
    f"{_PAGES}/minutes.pdf": {"GET": "ooo"},
    f"{_PAGES}/workbook/": {"GET": "ooo", "POST": "rrr"},
    f"{_PAGES}/workbook/sheet.xlsx": {"GET": "ooo"},
    f"{_PAGES}/workbook/<uuid:draft_id>/": {"GET": "nno", "POST": "nnr"},
    f"{_PAGES}/evidence.zip": {"POST": "ooo"},
    f"{_PAGES}/report/": {"GET": "ooo", "POST": "rrr"},
    f"{_PAGES}/report/<uuid:job_id>/file": {"GET": "nno"},
    f"{_INDICATOR}/": {"GET": "ooo", "POST": "rrr"},
    f"{_INDICATOR}/checks/": {"GET": "ooo"},
    f"{_INDICATOR}/step/": {"POST": "rrr"},
    f"{_INDICATOR}/evidence/": {"GET": "ooo", "POST": "rrr"},
    f"{_INDICATOR}/evidence/<uuid:use_id>/detach/": {"POST": "eee"},
    f"{_PAGES}/score/": {"GET": "ooo"},
    f"{_PAGES}/advance/": {"POST": "rrf"},
    f"{_PAGES}/show/": {"POST": "eef"},
    f"{_PAGES}/decide/": {"GET": "fof", "POST": "frf"},
    f"{_PAGES}/objections/": {"GET": "ooo"},
    f"{_PAGES}/objections/<uuid:objection_id>/settle/": {"GET": "oof", "POST": "rrf"},
    f"{_PAGES}/objections/<uuid:objection_id>/withdraw/": {"POST": "rrr"},
    f"{_PAGES}/findings/": {"GET": "oof"},
    f"{_PAGES}/findings/<slug:aspect>/": {"GET": "oof", "POST": "eef"},
    f"{_PAGES}/recommendation/": {"GET": "oof", "POST": "eef"},
    f"{_PAGES}/evidence/<uuid:piece_id>/": {"GET": "oof"},
    f"{_PAGES}/evidence/<uuid:piece_id>/preview/": {"GET": "oof"},
    f"{_PAGES}/evidence/<uuid:piece_id>/file/": {"GET": "oof", "POST": "oof"},
    f"{_INDICATOR}/score/": {"GET": "oof", "POST": "rrf"},
    f"{_INDICATOR}/score/checks/": {"GET": "oof"},
    f"{_INDICATOR}/score/versions/": {"GET": "oof"},
    f"{_INDICATOR}/score/clear/": {"POST": "rrf"},
    f"{_INDICATOR}/validity/": {"POST": "rrf"},
    f"{_INDICATOR}/evidence/<uuid:piece_id>/verdict/": {"POST": "rrf"},
    f"{_INDICATOR}/objection/": {"GET": "ooo", "POST": "rrr"},
}
