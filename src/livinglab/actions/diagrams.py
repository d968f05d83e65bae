"""Draws the table of states as a Mermaid diagram for docs/actions.md, so that it cannot differ from the code."""

from livinglab.actions.domain.states import NEEDS_REASON, STEPS, ActionStep


def of_action() -> str:
    """This function will return the way of an action as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> planned"]
    for (state, step), after in STEPS.items():
        lines.append(f"    {state} --> {after}: {step}{_mark(step)}")
    return "\n".join([*lines, "    confirmed --> [*]"])


def _mark(step: ActionStep) -> str:
    if step is ActionStep.CONFIRM:
        return " (a decision)"
    return " (with a reason)" if step in NEEDS_REASON else ""
