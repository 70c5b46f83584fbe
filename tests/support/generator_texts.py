"""The texts that generators leave in their files, made up for tests."""

from __future__ import annotations

import json
from typing import Any

A1111 = (
    "a lighthouse in fog\nNegative prompt: people\n"
    "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 512x512, Model: marine_v2"
)
AIGC = {"Label": "1", "ContentProducer": "00119144030007842405", "ProduceID": "a1b2c3"}
GROK_SIGNATURE = "Signature: " + "QUJD" * 20 + "=="
GROK_ARTIST = "0b8d7c1e-1111-4222-8333-444455556666"


def comfy_graph(kind: str = "KSampler") -> dict[str, Any]:
    """Return ComfyUI's prompt: a text, a checkpoint and a node of ``kind`` that takes them."""
    return {
        "1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "marine_v2.safetensors"}},
        "2": {"class_type": "CLIPTextEncode", "inputs": {"text": "a lighthouse in fog", "clip": ["1", 1]}},
        "3": {
            "class_type": kind,
            "inputs": {
                "sampler_name": "euler",
                "steps": 20,
                "cfg": 7.0,
                "seed": 42,
                "model": ["1", 0],
                "positive": ["2", 0],
            },
        },
    }


def comfy_workflow() -> dict[str, Any]:
    """Return the links of :func:`comfy_graph`."""
    return {"links": [[1, 1, 0, 3, 0, "MODEL"], [2, 2, 0, 3, 1, "CONDITIONING"], [3, 1, 1, 2, 0, "CLIP"]]}


FOOOCUS = {
    "base_model": "marine_v2",
    "base_model_hash": "abc123",
    "sampler": "dpmpp_2m",
    "steps": 30,
    "prompt": "a lighthouse in fog",
    "negative_prompt": "",
    "version": "Fooocus v2.4.1",
}
NOVELAI = {
    "Title": "AI generated image",
    "Description": "a lighthouse in fog",
    "Software": "NovelAI",
    "Source": "Stable Diffusion 1D44365E",
    "Comment": json.dumps({"sampler": "k_euler", "steps": 28, "seed": 42, "scale": 11, "uc": "people"}),
}
INVOKEAI = {
    "app_version": "4.2.0",
    "generation_mode": "txt2img",
    "positive_prompt": "a lighthouse in fog",
    "negative_prompt": "people",
    "scheduler": "euler",
    "model": {"model_name": "marine_v2"},
}
EASY_DIFFUSION = {
    "prompt": "a lighthouse in fog",
    "negative_prompt": "people",
    "use_stable_diffusion_model": "marine_v2",
    "num_inference_steps": 25,
    "sampler_name": "euler",
}
DRAW_THINGS = {"c": "a lighthouse in fog", "uc": "people", "model": "marine_v2", "sampler": "Euler a", "steps": 20}
SWARMUI = {"sui_image_params": {"prompt": "a lighthouse in fog", "negativeprompt": "people", "model": "marine_v2"}}
MIDJOURNEY = "a lighthouse in fog --v 6 Job ID: 0b8d7c1e-1111-4222-8333-444455556666"
