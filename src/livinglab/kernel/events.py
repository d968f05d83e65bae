"""Events between contexts, delivered through the job queue in the same transaction.

``publish(event)`` writes one job per subscriber into PostgreSQL inside the caller's transaction: a rolled
back write tells nobody, a killed process loses nothing. Handlers are idempotent (a job may run twice) and run in a
transaction of the event's own organisation.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar, get_type_hints
from uuid import UUID

from livinglab.kernel.tenancy import tenancy

E = TypeVar("E", bound="Event")
Handler = Callable[[E], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. Fields are str, int, bool, UUID, date, datetime, or None.

    `organization_id` names the tenant whose rows the handlers may touch; None for shared facts.
    """

    name: ClassVar[str]
    organization_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """One handler of one event, under a name that stays when code moves (jobs refer to it)."""

    name: str
    event: type[Event]
    handler: Callable[[Any], None]


_subscriptions: dict[str, Subscription] = {}
_deliver: list[Callable[[str, dict[str, Any]], None]] = []


def subscribe(event: type[E], *, name: str) -> Callable[[Handler[E]], Handler[E]]:
    """This function will register the decorated handler for an event; `name` is written into jobs."""

    def register(handler: Handler[E]) -> Handler[E]:
        known = _subscriptions.get(name)
        if known is not None and known.handler is not handler:
            raise ValueError(f"two handlers are called {name}")
        _subscriptions[name] = Subscription(name, event, handler)
        return handler

    return register


def subscriptions() -> tuple[Subscription, ...]:
    """This function will return every subscription, ordered by name (for docs and tests)."""
    return tuple(sorted(_subscriptions.values(), key=lambda one: one.name))


def deliver_with(send: Callable[[str, dict[str, Any]], None]) -> None:
    """This function will set what enqueues a job: called once by `livinglab.kernel.tasks`."""
    _deliver[:] = [send]


def publish(event: Event) -> None:
    """This function will enqueue one job per subscriber of the event, in the caller's transaction."""
    payload = to_payload(event)
    for one in subscriptions():
        if one.event is type(event):
            _deliver[0](one.name, payload)


def handle(subscription_name: str, payload: dict[str, Any]) -> None:
    """This function will run one subscriber's handler in a transaction of the event's organisation.

    Errors: KeyError for a subscription that no longer exists; whatever the handler raises (the job is retried).
    """
    subscription = _subscriptions[subscription_name]
    event = from_payload(subscription.event, payload)
    with tenancy(event.organization_id):
        subscription.handler(event)


def to_payload(event: Event) -> dict[str, Any]:
    """This function will return the event's fields as JSON values."""
    return {key: _to_json(value) for key, value in asdict(event).items()}


def from_payload(kind: type[E], payload: dict[str, Any]) -> E:
    """This function will rebuild an event from its JSON values. Errors: TypeError for unknown fields."""
    hints = get_type_hints(kind)
    known = {field.name for field in fields(kind)}
    unknown = payload.keys() - known
    if unknown:
        raise TypeError(f"{kind.__name__} has no field {sorted(unknown)}")
    values: dict[str, Any] = {key: _from_json(hints[key], value) for key, value in payload.items()}
    return kind(**values)


def _to_json(value: object) -> object:
    if isinstance(value, UUID | date | datetime):
        return str(value) if isinstance(value, UUID) else value.isoformat()
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(f"an event cannot carry {type(value).__name__}")


def _from_json(hint: object, value: object) -> object:
    wanted = str(hint)
    if value is None or not isinstance(value, str):
        return value
    if "UUID" in wanted:
        return UUID(value)
    if "datetime.datetime" in wanted:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if "datetime.date" in wanted else value
