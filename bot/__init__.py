"""The Discord bot: serves a bundle, and knows nothing of how one is trained or exported."""

import os

__version__ = "0.2.0"

# ONNX Runtime reads it when it is imported; else it keeps a number of this machine and reports uses to Microsoft.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
