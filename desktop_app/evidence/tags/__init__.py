"""Blocks of metadata made readable: EXIF, XMP and IPTC, each as far as statements of origin need it."""
