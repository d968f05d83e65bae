"""Keeps how far each commitment is beside it, in the transaction of every change, so that no page counts actions.

Triggers, because what counts is written by `actions`, which knows nothing of visits (docs/adr/0014). Whoever changes
an action or a commitment that may count waits for the other writers of the same organisation, then counts again what
it touched: a second statement sees what the first waited for, and no change is lost between two.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import livinglab.kernel.identifiers

#: both figures of the commitments named, counted anew
COUNT = """
CREATE FUNCTION visits_count_commitments(named uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO visits_commitment_figure
    (id, commitment_id, with_synthetic, steps, open_days, acted, evidenced, confirmed)
  WITH promised AS (
    SELECT id, organization_id, signed_on FROM visits_commitment WHERE id = ANY(named)
  ), wanted AS (
    SELECT step.id, step.commitment_id, step.instrument, step.indicator, step.to_level, step.due_on,
           promised.organization_id, promised.signed_on
      FROM promised JOIN visits_commitment_step AS step ON step.commitment_id = promised.id
  ), tied AS (
    SELECT own.commitment_id, own.instrument, own.indicator, own.to_level, own.state, own.evidence, own.is_synthetic
      FROM promised
      JOIN actions_figure AS own ON own.commitment_id = promised.id AND own.organization_id = promised.organization_id
     WHERE own.state IN ('started', 'blocked', 'done', 'confirmed')
  ), fits AS (
    SELECT wanted.id AS step_id, wanted.commitment_id, own.state, own.evidence, own.is_synthetic
      FROM wanted
      JOIN actions_figure AS own
        ON own.organization_id = wanted.organization_id AND own.state = 'confirmed'
       AND own.instrument = wanted.instrument AND own.indicator = wanted.indicator
       AND own.to_level >= wanted.to_level AND coalesce(own.confirmed_on, own.done_on) >= wanted.signed_on
  ), ended AS (
    SELECT step_id, bool_or(NOT is_synthetic) AS really
      FROM (
        SELECT step_id, is_synthetic FROM fits
        UNION ALL
        SELECT wanted.id, tied.is_synthetic
          FROM wanted
          JOIN tied USING (commitment_id, instrument, indicator, to_level)
         WHERE tied.state IN ('done', 'confirmed')
      ) AS each
     GROUP BY step_id
  ), work AS (
    SELECT commitment_id, state, evidence, is_synthetic FROM tied
    UNION ALL SELECT commitment_id, state, evidence, is_synthetic FROM fits
  ), scope (with_synthetic) AS (VALUES (false), (true)
  ), listed AS (
    SELECT wanted.commitment_id, scope.with_synthetic, count(*) AS steps,
           array_agg(wanted.due_on ORDER BY wanted.due_on)
             FILTER (WHERE ended.step_id IS NULL OR NOT (ended.really OR scope.with_synthetic)) AS open_days
      FROM wanted CROSS JOIN scope LEFT JOIN ended ON ended.step_id = wanted.id
     GROUP BY wanted.commitment_id, scope.with_synthetic
  ), come AS (
    SELECT work.commitment_id, scope.with_synthetic,
           bool_or(work.evidence > 0 OR work.state = 'confirmed') AS evidenced,
           bool_or(work.state = 'confirmed') AS confirmed
      FROM work JOIN scope ON scope.with_synthetic OR NOT work.is_synthetic
     GROUP BY work.commitment_id, scope.with_synthetic
  )
  SELECT gen_random_uuid(), promised.id, scope.with_synthetic, coalesce(listed.steps, 0),
         coalesce(listed.open_days, '{}'), come.commitment_id IS NOT NULL,
         coalesce(come.evidenced, false), coalesce(come.confirmed, false)
    FROM promised CROSS JOIN scope
    LEFT JOIN listed ON listed.commitment_id = promised.id AND listed.with_synthetic = scope.with_synthetic
    LEFT JOIN come ON come.commitment_id = promised.id AND come.with_synthetic = scope.with_synthetic
  ON CONFLICT (commitment_id, with_synthetic) DO UPDATE
    SET steps = EXCLUDED.steps, open_days = EXCLUDED.open_days, acted = EXCLUDED.acted,
        evidenced = EXCLUDED.evidenced, confirmed = EXCLUDED.confirmed;
END $$
"""

#: one writer of an organisation's figures at a time, until its transaction ends
WAIT = """
CREATE FUNCTION visits_wait_for_writers(organizations uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE one uuid;
BEGIN
  FOR one IN SELECT DISTINCT each FROM unnest(organizations) AS each ORDER BY each LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended('visits_commitment_figure ' || one, 0));
  END LOOP;
END $$
"""

#: what a change of actions may move: the commitments they are tied to; once confirmed, all that promise such a step
ACTIONS = """
CREATE FUNCTION visits_follow_actions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE touched jsonb; named uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT jsonb_agg(to_jsonb(one)) INTO touched FROM newer AS one
     WHERE commitment_id IS NOT NULL OR state = 'confirmed';
  ELSIF TG_OP = 'DELETE' THEN
    SELECT jsonb_agg(to_jsonb(one)) INTO touched FROM older AS one
     WHERE commitment_id IS NOT NULL OR state = 'confirmed';
  ELSE
    SELECT jsonb_agg(to_jsonb(one)) INTO touched FROM (SELECT * FROM older UNION ALL SELECT * FROM newer) AS one
     WHERE commitment_id IS NOT NULL OR state = 'confirmed';
  END IF;
  IF touched IS NULL THEN
    RETURN NULL;
  END IF;
  PERFORM visits_wait_for_writers(
    (SELECT array_agg(organization_id) FROM jsonb_to_recordset(touched) AS one (organization_id uuid)));
  SELECT array_agg(commitment_id) INTO named
    FROM (
      SELECT tied.id AS commitment_id
        FROM jsonb_to_recordset(touched) AS one (organization_id uuid, commitment_id uuid)
        JOIN visits_commitment AS tied
          ON tied.id = one.commitment_id AND tied.organization_id = one.organization_id
       UNION
      SELECT signed.id
        FROM jsonb_to_recordset(touched)
             AS one (organization_id uuid, instrument text, indicator text, state text)
        JOIN visits_commitment AS signed ON signed.organization_id = one.organization_id
        JOIN visits_commitment_step AS step
          ON step.commitment_id = signed.id AND step.instrument = one.instrument AND step.indicator = one.indicator
       WHERE one.state = 'confirmed'
    ) AS moved;
  PERFORM visits_count_commitments(named);
  RETURN NULL;
END $$
"""

#: a new commitment, or another day or organisation of one; its state is no matter of the figure
COMMITMENTS = """
CREATE FUNCTION visits_follow_commitments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.organization_id, OLD.signed_on) = (NEW.organization_id, NEW.signed_on) THEN
    RETURN NULL;
  END IF;
  PERFORM visits_wait_for_writers(ARRAY[NEW.organization_id]);
  PERFORM visits_count_commitments(ARRAY[NEW.id]);
  RETURN NULL;
