"""Has the database refuse a rating by a party, and changes of what was done."""

from django.db import migrations

from livinglab.kernel.schema import append_only

_PARTIES = """
CREATE FUNCTION visits_rating_refuse_parties() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1
      FROM visits_commitment AS promised
      LEFT JOIN visits_visit AS visit ON visit.id = promised.visit_id
      JOIN organizations_membership AS member ON member.user_id = NEW.rater_id
       AND member.organization_id IN (promised.organization_id, visit.host_id, visit.visitor_id)
     WHERE promised.id = NEW.commitment_id
  ) THEN
    RAISE EXCEPTION 'a party does not rate its own commitment'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_party_does_not_rate';
  END IF;
  RETURN NEW;
END $$
"""
_TRIGGER = """
CREATE TRIGGER visits_rating_is_by_neither_party BEFORE INSERT OR UPDATE ON visits_rating
FOR EACH ROW EXECUTE FUNCTION visits_rating_refuse_parties()
"""


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial"), ("organizations", "0002_tenant")]
    operations = [
        append_only("visits_move"),
        migrations.RunSQL(
            sql=[_PARTIES, _TRIGGER],
            reverse_sql=["DROP FUNCTION visits_rating_refuse_parties() CASCADE"],
        ),
    ]
