"""Who may do what: the table, what is read of it, the gate that lets nothing pass that it does not name, and its page."""
