"""Refuses to give an accepted answer to the agency of the internal assessor who accepted it, or to that person.

An internal assessor never scores the own agency: so far only the accepting was refused, not what came after it.
"""

from django.db import migrations

_OWN_AGENCY = """
CREATE FUNCTION evaluations_answer_refuse_own_agency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('accepted', 'validated')
     AND (NEW.agency_id, NEW.assignee_id) IS DISTINCT FROM (OLD.agency_id, OLD.assignee_id)
     AND EXISTS (
       SELECT 1 FROM (
         SELECT "by" FROM evaluations_answer_move
          WHERE organization_id = NEW.organization_id AND answer_id = NEW.id AND step = 'accept'
          ORDER BY at DESC, id DESC LIMIT 1
       ) AS accepted
       WHERE accepted."by" = NEW.assignee_id OR EXISTS (
         SELECT 1 FROM organizations_membership AS membership
          WHERE membership.organization_id = NEW.organization_id AND membership.user_id = accepted."by"
            AND membership.agency_id = NEW.agency_id AND membership.ended_at IS NULL)
     ) THEN
    RAISE EXCEPTION 'the own agency'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'an_internal_assessor_never_scores_the_own_agency';
  END IF;
  RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0008_notices"),
    ]

    operations = [
        migrations.RunSQL(
            [
                _OWN_AGENCY,
                "CREATE TRIGGER never_given_to_the_own_agency BEFORE UPDATE ON evaluations_answer "
                "FOR EACH ROW EXECUTE FUNCTION evaluations_answer_refuse_own_agency()",
            ],
            [
                "DROP TRIGGER never_given_to_the_own_agency ON evaluations_answer",
                "DROP FUNCTION evaluations_answer_refuse_own_agency()",
            ],
        ),
    ]
