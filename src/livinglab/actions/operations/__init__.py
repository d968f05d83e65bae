"""Every write of this context: one function, one transaction, one audit entry."""
