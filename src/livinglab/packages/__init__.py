"""The format of service packages and their run in memory: reading, checking, comparing, merging, playing."""
