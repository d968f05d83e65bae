"""Makes the region's own rows tenant tables, and has the database refuse what must not be.

- An external assessor is not assigned to, and does not score, an organisation of the own, of the university's partner
  or of a declared conflict. An internal assessor does not accept the answer of the own agency.
- A score of a stage that is over is kept; versions and moves of answers are append-only.
"""

from django.db import migrations

from livinglab.kernel.schema import append_only, tenant_table

_OF_EVALUATION = {"evaluation_id": "evaluations_evaluation"}

_CONFLICTS = """
CREATE FUNCTION evaluations_conflict_of(the_assessor uuid, the_organization uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM organizations_membership WHERE user_id = the_assessor
                 AND organization_id = the_organization AND ended_at IS NULL) THEN 'an_assessor_is_no_member'
    WHEN EXISTS (SELECT 1 FROM evaluations_assessor_profile WHERE assessor_id = the_assessor
                 AND home_id = the_organization) THEN 'an_assessor_is_not_from_there'
    WHEN EXISTS (SELECT 1 FROM evaluations_declared_conflict WHERE assessor_id = the_assessor
                 AND organization_id = the_organization) THEN 'an_assessor_has_no_conflict'
    WHEN EXISTS (SELECT 1 FROM evaluations_assessor_profile profile JOIN evaluations_university_partner partner
                 ON lower(partner.university) = lower(profile.university)
                 WHERE profile.assessor_id = the_assessor AND partner.organization_id = the_organization)
      THEN 'an_assessors_university_is_no_partner'
  END
$$
"""

_ASSIGNMENT = """
CREATE FUNCTION evaluations_assignment_refuse_conflict() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE conflict text;
BEGIN
  SELECT evaluations_conflict_of(NEW.assessor_id, organization_id) INTO conflict
    FROM evaluations_participation WHERE id = NEW.participation_id;
  IF conflict IS NOT NULL AND NEW.ended_at IS NULL THEN
    RAISE EXCEPTION 'conflict of interest: %', conflict USING ERRCODE = 'check_violation', CONSTRAINT = conflict;
  END IF;
  RETURN NEW;
END $$
"""

_SCORE = """
CREATE FUNCTION evaluations_score_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  conflict text;
  present text;
  stages constant text[] := ARRAY['self', 'document', 'interview', 'visit', 'consolidated', 'decided'];
BEGIN
  SELECT CASE WHEN state IN ('approved', 'signed') THEN 'self' ELSE state END INTO present
    FROM evaluations_evaluation
    WHERE organization_id = COALESCE(NEW.organization_id, OLD.organization_id)
      AND id = COALESCE(NEW.evaluation_id, OLD.evaluation_id);
  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND (NEW.level, NEW.facts, NEW.analysis, NEW.justification, NEW.stage,
      NEW.indicator, NEW.evaluation_id, NEW.scored_by, NEW.scored_at)
      IS DISTINCT FROM (OLD.level, OLD.facts, OLD.analysis, OLD.justification, OLD.stage,
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

_MOVE = """
CREATE FUNCTION evaluations_answer_move_refuse_own_agency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.step = 'accept' AND EXISTS (
      SELECT 1 FROM evaluations_answer answer JOIN organizations_membership membership
        ON membership.organization_id = answer.organization_id AND membership.user_id = NEW."by"
        AND membership.ended_at IS NULL
      WHERE answer.organization_id = NEW.organization_id AND answer.id = NEW.answer_id
        AND (membership.agency_id = answer.agency_id OR answer.assignee_id = NEW."by")) THEN
    RAISE EXCEPTION 'the own agency' USING ERRCODE = 'check_violation', CONSTRAINT = 'an_internal_assessor_never_scores_the_own_agency';
  END IF;
  RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0001_initial"),
        ("organizations", "0002_tenant"),
    ]

    operations = [
        tenant_table("evaluations_evaluation"),
        migrations.RunSQL(
            [
                "ALTER TABLE evaluations_participation ADD CONSTRAINT a_participation_is_of_one_organization "
                "UNIQUE (id, organization_id)",
                "ALTER TABLE evaluations_evaluation ADD CONSTRAINT an_evaluation_is_of_its_participation "
                "FOREIGN KEY (id, organization_id) REFERENCES evaluations_participation (id, organization_id)",
            ],
            migrations.RunSQL.noop,
        ),
        tenant_table("evaluations_team_seat", references=_OF_EVALUATION),
        tenant_table(
            "evaluations_answer", references={**_OF_EVALUATION, "agency_id": "organizations_agency"}
        ),
        tenant_table("evaluations_answer_version", references={"answer_id": "evaluations_answer"}),
        tenant_table("evaluations_answer_move", references={"answer_id": "evaluations_answer"}),
        tenant_table("evaluations_evidence_use", references=_OF_EVALUATION),
        tenant_table("evaluations_score", references=_OF_EVALUATION),
        tenant_table("evaluations_objection", references=_OF_EVALUATION),
        tenant_table("evaluations_aspect_finding", references=_OF_EVALUATION),
        tenant_table("evaluations_recommendation", references=_OF_EVALUATION),
        append_only("evaluations_answer_version"),
        append_only("evaluations_answer_move"),
        migrations.RunSQL(
            [
                _CONFLICTS,
                _ASSIGNMENT,
                "CREATE TRIGGER no_conflict BEFORE INSERT OR UPDATE ON evaluations_assignment "
                "FOR EACH ROW EXECUTE FUNCTION evaluations_assignment_refuse_conflict()",
                _SCORE,
                "CREATE TRIGGER kept_and_without_conflict BEFORE INSERT OR UPDATE OR DELETE ON evaluations_score "
                "FOR EACH ROW EXECUTE FUNCTION evaluations_score_refuse()",
                _MOVE,
                "CREATE TRIGGER not_the_own_agency BEFORE INSERT ON evaluations_answer_move "
                "FOR EACH ROW EXECUTE FUNCTION evaluations_answer_move_refuse_own_agency()",
            ],
            migrations.RunSQL.noop,
        ),
    ]
