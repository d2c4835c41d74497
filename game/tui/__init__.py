"""The screens, made with Textual. They contain no rules of the game."""
