"""From a decoded picture to an estimate: model cards, onnxruntime, meaning, registry."""
