"""A believable province with invented names, told through the same verbs people use."""
