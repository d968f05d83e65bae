"""Says of what waits for signers already whose office it waits at, as the versions at work are read now.

Before, all of it waited in the village of its case, and also at seats of the whole region: a step of the region's signer
in the case of a desa would be at nobody's seat any more, and an unsigned document of a desa at the region's.
"""

from django.db import migrations

# whose signer these roles were before it could be said, as `packages.adapters.manifest_files` reads such versions

_TASKS = """
UPDATE casework_task AS task SET unit_code = ''
FROM casework_service AS held
WHERE held.organization_id = task.organization_id AND held.id = task.service_id
  AND task.kind = 'signer' AND task.unit_code <> ''
  AND (held.package, task.lane) NOT IN (('sktm', 'head'), ('posyandu', 'midwife'))
"""

_PAPERS = """
UPDATE casework_paper AS paper SET office = paper.unit_code
FROM casework_case AS one, casework_service AS held
WHERE one.organization_id = paper.organization_id AND one.id = paper.case_id
  AND held.organization_id = one.organization_id AND held.id = one.service_id
  AND paper.office = '' AND paper.unit_code <> ''
  AND (held.package, paper.signer) IN (('sktm', 'head'), ('posyandu', 'midwife'))
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0038_disposition_tenant")]

    operations = [
        migrations.RunSQL(_TASKS, migrations.RunSQL.noop),
        migrations.RunSQL(_PAPERS, migrations.RunSQL.noop),
    ]
