"""One file a screen, its style beside it. They are loaded when they are first opened."""
