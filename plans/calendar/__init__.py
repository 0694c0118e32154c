"""Days as the department counts them: lunar dates, days off, statutory offsets, phases. No Django, no database, no clock.

Instants are naive local datetimes (Asia/Ho_Chi_Minh); a period runs from its start up to, not including, its end.
"""
