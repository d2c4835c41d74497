"""Files on disk: written whole or not at all; settings, the crash log, what can go wrong."""
