"""Reads of sandboxes: found by their address alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from livinglab.packages.domain.form import Form
from livinglab.packages.domain.manifest import Role, RoleKind
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import Node, NodeKind
from livinglab.packages.domain.running.answers import Asked, Mistake
from livinglab.packages.domain.running.storing import StoredOtherwise
from livinglab.packages.queries.cases import Actor, Case, Runner, runner
from livinglab.packages.queries.previews import invented_parameters
from livinglab.sandboxes.domain.limits import FARTHEST
from livinglab.sandboxes.domain.people import person, real_numbers
from livinglab.sandboxes.domain.stage import Stage, restored
from livinglab.sandboxes.models import Sandbox
from livinglab.sandboxes.queries import tryable


class SandboxGone(Exception):
    """There is no sandbox at an address: it never was, its day is over, or its version is offered no more."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A sandbox with its package, ready to be shown or to go on."""

    sandbox: Sandbox
    package: Package
    runs: Runner
    stage: Stage

    @property
    def case(self) -> Case | None:
        """The case, None before anybody applied."""
        return self.stage.case

    @property
    def role(self) -> Role:
        """Who the visitor is now."""
        roles = self.package.manifest.roles
        return next((one for one in roles if one.id == self.stage.role), roles[0])

    @property
    def is_near(self) -> bool:
        """Whether the role may apply: the citizen, or an office that helps one."""
        return self.role.kind in {RoleKind.CITIZEN, RoleKind.VILLAGE, RoleKind.DISTRICT, RoleKind.AGENCY}

    @property
    def parameters(self) -> Mapping[str, object]:
        """The values of the package's parameters in this sandbox."""
        return self.runs.parameters(invented_parameters(self.package.manifest, self.package.scenarios))

    def asked_for(self, waits_for: str) -> str:
        """This function will return the id of the receive task that waits for an answer or a payment, "" for none."""
        for one in self.runs.waiting(self.case) if self.case else ():
            if one.node.kind is NodeKind.RECEIVE and one.node.said.get("waits-for") == waits_for:
                return one.node.id
        return ""

    @property
    def own_tasks(self) -> tuple[Node, ...]:
        """The user tasks that wait for the role."""
        waiting = self.runs.waiting(self.case) if self.case else ()
        return tuple(
            one.node for one in waiting if one.node.kind is NodeKind.USER and one.node.lane == self.stage.role
        )

    def actor(self, task: str = "") -> Actor:
        """This function will return who acts; a second officer where the rule of four eyes keeps the first one out."""
        if not task or self.case is None:
            return person(self.stage.role)
        refused = self.runs.refusal(self.case, task=task, by=person(self.stage.role))
        return person(self.stage.role, is_second=refused is not None and refused.code == "four_eyes")

    # the citizen's form

    @property
    def answers(self) -> Mapping[str, object]:
        """The answers to the citizen's form: what was sent, and over it what was typed since."""
        sent = self.case.answers if self.case else {}
        return {**sent, **self.stage.drafts.get("", {})}

    def asked(self, answers: Mapping[str, object]) -> Asked:
        """This function will return which questions of the citizen's form are asked with these answers."""
        return self.runs.asked(answers, parameters=self.parameters, at=self.stage.clock)

    def mistakes(self, answers: Mapping[str, object], page: str = "") -> tuple[Mistake, ...]:
        """This function will return what is wrong on a page, or on all; numbers that could be real are refused."""
        at = self.stage.clock
        if self.case is None:
            found = self.runs.mistakes(answers, parameters=self.parameters, at=at, page=page)
        else:
            found = self.runs.mistakes_again(self.case, answers, at=at, page=page)
        fields = self.package.form.fields
        on_page = next((one.fields for one in self.package.form.pages if one.id == page), tuple(fields))
        return (*found, *real_numbers((fields[one] for one in on_page if one in fields), answers))

    # a task

    def task_form(self, task: str) -> Form | None:
        """This function will return the form of a task, None where there is nothing to fill in."""
        return self.runs.task_form(task)

    # the clock

    @property
    def next_deadline(self) -> datetime | None:
        """The next moment at which something becomes late or happens by itself; None for none, or beyond the limit."""
        moment = self.runs.next_deadline(self.case) if self.case else None
        if moment is None:
            return None
        past = moment + timedelta(seconds=1)
        return past if past - self.sandbox.made_at <= FARTHEST else None


def trial_of(sandbox: Sandbox) -> Trial:
    """This function will return what a sandbox holds. Errors: `SandboxGone` where its package went on without it."""
    package = tryable.find(sandbox.publisher, sandbox.package, sandbox.version)
    if package is None:
        raise SandboxGone
    try:
        return Trial(sandbox, package, runner(package), restored(sandbox.state))
    except StoredOtherwise:
        raise SandboxGone from None


def trial(address: str, *, at: datetime) -> Trial:
    """This function will return the sandbox at an address. Errors: `SandboxGone`. Two queries."""
    sandbox = Sandbox.objects.filter(address=address, ends_at__gt=at).first()
    if sandbox is None:
        raise SandboxGone
    return trial_of(sandbox)
