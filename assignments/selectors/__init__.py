"""Reading assignments: which rows an address means, a unit's day, one row's story, what issuing would do."""
