"""Promised steps that the region took, also where nobody tied the action to the commitment. For statements."""

from typing import Final

#: `fits`: each promised step with the actions of its region, tied or not, that were confirmed since it was signed,
#: at the promised level or above; parameters `with_synthetic` and `withdrawn`
FITS: Final = """
wanted AS MATERIALIZED (
  SELECT step.id, step.commitment_id, step.instrument, step.indicator, step.to_level,
         signed.organization_id, signed.signed_on
    FROM visits_commitment_step AS step
    JOIN visits_commitment AS signed ON signed.id = step.commitment_id
   WHERE signed.state <> %(withdrawn)s AND (%(with_synthetic)s OR NOT signed.is_synthetic)
), found AS MATERIALIZED (
  SELECT organization_id, instrument, indicator, to_level, state, evidence, coalesce(confirmed_on, done_on) AS since
    FROM actions_figure
   WHERE state = 'confirmed' AND (%(with_synthetic)s OR NOT is_synthetic)
     AND coalesce(confirmed_on, done_on) >= (SELECT min(signed_on) FROM wanted)
), fits AS MATERIALIZED (
  SELECT wanted.id AS step_id, wanted.commitment_id, wanted.organization_id, own.state, own.evidence
    FROM wanted
    JOIN found AS own
      ON own.organization_id = wanted.organization_id AND own.instrument = wanted.instrument
     AND own.indicator = wanted.indicator AND own.to_level >= wanted.to_level
   WHERE own.since >= wanted.signed_on
)"""
