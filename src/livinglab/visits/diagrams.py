"""Draws the way of a visit as a Mermaid diagram for docs/visits.md, so that it cannot differ from the code."""

from livinglab.visits.domain import process


def of_visit() -> str:
    """This function will return the way of a study visit as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {process.VisitState.REQUESTED}: ask (visitor)"]
    for (state, step), after in process.STEPS.items():
        by = ", ".join(sorted(process.TAKEN_BY[step]))
        lines.append(f"    {state} --> {after}: {step} ({by})")
    ends = [state for state in process.VisitState if not any(start is state for start, _ in process.STEPS)]
    return "\n".join([*lines, *(f"    {state} --> [*]" for state in ends)])
