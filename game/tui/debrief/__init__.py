"""The tabs of the debrief screen, one file each."""
