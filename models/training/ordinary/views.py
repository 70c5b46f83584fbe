"""What a view is to the network: its size, how its pixels come in, how it was stored.

Which views a picture gives is in the card (`models.training.ordinary.card`), and the program's own code makes them
(`desktop_app.imaging.views`). Training sees crops alone and needs none of that.
"""

SIDE = 192
"""Pixels a side of a view and of a training crop."""

# Normalisation of the input, in units of pixel / 255: ImageNet's, as the start weights want it.
MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)

FILE_MEAN, FILE_STD = 115 / 255, 0.226
"""The same of the shipped file, for every colour, whose first layer takes over the difference.

One level is one step of 8 bits then, so that rounding the input gives the pixel back; and near ImageNet's
numbers, so that the zeros around a view stay a middle grey, as in training.
"""

VIEWS_OF_KIND = {"resized": 4, "native": 2}
"""How many views the card asks for of either kind that the training crops have."""

STORED_QUALITY = 90
"""JPEG quality, 4:2:0, with which every crop is stored; views pass the same once."""
