"""The game on plain lines: prompts with numbered choices, or JSON lines for programs."""
