"""Bytes to pixels: sniffing, bounded decoding in a process of its own, orientation, thumbnails, model views."""
