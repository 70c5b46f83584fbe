"""Telltale: says what a picture gives away about its origin."""

__version__ = "0.1.0"
