"""Pieces of evidence of an organisation: files and links, kept, checked, classed, reviewed and shown."""
