"""Commitments without a visit, guests that sign by an invitation, and packages taken over in follow-through.

A package that a region began to take over since it signed counts as work begun for a promised indicator that its maker
names, once live as evidence (`models.CommitmentFigure`). Triggers, as in 0004: `adoptions` knows nothing of visits.
"""

import django.db.models.deletion
from django.db import migrations, models

import livinglab.kernel.identifiers

#: as in 0004, with packages that were taken over
COUNT = """
CREATE OR REPLACE FUNCTION visits_count_commitments(named uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO visits_commitment_figure
    (id, commitment_id, with_synthetic, steps, open_days, acted, adopted, evidenced, confirmed)
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
  ), taken AS (
    SELECT DISTINCT wanted.commitment_id, own.live_at IS NOT NULL AS is_live, own.is_synthetic
      FROM wanted
      JOIN organizations_organization AS region ON region.id = wanted.organization_id
      JOIN adoptions_figure AS own
        ON own.organization_id = wanted.organization_id AND own.state <> 'ended'
       AND (own.started_at AT TIME ZONE CASE region.zone
             WHEN 'WITA' THEN 'Asia/Makassar' WHEN 'WIT' THEN 'Asia/Jayapura' ELSE 'Asia/Jakarta' END)::date
           >= wanted.signed_on
      JOIN releases_listing AS listing ON listing.id = own.listing_id
     WHERE EXISTS (
       SELECT 1 FROM unnest(listing.indicators) AS help (step)
        WHERE starts_with(help.step, wanted.instrument || '/' || wanted.indicator || '/')
     )
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
    SELECT commitment_id, evidence > 0 OR state = 'confirmed' AS evidenced, state = 'confirmed' AS confirmed,
           false AS adopted, is_synthetic
      FROM (SELECT commitment_id, state, evidence, is_synthetic FROM tied
            UNION ALL SELECT commitment_id, state, evidence, is_synthetic FROM fits) AS acted
    UNION ALL SELECT commitment_id, is_live, false, true, is_synthetic FROM taken
  ), scope (with_synthetic) AS (VALUES (false), (true)
  ), listed AS (
    SELECT wanted.commitment_id, scope.with_synthetic, count(*) AS steps,
           array_agg(wanted.due_on ORDER BY wanted.due_on)
             FILTER (WHERE ended.step_id IS NULL OR NOT (ended.really OR scope.with_synthetic)) AS open_days
      FROM wanted CROSS JOIN scope LEFT JOIN ended ON ended.step_id = wanted.id
     GROUP BY wanted.commitment_id, scope.with_synthetic
  ), come AS (
    SELECT work.commitment_id, scope.with_synthetic,
           bool_or(work.adopted) AS adopted, bool_or(work.evidenced) AS evidenced,
           bool_or(work.confirmed) AS confirmed
      FROM work JOIN scope ON scope.with_synthetic OR NOT work.is_synthetic
     GROUP BY work.commitment_id, scope.with_synthetic
  )
  SELECT gen_random_uuid(), promised.id, scope.with_synthetic, coalesce(listed.steps, 0),
         coalesce(listed.open_days, '{}'), come.commitment_id IS NOT NULL,
         coalesce(come.adopted, false), coalesce(come.evidenced, false), coalesce(come.confirmed, false)
    FROM promised CROSS JOIN scope
    LEFT JOIN listed ON listed.commitment_id = promised.id AND listed.with_synthetic = scope.with_synthetic
    LEFT JOIN come ON come.commitment_id = promised.id AND come.with_synthetic = scope.with_synthetic
  ON CONFLICT (commitment_id, with_synthetic) DO UPDATE
    SET steps = EXCLUDED.steps, open_days = EXCLUDED.open_days, acted = EXCLUDED.acted,
        adopted = EXCLUDED.adopted, evidenced = EXCLUDED.evidenced, confirmed = EXCLUDED.confirmed;
END $$
"""

