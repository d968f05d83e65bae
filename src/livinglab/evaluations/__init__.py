"""Self-assessment, evidence in use, assessors and their scores, from the opening of a round to its decision."""
