"""How a state sees and chooses: lens, doctrines, appraisal, menus, choice."""