#: who took over, put live or ended a package may have moved any of its commitments; a region has few
ADOPTIONS = """
CREATE FUNCTION visits_follow_adoptions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE touched uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT organization_id) INTO touched FROM newer;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT organization_id) INTO touched FROM older;
  ELSE
    SELECT array_agg(DISTINCT organization_id) INTO touched
      FROM (SELECT organization_id FROM older UNION ALL SELECT organization_id FROM newer) AS one;
  END IF;
  PERFORM visits_wait_for_writers(touched);
  PERFORM visits_count_commitments(
    (SELECT array_agg(id) FROM visits_commitment WHERE organization_id = ANY(touched)));
  RETURN NULL;
END $$
"""

#: a newer release may name other indicators
LISTINGS = """
CREATE FUNCTION visits_follow_listings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE touched uuid[];
BEGIN
  SELECT array_agg(DISTINCT organization_id) INTO touched FROM adoptions_figure WHERE listing_id = NEW.id;
  PERFORM visits_wait_for_writers(touched);
  PERFORM visits_count_commitments(
    (SELECT array_agg(id) FROM visits_commitment WHERE organization_id = ANY(touched)));
  RETURN NULL;
END $$
"""

_SEEN = {
    "INSERT": "NEW TABLE AS newer",
    "UPDATE": "OLD TABLE AS older NEW TABLE AS newer",
    "DELETE": "OLD TABLE AS older",
}
_TRIGGERS = [
    *(
        f"CREATE TRIGGER visits_follow_adoptions_{event.lower()} AFTER {event} ON adoptions_figure "
        f"REFERENCING {seen} FOR EACH STATEMENT EXECUTE FUNCTION visits_follow_adoptions()"
        for event, seen in _SEEN.items()
    ),
    "CREATE TRIGGER visits_follow_listings AFTER UPDATE ON releases_listing FOR EACH ROW "
    "WHEN (OLD.indicators IS DISTINCT FROM NEW.indicators) EXECUTE FUNCTION visits_follow_listings()",
]
#: every figure there is, counted anew
FILL = "SELECT visits_count_commitments((SELECT array_agg(id) FROM visits_commitment))"
_ALONE = "UPDATE visits_commitment SET occasion = 'own' WHERE visit_id IS NULL"
_DROP = [
    "DROP FUNCTION visits_follow_adoptions() CASCADE",
    "DROP FUNCTION visits_follow_listings() CASCADE",
]


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0004_commitment_figures"),
        ("adoptions", "0002_tenant"),
        ("organizations", "0001_initial"),
        ("releases", "0002_rules"),
    ]
    operations = [
        migrations.CreateModel(
            name="Invitation",
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
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="visits.visit",
                    ),
                ),
            ],
            options={
                "db_table": "visits_invitation",
            },
        ),
        migrations.AddField(
            model_name="commitment",
            name="occasion",
            field=models.CharField(
                choices=[("visit", "visit"), ("own", "own"), ("meeting", "meeting")],
                default="visit",
                max_length=7,
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="organization",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.organization",
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="signed_by_function",
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.AddField(
            model_name="commitmentfigure",
            name="adopted",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="entered_by",
            field=models.UUIDField(null=True),
        ),
        migrations.RunSQL(sql=[_ALONE], reverse_sql=[]),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("occasion", "visit"), ("visit__isnull", False)),
                    models.Q(models.Q(("occasion", "visit"), _negated=True), ("visit__isnull", True)),
                    _connector="OR",
                ),
                name="only_what_came_from_a_visit_names_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("entered_by__isnull", False), ("organization__isnull", False)),
                    models.Q(
                        ("entered_by__isnull", True),
                        ("organization__isnull", True),
                        ("visit__isnull", False),
                        models.Q(("signed_by_function", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_guest_commits_after_its_visit_and_by_its_own_hand",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True), ("used_at__isnull", True)),
                fields=("visit",),
                name="a_visit_has_one_open_invitation",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("used_at__isnull", True), ("revoked_at__isnull", True), _connector="OR"),
                name="an_invitation_ends_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                name="an_invitation_expires_after_it_is_made",
            ),
        ),
        migrations.RunSQL(sql=[COUNT, ADOPTIONS, LISTINGS, *_TRIGGERS, FILL], reverse_sql=_DROP),
    ]
