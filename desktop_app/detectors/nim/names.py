"""Sources' names in people's words.

The 31 names of the contract, and ``inconclusive``, which Hive's own service knows. The set is open: a name that is
not here is shown as it comes. Spellings are those of the makers.
"""

from __future__ import annotations

from desktop_app.core.text import plain

NO_SOURCE = "none"
INCONCLUSIVE = "inconclusive"

_NAMES = {
    "sora": "Sora",
    "pika": "Pika",
    "haiper": "Haiper",
    "kling": "Kling",
    "luma": "Luma",
    "hedra": "Hedra",
    "runway": "Runway",
    "flux": "FLUX",
    "sdxlinpaint": "Stable Diffusion XL, inpainting",
    "stablediffusioninpaint": "Stable Diffusion, inpainting",
    "otherimagegenerators": "Another image generator",
    "bingimagecreator": "Bing Image Creator",
    "adobefirefly": "Adobe Firefly",
    "lcm": "Latent Consistency Model",
    "dalle": "DALL·E",
    "pixart": "PixArt",
    "glide": "GLIDE",
    "stablediffusion": "Stable Diffusion",
    "imagen": "Imagen",
    "amused": "aMUSEd",
    "stablecascade": "Stable Cascade",
    "midjourney": "Midjourney",
    "deepfloyd": "DeepFloyd IF",
    "gan": "GAN (any)",
    "stablediffusionxl": "Stable Diffusion XL",
    "vqdiffusion": "VQ-Diffusion",
    "kandinsky": "Kandinsky",
    "wuerstchen": "Würstchen",
    "titan": "Amazon Titan",
    "ideogram": "Ideogram",
    NO_SOURCE: "No source named",
    INCONCLUSIVE: "Inconclusive",
}

KNOWN_SOURCES = frozenset(_NAMES)
"""Normalised names that have words of their own."""

_NOT_AI = frozenset({NO_SOURCE, INCONCLUSIVE})
_LONGEST_NAME = 60


def normalised(name: str) -> str:
    """Return a source's name in lower case and without ``_``, ``-`` and spaces, as clients compare them."""
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")


def for_people(name: str) -> str:
    """Return a source's name to show: one harmless line of at most 60 characters."""
    return _NAMES.get(normalised(name)) or plain(name.strip(), _LONGEST_NAME) or "Unnamed source"


def names_ai(name: str) -> bool:
    """Whether the name is that of a generator; ``none`` and ``inconclusive`` are not."""
    return normalised(name) not in _NOT_AI
