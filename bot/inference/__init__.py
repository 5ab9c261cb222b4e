"""Runs a bundle's models with ONNX Runtime; knows nothing of Discord."""
