"""What is typed on this floor, made well formed before a verb is called."""
