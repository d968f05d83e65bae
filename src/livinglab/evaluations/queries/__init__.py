"""Reads of evaluations for anyone else."""
