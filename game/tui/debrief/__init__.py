"""The tabs of the debrief's screen, a file each."""
