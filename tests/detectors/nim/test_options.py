"""Addresses and names."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from desktop_app.detectors.nim import NimOptions
from desktop_app.detectors.nim.names import KNOWN_SOURCES, for_people, names_ai


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ai.api.nvidia.com",
        "ftp://nim.example",
        "https://",
        "https://[bad",
        "https://nim.example:99999",
        "https://user:word@nim.example",
        "http://nim.example",
        "http://127.0.0.1.nim.example",
    ],
)
def test_an_address_that_cannot_be_used_is_said_in_one_sentence(url: str) -> None:
    assert NimOptions(base_url=url).problem().endswith(".")


@pytest.mark.parametrize(
    "url", ["https://ai.api.nvidia.com", "http://127.0.0.1:8000", "http://[::1]:8000", "http://localhost"]
)
def test_an_address_that_keeps_the_key_is_fine(url: str) -> None:
    assert NimOptions(base_url=url).problem() == ""


def test_a_self_hosted_service_may_be_anywhere() -> None:
    assert NimOptions(base_url="http://10.0.0.7:8003", self_hosted=True).problem() == ""


def test_the_addresses_are_those_of_the_contract() -> None:
    hosted, own = NimOptions(deepfake=True), NimOptions(base_url="http://nim:8003/team/", self_hosted=True)
    assert hosted.infer_url == "https://ai.api.nvidia.com/v1/cv/hive/ai-generated-image-detection"
    assert hosted.faces_url == "https://ai.api.nvidia.com/v1/cv/hive/deepfake-image-detection"
    assert hosted.functions_base == "https://api.nvcf.nvidia.com"
    assert own.infer_url == "http://nim:8003/team/v1/infer"
    assert own.faces_url == ""
    assert own.functions_base == "http://nim:8003"
    assert NimOptions(base_url="https://evil-nvidia.com").functions_base == "https://evil-nvidia.com"


def test_every_source_of_the_contract_has_words() -> None:
    contract = set(re.findall(r"\w+", """
        sora pika haiper kling luma hedra runway flux sdxlinpaint stablediffusioninpaint otherimagegenerators
        bingimagecreator adobefirefly lcm dalle pixart glide stablediffusion imagen amused stablecascade midjourney
        deepfloyd gan stablediffusionxl vqdiffusion kandinsky wuerstchen titan ideogram none
    """))  # fmt: skip
    assert len(contract) == 31
    assert contract | {"inconclusive"} == KNOWN_SOURCES
    assert for_people("Stable_Diffusion-XL") == "Stable Diffusion XL"
    assert [names_ai(name) for name in ("none", "Inconclusive", "flux", "whatever")] == [False, False, True, True]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", "Unnamed source"),
        ("  ", "Unnamed source"),
        ("New\u202eModel 9", "NewModel 9"),
        ("x" * 99, "x" * 59 + "…"),
    ],
)
def test_unknown_sources_are_shown_as_they_come_but_harmless(name: str, shown: str) -> None:
    assert for_people(name) == shown


def test_importing_the_detector_does_not_import_httpx() -> None:
    code = "import sys, desktop_app.detectors.nim; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
