"""The diagrams in the docs are those of the tables."""

from pathlib import Path

from django.conf import settings

from livinglab.evaluations import diagrams


def test_the_docs_show_the_states_as_the_code_has_them() -> None:
    text = (Path(settings.ROOT) / "docs" / "evaluations.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{diagrams.of_evaluation()}\n```" in text
    assert f"```mermaid\n{diagrams.of_answer()}\n```" in text
