"""Why a step of a case cannot be taken."""

from typing import Final


class IllegalMove(Exception):
    """Somebody may not do this now; `code` says why, `on` is the node it is about."""

    #: over: the case has ended · not_waiting: nothing waits there · wrong_role: another role's lane ·
    #: four_eyes: the same person did the task before · clock: the moment lies before what already happened ·
    #: not_over: the case has not ended
    CODES: Final = ("over", "not_waiting", "wrong_role", "four_eyes", "clock", "not_over")

    def __init__(self, code: str, on: str = "") -> None:
        super().__init__(f"{code}: {on}")
        self.code = code
        self.on = on


class BrokenPackage(Exception):
    """A package asks for what cannot be done; the checker finds it before, the runtime stops in its place."""

    #: no_start, no_node: the drawing leads nowhere · no_way: no flow holds and none is the default · endless: more
    #: steps than a process may take at once · timer: a time that cannot be read · no_outcome: an end says nothing ·
    #: no_rule, no_document, no_message, no_process, unsigned: something named is not there · expression: it cannot be
    #: evaluated · template: it may not be rendered · schema: the schema of a field cannot be used
    CODES: Final = (
        "no_start",
        "no_node",
        "no_way",
        "endless",
        "timer",
        "no_outcome",
        "no_rule",
        "no_document",
        "no_message",
        "no_process",
        "unsigned",
        "expression",
        "template",
        "schema",
    )

    def __init__(self, code: str, on: str) -> None:
        super().__init__(f"{code}: {on}")
        self.code = code
        self.on = on
