"""The phases of a turn, one file and one function each; `engine.turn` lists their order."""
