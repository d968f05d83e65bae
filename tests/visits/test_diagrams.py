"""The diagram in the docs is that of the table."""

from pathlib import Path

from django.conf import settings

from livinglab.visits import diagrams


def test_the_docs_show_the_way_of_a_visit_as_the_code_has_it() -> None:
    text = (Path(settings.ROOT) / "docs" / "visits.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{diagrams.of_visit()}\n```" in text
