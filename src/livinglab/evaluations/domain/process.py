"""The way of one region through a round: states, steps, who takes them. The diagram in docs/ is generated from here.

Source: PermenPANRB 59/2020, pasal 4-7 and Lampiran Bab III: the coordinator (sekretaris daerah) signs the minutes
(Berita Acara) and the consent to publish, and only then is the self-assessment sent.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from livinglab.evaluations.domain.stages import RoundKind, Stage


class State(StrEnum):
    """Where a region stands in a round."""

    SELF = "self"  # the region works
    APPROVED = "approved"  # by the responsible officer
    SIGNED = "signed"  # minutes and consent, by the coordinator
    DOCUMENT = "document"  # sent: external assessors read
    INTERVIEW = "interview"
    VISIT = "visit"
    CONSOLIDATED = "consolidated"
    DECIDED = "decided"  # a decision number and date are entered


class Step(StrEnum):
    """What moves a region on."""

    APPROVE = "approve"
    REOPEN = "reopen"  # back to work before it is sent
    SIGN = "sign"
    SEND = "send"
    INTERVIEW = "interview"
    VISIT = "visit"
    CONSOLIDATE = "consolidate"
    DECIDE = "decide"


class Party(StrEnum):
    """Who takes a step."""

    RESPONSIBLE_OFFICER = "responsible_officer"
    COORDINATOR = "coordinator"
    EXTERNAL_ASSESSOR = "external_assessor"  # assigned to this region
    MINISTRY = "ministry"


S, T, P = State, Step, Party

#: (state, step) -> state
STEPS: Final[Mapping[tuple[State, Step], State]] = MappingProxyType(
    {
        (S.SELF, T.APPROVE): S.APPROVED,
        (S.APPROVED, T.REOPEN): S.SELF,
        (S.APPROVED, T.SIGN): S.SIGNED,
        (S.SIGNED, T.REOPEN): S.SELF,
        (S.SIGNED, T.SEND): S.DOCUMENT,
        (S.DOCUMENT, T.INTERVIEW): S.INTERVIEW,
        (S.DOCUMENT, T.CONSOLIDATE): S.CONSOLIDATED,
        (S.INTERVIEW, T.VISIT): S.VISIT,
        (S.INTERVIEW, T.CONSOLIDATE): S.CONSOLIDATED,
        (S.VISIT, T.CONSOLIDATE): S.CONSOLIDATED,
        (S.CONSOLIDATED, T.DECIDE): S.DECIDED,
    }
)

TAKEN_BY: Final[Mapping[Step, frozenset[Party]]] = MappingProxyType(
    {
        T.APPROVE: frozenset({P.RESPONSIBLE_OFFICER}),
        T.REOPEN: frozenset({P.RESPONSIBLE_OFFICER, P.COORDINATOR}),
        T.SIGN: frozenset({P.COORDINATOR}),
        T.SEND: frozenset({P.COORDINATOR}),
        T.INTERVIEW: frozenset({P.EXTERNAL_ASSESSOR, P.MINISTRY}),
        T.VISIT: frozenset({P.EXTERNAL_ASSESSOR, P.MINISTRY}),
        T.CONSOLIDATE: frozenset({P.EXTERNAL_ASSESSOR, P.MINISTRY}),
        T.DECIDE: frozenset({P.MINISTRY}),
    }
)

#: the stage whose levels stand in a state
STAGE_OF: Final[Mapping[State, Stage]] = MappingProxyType(
    {
        S.SELF: Stage.SELF,
        S.APPROVED: Stage.SELF,
        S.SIGNED: Stage.SELF,
        S.DOCUMENT: Stage.DOCUMENT,
        S.INTERVIEW: Stage.INTERVIEW,
        S.VISIT: Stage.VISIT,
        S.CONSOLIDATED: Stage.CONSOLIDATED,
        S.DECIDED: Stage.CONSOLIDATED,
    }
)

#: the region may still change its answers
OPEN_TO_THE_REGION: Final = frozenset({S.SELF})
#: an external assessor may score
OPEN_TO_ASSESSORS: Final = frozenset({S.DOCUMENT, S.INTERVIEW, S.VISIT, S.CONSOLIDATED})


def next_state(state: State, step: Step, kind: RoundKind) -> State | None:
    """This function will return the state after a step, None where it is not possible.

    *Pemantauan* goes from documents to consolidation; *evaluasi* has its interview first.
    """
    if kind is RoundKind.MONITORING and step in (Step.INTERVIEW, Step.VISIT):
        return None
    if kind is RoundKind.EVALUATION and (state, step) == (State.DOCUMENT, Step.CONSOLIDATE):
        return None
    return STEPS.get((state, step))


def steps_from(state: State, kind: RoundKind) -> tuple[Step, ...]:
    """This function will return the steps that are possible in a state, in the order of the procedure."""
    return tuple(step for step in Step if next_state(state, step, kind) is not None)
