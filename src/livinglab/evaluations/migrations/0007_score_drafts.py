"""Keeps what assessors type before it is a score, in versions, and the checklist that carries a level.

Scores from before have the checklist of the answer (own levels), or every level up to the one given: levels are
cumulative. A checklist of a stage that is over is kept like the rest of its score.
"""

import django.db.models.deletion
from django.db import migrations, models

import livinglab.evaluations.domain.stages
import livinglab.kernel.identifiers
from livinglab.kernel.schema import append_only, tenant_table

_CHECKLISTS = """
UPDATE evaluations_score score SET met = CASE
  WHEN score.stage = 'self' THEN COALESCE(
    (SELECT answer.met FROM evaluations_answer answer WHERE answer.organization_id = score.organization_id
       AND answer.evaluation_id = score.evaluation_id AND answer.indicator = score.indicator), '[]'::jsonb)
  ELSE (SELECT COALESCE(jsonb_agg(one), '[]'::jsonb) FROM generate_series(1, floor(score.level)::int) one)
END
"""

_SCORE = """
CREATE OR REPLACE FUNCTION evaluations_score_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  conflict text;
  present text;
  stages constant text[] := ARRAY['self', 'document', 'interview', 'visit', 'consolidated', 'decided'];
BEGIN
  SELECT CASE WHEN state IN ('approved', 'signed') THEN 'self' ELSE state END INTO present
    FROM evaluations_evaluation
    WHERE organization_id = COALESCE(NEW.organization_id, OLD.organization_id)
      AND id = COALESCE(NEW.evaluation_id, OLD.evaluation_id);
  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND (NEW.level, NEW.met, NEW.facts, NEW.analysis, NEW.justification, NEW.stage,
      NEW.indicator, NEW.evaluation_id, NEW.scored_by, NEW.scored_at)
      IS DISTINCT FROM (OLD.level, OLD.met, OLD.facts, OLD.analysis, OLD.justification, OLD.stage,
      OLD.indicator, OLD.evaluation_id, OLD.scored_by, OLD.scored_at)) THEN
    IF array_position(stages, present) > array_position(stages, OLD.stage::text) THEN
      RAISE EXCEPTION 'the stage is over' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_score_of_a_stage_that_is_over_is_kept';
    END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  IF TG_OP = 'INSERT' AND array_position(stages, present) > array_position(stages, NEW.stage::text) THEN
    RAISE EXCEPTION 'the stage is over' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_score_of_a_stage_that_is_over_is_kept';
  END IF;
  IF NEW.stage = 'self' THEN RETURN NEW; END IF;
  conflict := evaluations_conflict_of(NEW.scored_by, NEW.organization_id);
  IF conflict IS NULL AND NOT EXISTS (SELECT 1 FROM evaluations_assignment
        WHERE participation_id = NEW.evaluation_id AND assessor_id = NEW.scored_by AND ended_at IS NULL)
     AND NOT EXISTS (SELECT 1 FROM organizations_membership
        WHERE user_id = NEW.scored_by AND role = 'ministry' AND ended_at IS NULL) THEN
    conflict := 'an_assessor_is_assigned';
  END IF;
  IF conflict IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.scored_by IS DISTINCT FROM OLD.scored_by
      OR NEW.level IS DISTINCT FROM OLD.level) THEN
    RAISE EXCEPTION 'conflict of interest: %', conflict USING ERRCODE = 'check_violation', CONSTRAINT = conflict;
  END IF;
  RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0006_universities"),
    ]

    operations = [
        migrations.AddField(
            model_name="score",
            name="met",
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name="ScoreDraft",
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
                ("organization_id", models.UUIDField(editable=False)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            (
                                livinglab.evaluations.domain.stages.Stage["DOCUMENT"],
                                livinglab.evaluations.domain.stages.Stage["DOCUMENT"],
                            ),
                            (
                                livinglab.evaluations.domain.stages.Stage["INTERVIEW"],
                                livinglab.evaluations.domain.stages.Stage["INTERVIEW"],
                            ),
                            (
                                livinglab.evaluations.domain.stages.Stage["VISIT"],
                                livinglab.evaluations.domain.stages.Stage["VISIT"],
                            ),
                            (
                                livinglab.evaluations.domain.stages.Stage["CONSOLIDATED"],
                                livinglab.evaluations.domain.stages.Stage["CONSOLIDATED"],
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                ("indicator", models.CharField(max_length=6)),
                ("level", models.DecimalField(decimal_places=2, max_digits=4, null=True)),
                ("met", models.JSONField(default=list)),
                ("facts", models.TextField(blank=True)),
                ("analysis", models.TextField(blank=True)),
                ("justification", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(null=True)),
                ("changed_by", models.UUIDField(null=True)),
                (
                    "evaluation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="score_drafts",
                        to="evaluations.evaluation",
                    ),
                ),
            ],
            options={
                "db_table": "evaluations_score_draft",
            },
        ),
        migrations.CreateModel(
            name="ScoreDraftVersion",
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
                ("organization_id", models.UUIDField(editable=False)),
                ("number", models.PositiveIntegerField()),
                ("level", models.DecimalField(decimal_places=2, max_digits=4, null=True)),
                ("met", models.JSONField(default=list)),
                ("facts", models.TextField(blank=True)),
                ("analysis", models.TextField(blank=True)),
                ("justification", models.TextField(blank=True)),
                ("is_entered", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                (
                    "draft",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="evaluations.scoredraft",
                    ),
                ),
            ],
            options={
                "db_table": "evaluations_score_draft_version",
            },
        ),
        migrations.AddConstraint(
            model_name="scoredraft",
            constraint=models.UniqueConstraint(
                fields=("organization_id", "evaluation", "stage", "indicator"),
                name="an_indicator_has_one_draft_at_a_stage",
            ),
        ),
        migrations.AddConstraint(
            model_name="scoredraftversion",
            constraint=models.UniqueConstraint(
                fields=("organization_id", "draft", "number"), name="a_version_of_a_score_draft_is_kept_once"
            ),
        ),
        tenant_table("evaluations_score_draft", references={"evaluation_id": "evaluations_evaluation"}),
        tenant_table("evaluations_score_draft_version", references={"draft_id": "evaluations_score_draft"}),
        append_only("evaluations_score_draft_version"),
        migrations.RunSQL([_CHECKLISTS, _SCORE], migrations.RunSQL.noop),
    ]
