"""Tests of what is only the ordinary detector's."""
