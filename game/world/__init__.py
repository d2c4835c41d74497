"""What exists: states, provinces, treaties, wars; orders and what makes them legal; sight."""
