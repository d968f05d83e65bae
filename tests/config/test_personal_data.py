"""Every field that could say something about a person is declared, and the docs list those that do."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from livinglab.kernel.personal import declared, undeclared

OURS = [one for one in apps.get_models() if one.__module__.startswith("livinglab.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_field_of_a_model_is_undeclared(model: type[models.Model]) -> None:
    assert undeclared(model) == []


def test_the_docs_list_the_personal_data_that_is_declared() -> None:
    text = (Path(settings.ROOT) / "docs" / "personal-data.md").read_text(encoding="utf-8")
    rows = [
        f"| `{one.model}` | `{one.field}` | {one.personal} |" for model in OURS for one in declared(model)
    ]
    assert [line for line in text.splitlines() if line.startswith("| `")] == rows
