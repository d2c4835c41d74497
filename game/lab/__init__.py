"""The laboratory: many campaigns, what they show of the theories, and how sure one can be."""
