"""Unsigned statements of origin in agreed fields: IPTC's digital source type, China's AIGC label, credit lines."""
