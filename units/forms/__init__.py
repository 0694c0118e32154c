"""What people type about units and people, checked for form; the verbs judge the rest."""
