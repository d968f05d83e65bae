"""How satisfied citizens are: the nine elements of PermenPANRB 14/2017, asked once for each case, exact and public."""
