"""Content Credentials (C2PA): who signed what about a picture, in four facts instead of one word.

On the way of a file: :mod:`.presence` (is there one, walked without the library), :mod:`.native` (c2pa-python, the
network switched off), :mod:`.report` (its answer as types), :mod:`.facts` (what holds), :mod:`.story` (how the
picture came to be, through all manifests), :mod:`.wording` (sentences).
"""

from desktop_app.evidence.credentials.reader import read_credentials

__all__ = ["read_credentials"]
