"""Events, refusals and decision records into sentences."""
