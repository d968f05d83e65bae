"""Makes a university one of the list instead of a text, and refuses an assignment while the home is not known.

Texts in use become universities of the list: one row for all spellings that differ in case, signs or abbreviations.
"""

import re

import django.db.models.deletion
from django.db import migrations, models

_SHORT = {"univ": "universitas", "inst": "institut", "pol": "politeknik"}

_CONFLICTS = """
CREATE OR REPLACE FUNCTION evaluations_conflict_of(the_assessor uuid, the_organization uuid)
RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM organizations_membership WHERE user_id = the_assessor
                 AND organization_id = the_organization AND ended_at IS NULL) THEN 'an_assessor_is_no_member'
    WHEN EXISTS (SELECT 1 FROM evaluations_assessor_profile WHERE assessor_id = the_assessor
                 AND home_id = the_organization) THEN 'an_assessor_is_not_from_there'
    WHEN EXISTS (SELECT 1 FROM evaluations_declared_conflict WHERE assessor_id = the_assessor
                 AND organization_id = the_organization) THEN 'an_assessor_has_no_conflict'
    WHEN EXISTS (SELECT 1 FROM evaluations_assessor_profile profile JOIN evaluations_university_partner partner
                 ON partner.university_id = profile.university_id
                 WHERE profile.assessor_id = the_assessor AND partner.organization_id = the_organization)
      THEN 'an_assessors_university_is_no_partner'
  END
$$
"""

_ASSIGNMENT = """
CREATE OR REPLACE FUNCTION evaluations_assignment_refuse_conflict() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE conflict text;
BEGIN
  IF NEW.ended_at IS NOT NULL THEN RETURN NEW; END IF;
  SELECT evaluations_conflict_of(NEW.assessor_id, organization_id) INTO conflict
    FROM evaluations_participation WHERE id = NEW.participation_id;
  IF conflict IS NULL AND TG_OP = 'INSERT' AND NOT EXISTS (SELECT 1 FROM evaluations_assessor_profile
      WHERE assessor_id = NEW.assessor_id AND home_id IS NOT NULL) THEN
    conflict := 'an_assessors_home_is_known';
  END IF;
  IF conflict IS NOT NULL THEN
    RAISE EXCEPTION 'conflict of interest: %', conflict USING ERRCODE = 'check_violation', CONSTRAINT = conflict;
  END IF;
  RETURN NEW;
END $$
"""


def _fold(name):
    words = (one.casefold() for one in re.findall(r"[^\W_]+", name))
    return " ".join(_SHORT.get(one, one) for one in words)


def _list_texts(apps, schema_editor):
    alias = schema_editor.connection.alias
    universities = apps.get_model("organizations", "University").objects.using(alias)
    profiles = apps.get_model("evaluations", "AssessorProfile").objects.using(alias)
    partners = apps.get_model("evaluations", "UniversityPartner").objects.using(alias)
    known = {_fold(one.name): one for one in universities.all()}
    codes = {one.code for one in known.values()}
    for row in (*profiles.exclude(named=""), *partners.order_by("declared_at")):
        key = _fold(row.named)
        if key not in known:
            code = "-".join(key.encode("ascii", "ignore").decode().split())[:80].strip("-") or "university"
            while code in codes:
                code = f"{code[:76]}-{len(codes) % 1000}"
            codes.add(code)
            known[key] = universities.create(code=code, name=" ".join(row.named.split()))
        row.university = known[key]
        row.save(update_fields=["university"])
    seen = set()
    for row in partners.order_by("declared_at"):  # two spellings of one partnership are one
        pair = (row.university_id, row.organization_id)
        if pair in seen:
            row.delete()
        seen.add(pair)


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0005_objected_again"),
        ("organizations", "0003_universities"),
    ]

    operations = [
        migrations.RemoveConstraint("universitypartner", "a_partnership_is_declared_once"),
        migrations.RenameField("assessorprofile", "university", "named"),
        migrations.RenameField("universitypartner", "university", "named"),
        migrations.AddField(
            "assessorprofile",
            "university",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.university",
            ),
        ),
        migrations.AddField(
            "universitypartner",
            "university",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.university",
            ),
        ),
        migrations.RunPython(_list_texts, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveField("assessorprofile", "named"),
        migrations.RemoveField("universitypartner", "named"),
        migrations.AlterField(
            "universitypartner",
            "university",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.university",
            ),
        ),
        migrations.AddConstraint(
            "universitypartner",
            models.UniqueConstraint(
                fields=["university", "organization"], name="a_partnership_is_declared_once"
            ),
        ),
        migrations.RunSQL([_CONFLICTS, _ASSIGNMENT], migrations.RunSQL.noop),
    ]
