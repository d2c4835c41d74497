"""What happens: a turn's orders and answers become events and the next world. Pure and keyed."""
