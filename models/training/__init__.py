"""Trains, exports, calibrates and measures the bundled CIFAKE model (torch; never imported by the program)."""