END $$
"""

STEPS = """
CREATE FUNCTION visits_follow_steps() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE named uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT commitment_id) INTO named FROM newer;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT commitment_id) INTO named FROM older;
  ELSE
    SELECT array_agg(DISTINCT commitment_id) INTO named
      FROM (SELECT commitment_id FROM older UNION ALL SELECT commitment_id FROM newer) AS one;
  END IF;
  PERFORM visits_wait_for_writers(
    (SELECT array_agg(organization_id) FROM visits_commitment WHERE id = ANY(named)));
  PERFORM visits_count_commitments(named);
  RETURN NULL;
END $$
"""


def _trigger(table: str, event: str, function: str) -> str:
    """The statement's rows before and after it, as far as the event has them."""
    seen = {
        "INSERT": "NEW TABLE AS newer",
        "UPDATE": "OLD TABLE AS older NEW TABLE AS newer",
        "DELETE": "OLD TABLE AS older",
    }
    return (
        f"CREATE TRIGGER {function}_{event.lower()} AFTER {event} ON {table} "
        f"REFERENCING {seen[event]} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
    )


_EVENTS = ("INSERT", "UPDATE", "DELETE")
_TRIGGERS = [
    *(_trigger("actions_figure", event, "visits_follow_actions") for event in _EVENTS),
    *(_trigger("visits_commitment_step", event, "visits_follow_steps") for event in _EVENTS),
    "CREATE TRIGGER visits_follow_commitments AFTER INSERT OR UPDATE ON visits_commitment "
    "FOR EACH ROW EXECUTE FUNCTION visits_follow_commitments()",
]
#: every figure there is, counted anew
FILL = "SELECT visits_count_commitments((SELECT array_agg(id) FROM visits_commitment))"
_DROP = [
    "DROP FUNCTION visits_follow_actions() CASCADE",
    "DROP FUNCTION visits_follow_steps() CASCADE",
    "DROP FUNCTION visits_follow_commitments() CASCADE",
    "DROP FUNCTION visits_wait_for_writers(uuid[])",
    "DROP FUNCTION visits_count_commitments(uuid[])",
]


class Migration(migrations.Migration):
    dependencies = [("visits", "0003_cohort_texts"), ("actions", "0006_real_work")]
    operations = [
        migrations.CreateModel(
            name="CommitmentFigure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=livinglab.kernel.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("with_synthetic", models.BooleanField()),
                ("steps", models.PositiveSmallIntegerField()),
                (
                    "open_days",
                    django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None),
                ),
                ("acted", models.BooleanField()),
                ("evidenced", models.BooleanField()),
                ("confirmed", models.BooleanField()),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="visits.commitment",
                    ),
                ),
            ],
            options={"db_table": "visits_commitment_figure"},
        ),
        migrations.AddConstraint(
            "commitmentfigure",
            models.UniqueConstraint(
                fields=("commitment", "with_synthetic"), name="a_commitment_has_a_figure_of_each_kind"
            ),
        ),
        migrations.RunSQL(
            sql=[COUNT, WAIT, ACTIONS, STEPS, COMMITMENTS, *_TRIGGERS, FILL], reverse_sql=_DROP
        ),
    ]
