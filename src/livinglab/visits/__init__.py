"""Study visits, the commitments they end in, and whether anybody followed through."""
