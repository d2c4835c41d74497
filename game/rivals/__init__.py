"""How an AI state turns what it sees into orders and answers."""
