"""A country with many study visits, made up and always the same: who hosted whom, what was promised, what came of it.

Visits spread over 40 hosts, the first more than the last; visitors are all regions, some institutions, and guests that
are not on the platform. Every second visit held ends in a commitment of ten steps, each with its action; the other
actions of a region belong to no commitment, and one in four of them was confirmed, so that untied ones keep promises
too. Rows are made inside PostgreSQL from their numbers; how far each commitment is, is counted once at the end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from django.db import connections

from benchmarks.own_database import insert_selected, own_database
from livinglab.actions.models import ActionFigure
from livinglab.visits.models import Commitment, CommitmentStep, Visit

VISITS: Final = 5_000
ACTIONS: Final = 100_000
_HOSTS: Final = 40
_STEPS: Final = 10
_PREFIX: Final = "livinglab_bench_follow"
_NOBODY: Final = "uuid '00000000-0000-7000-8000-000000000009'"
_TODAY: Final = "current_date"


@contextmanager
def follow_database(times: int) -> Iterator[None]:
    """This function will run a block against a database with so many times the visits and actions."""
    fill = partial(_fill, VISITS * times, ACTIONS * times)
    with own_database(f"{_PREFIX}_{times}", Path(__file__), fill):
        yield


def _fill(visits: int, actions: int) -> None:
    with connections["owner"].cursor() as cursor:
        _number_organizations(cursor)
        _visits(cursor, visits)
        _switch_triggers(cursor, "DISABLE")
        _commitments(cursor)
        _actions(cursor, actions)
        _switch_triggers(cursor, "ENABLE")
        cursor.execute("ANALYZE")
        cursor.execute(import_module("livinglab.visits.migrations.0004_commitment_figures").FILL)
        cursor.execute("ANALYZE")


def _switch_triggers(cursor: Any, how: str) -> None:
    for table in ("visits_commitment", "visits_commitment_step", "actions_figure"):
        cursor.execute(f"ALTER TABLE {table} {how} TRIGGER USER")


def _number_organizations(cursor: Any) -> None:
    cursor.execute(
        "CREATE TEMP TABLE region AS SELECT row_number() OVER (ORDER BY code) - 1 AS number, id "
        "FROM organizations_organization WHERE kind IN ('regency', 'city') AND NOT is_synthetic"
    )
    cursor.execute(
        "CREATE TEMP TABLE guest AS SELECT row_number() OVER (ORDER BY code) - 1 AS number, id "
        "FROM organizations_organization WHERE kind = 'central'"
    )


def _visits(cursor: Any, visits: int) -> None:
    """Number n picks host, visitor, kind, state and day; hosts are the first regions, the squares favour the first."""
    cursor.execute(
        "CREATE TEMP TABLE trip AS SELECT n, md5('visit' || n)::uuid AS id, "
        f"(power((n * 7919 %% 1000) / 1000.0, 2) * {_HOSTS})::int %% {_HOSTS} AS host, "
        "CASE WHEN n %% 20 = 0 THEN 'ngo' WHEN n %% 20 = 1 THEN 'ministry' ELSE 'region' END AS kind, "
        f"{_HOSTS} + (n * 104729 %% (SELECT count(*) - {_HOSTS} FROM region)) AS visitor, "
        "CASE n %% 10 WHEN 2 THEN 'declined' WHEN 3 THEN 'requested' WHEN 4 THEN 'no_follow_up' WHEN 5 THEN 'held' "
        "WHEN 0 THEN 'minuted' WHEN 1 THEN 'minuted' ELSE 'committed' END AS state, "
        f"{_TODAY} - (n * 31 %% 1400)::int AS held_on FROM generate_series(1, %s::bigint) AS n",
        [visits],
    )
    insert_selected(
        cursor,
        Visit,
        "trip JOIN region AS host ON host.number = trip.host "
        "LEFT JOIN region AS visitor ON visitor.number = trip.visitor AND trip.kind = 'region' "
        "LEFT JOIN guest ON guest.number = trip.n % 20 AND trip.kind = 'ministry'",
        {
            "id": "trip.id",
            "host_id": "host.id",
            "visitor_id": "coalesce(visitor.id, guest.id)",
            "visitor_name": "CASE WHEN visitor.id IS NULL AND guest.id IS NULL THEN 'Lembaga uji' ELSE '' END",
            "visitor_kind": "trip.kind",
            "state": "trip.state",
            "purpose": "'Uji beban'",
            "wished_from": "trip.held_on",
            "wished_until": "trip.held_on",
            "held_on": "trip.held_on",
            "minutes": "'Uji beban'",
            "requested_at": "trip.held_on - interval '30 days'",
            "requested_by": _NOBODY,
            "changed_at": "trip.held_on::timestamptz",
        },
    )


def _commitments(cursor: Any) -> None:
    promise = "md5('promise' || visit.id)::uuid"
    insert_selected(
        cursor,
        Commitment,
        "visits_visit AS visit",
        {
            "id": promise,
            "organization_id": "visit.visitor_id",
            "visit_id": "visit.id",
            "title": "'Komitmen uji beban'",
            "number": "'1'",
            "signed_by_name": "'Kepala daerah (uji)'",
            "signed_on": "visit.held_on + 20",
            "ends_on": "visit.held_on + 400",
            "entered_at": "visit.held_on::timestamptz",
            "entered_by": _NOBODY,
        },
        where="visit.state = 'committed' AND visit.visitor_id IS NOT NULL AND NOT visit.is_synthetic",
    )
    insert_selected(
        cursor,
        CommitmentStep,
        f"visits_commitment AS promise CROSS JOIN generate_series(1, {_STEPS}) AS step",
        {
            "id": "md5('step' || promise.id || step)::uuid",
            "commitment_id": "promise.id",
            "instrument": "'spbe-2020'",
            "indicator": "step::text",
            "to_level": "3",
            "due_on": "promise.signed_on + 30 * step",
            "manner": "''",
        },
        where="NOT promise.is_synthetic",
    )


def _actions(cursor: Any, actions: int) -> None:
    state = (
        "(ARRAY['planned', 'started', 'done', 'confirmed', 'blocked', 'done', 'dropped'])"
        "[1 + abs(hashtext(step.id::text)) % 7]"
    )
    shared = {"plan_id": _NOBODY, "instrument": "'spbe-2020'", "to_level": "3", "changed_at": "now()"}
    insert_selected(
        cursor,
        ActionFigure,
        "visits_commitment_step AS step JOIN visits_commitment AS promise ON promise.id = step.commitment_id",
        {
            **shared,
            "id": "md5('kept' || step.id)::uuid",
            "organization_id": "promise.organization_id",
            "commitment_id": "promise.id",
            "indicator": "step.indicator",
            "state": state,
            "due_on": "step.due_on",
            "done_on": f"CASE WHEN {state} IN ('done', 'confirmed') THEN step.due_on - 10 END",
            "confirmed_on": f"CASE WHEN {state} = 'confirmed' THEN step.due_on - 5 END",
            "evidence": "abs(hashtext(step.id::text)) % 3",
        },
        where="NOT promise.is_synthetic",
    )
    cursor.execute("SELECT count(*) FROM actions_figure")
    (linked,) = cursor.fetchone()
    insert_selected(
        cursor,
        ActionFigure,
        f"generate_series(1, {actions - linked}) AS n JOIN region ON region.number = n % 514",
        {
            **shared,
            "id": "md5('own' || n)::uuid",
            "organization_id": "region.id",
            "indicator": "(1 + n % 47)::text",
            "state": "(ARRAY['planned', 'started', 'done', 'confirmed'])[1 + n / 47 % 4]",
            "due_on": f"{_TODAY} + (n % 700)::int",
            "confirmed_on": f"CASE WHEN n / 47 % 4 = 3 THEN {_TODAY} - (n % 1400)::int END",
        },
    )
