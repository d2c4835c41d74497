"""Writing files: atomic writes, exports, settings, the crash log, and their exceptions."""
