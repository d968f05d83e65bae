"""The diagram in the docs is that of the table."""

from pathlib import Path

from django.conf import settings

from livinglab.actions import diagrams


def test_the_docs_show_the_states_as_the_code_has_them() -> None:
    text = (Path(settings.ROOT) / "docs" / "actions.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{diagrams.of_action()}\n```" in text
