"""Packages taken over by regions: as they are or adapted, made ready, live, kept up to date, offered back."""
