"""OpenVINO, kept from reporting its use: merely importing it would send an event over the network."""

import sys

# without this package, which comes with it, OpenVINO takes a stub that sends nothing
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]

import openvino  # noqa: E402

__all__ = ["openvino"]
