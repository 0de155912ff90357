"""What co-ordinators say of alarms: right, wrong, or missed; and what may be learned from it."""
