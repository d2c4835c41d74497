"""AI states: what doctrine each follows, and how it decides on orders and answers."""
