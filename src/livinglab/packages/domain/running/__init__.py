"""A service package at work, in memory: a case, its tokens, deadlines, messages and documents."""
