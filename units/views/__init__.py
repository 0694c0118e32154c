"""Pages of units, groups, contacts and accounts."""
