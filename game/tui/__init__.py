"""The screens (Textual). They know no rules."""
