"""Promised steps that the region took, also where nobody tied the action to the commitment. For statements."""

from typing import Final

#: `fits`: each promised step with the actions of its region, tied or not, that are done or confirmed since it was
#: signed, at the promised level or above; parameters `with_synthetic` and `withdrawn`
FITS: Final = """
wanted AS (
  SELECT step.id, step.commitment_id, step.instrument, step.indicator, step.to_level,
         signed.organization_id, signed.signed_on
    FROM visits_commitment_step AS step
    JOIN visits_commitment AS signed ON signed.id = step.commitment_id
   WHERE signed.state <> %(withdrawn)s AND (%(with_synthetic)s OR NOT signed.is_synthetic)
), fits AS MATERIALIZED (
  SELECT wanted.id AS step_id, wanted.commitment_id, wanted.organization_id, own.state, own.evidence
    FROM wanted
    JOIN actions_figure AS own
      ON own.organization_id = wanted.organization_id AND own.instrument = wanted.instrument
     AND own.indicator = wanted.indicator AND own.to_level >= wanted.to_level
   WHERE own.state IN ('done', 'confirmed') AND coalesce(own.confirmed_on, own.done_on) >= wanted.signed_on
     AND (%(with_synthetic)s OR NOT own.is_synthetic)
)"""
