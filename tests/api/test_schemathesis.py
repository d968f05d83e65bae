"""The API does what its OpenAPI document says, whatever it is sent: Schemathesis, bounded and repeatable."""

from typing import Any

import pytest

from livinglab.portal.api.v1 import api
from tests.api.fuzzed import NOT_PROMISED, PLAIN, asked_of, examples, taken_back

pytestmark = pytest.mark.django_db
schema = asked_of(api.get_openapi_schema())


@schema.parametrize()
@examples(20)
def test_every_operation_keeps_to_its_document(case: Any) -> None:
    with taken_back():
        case.call_and_validate(headers=PLAIN, excluded_checks=NOT_PROMISED)
