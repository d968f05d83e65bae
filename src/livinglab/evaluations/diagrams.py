"""Draws the state tables as Mermaid diagrams for docs/evaluations.md, so that they cannot differ from the code."""

from livinglab.evaluations.domain import answers, process


def of_evaluation() -> str:
    """This function will return the way of a region through a round as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> self"]
    for (state, step), after in process.STEPS.items():
        by = ", ".join(sorted(process.TAKEN_BY[step]))
        lines.append(f"    {state} --> {after}: {step} ({by})")
    return "\n".join([*lines, "    decided --> [*]"])


def of_answer() -> str:
    """This function will return the way of one answer through a region as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> open"]
    for (state, step), after in answers.STEPS.items():
        by = ", ".join(sorted(answers.TAKEN_BY[step][state]))
        lines.append(f"    {state} --> {after}: {step} ({by})")
    return "\n".join([*lines, "    validated --> [*]"])
