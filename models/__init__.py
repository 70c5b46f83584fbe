"""The bundled models: ONNX files, their cards, and the code that trains them."""
