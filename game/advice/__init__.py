"""What a player can be told of others without reading an envelope: forecasts, matters, levers."""
