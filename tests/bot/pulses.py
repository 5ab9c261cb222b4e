"""A bundle's pulse that a test can foretell: it expects twice what is usual, and another week than was."""

from datetime import date, datetime
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from bot.bundle import Bundle, File, Manifest, Model, Role, pulse_signature, sha256_of
from bot.bundle.pulse import DAY, WEEK, PulseCounts, YearCounts

END = datetime(2026, 11, 19, 12)
"""Thursday at noon, when the clocks of the tests are turned to."""
YEAR = YearCounts(
    first=date(2025, 3, 1),
    last=date(2025, 12, 31),
    months=(0, 0, 910, 1200, 800, 700, 650, 900, 1000, 1100, 1150, 1290),
    busiest_day=date(2025, 7, 3),
    busiest_day_count=320,
    busiest_weekday=4,
    busiest_hour=22,
    quietest_hour=5,
    silent_days=12,
)
LATER = YearCounts(
    first=date(2026, 1, 1),
    last=date(2026, 11, 19),
    months=(500, 400, 300, 200, 100, 90, 80, 70, 60, 50, 40, 0),
    busiest_day=date(2026, 1, 2),
    busiest_day_count=90,
    busiest_weekday=6,
    busiest_hour=0,
    quietest_hour=4,
    silent_days=0,
)


def usual_week() -> NDArray[np.float32]:
    """Return one message in each hour, four at 22, and eight on Saturday at 21."""
    week = np.ones((7, DAY), np.float32)
    week[:, 22] = 4
    week[5, 21] = 8
    return week.reshape(WEEK)


def doubling_graph(week: NDArray[np.float32]) -> bytes:
    """Return a graph that expects the usual of an hour and, of each message an hour a day before, one more."""
    numbers = [
        numpy_helper.from_array(week, "week"),
        *(numpy_helper.from_array(np.array([value], np.int64), name) for name, value in
          (("ahead", WEEK), ("yesterday", WEEK - DAY), ("end", WEEK + DAY), ("now", WEEK), ("axis", 1))),
    ]  # fmt: skip
    nodes = [
        helper.make_node("Slice", ["hours", "ahead", "end", "axis"], ["after"]),
        helper.make_node("Gather", ["week", "after"], ["usual"]),
        helper.make_node("Slice", ["counts", "yesterday", "now", "axis"], ["before"]),
        helper.make_node("Slice", ["holidays", "ahead", "end", "axis"], ["off"]),
        helper.make_node("Add", ["usual", "before"], ["sum"]),
        helper.make_node("Add", ["sum", "off"], ["expected"]),
    ]
    inputs, outputs = pulse_signature()
    kinds = {"float32": TensorProto.FLOAT, "int64": TensorProto.INT64}
    described = [
        [helper.make_tensor_value_info(one.name, kinds[one.dtype], one.shape) for one in every]
        for every in (inputs, outputs)
    ]
    graph = helper.make_graph(nodes, "doubling", *described, numbers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def counts(reach: int = 0, end: datetime = END, **more: object) -> PulseCounts:
    """Return what such a bundle has counted; with a reach ten messages in each hour of the last week."""
    recent = (10,) * WEEK if reach else ()
    kept = PulseCounts(end, reach, 52, recent, years={2025: YEAR, 2026: LATER})
    return PulseCounts(**{name: getattr(kept, name) for name in PulseCounts.__dataclass_fields__} | more)


def add_pulse(folder: Path, counted: PulseCounts | None = None, week: NDArray[np.float32] | None = None) -> Path:
    """Add such a pulse to the bundle in ``folder``."""
    bundle = Bundle.open(folder)
    (folder / "pulse.onnx").write_bytes(doubling_graph(usual_week() if week is None else week))
    (folder / "pulse.json").write_text((counted or counts()).to_json(), encoding="utf-8")
    graph, kept = (File(name, sha256_of(folder / name)) for name in ("pulse.onnx", "pulse.json"))
    model = Model(Role.PULSE, graph, *pulse_signature(), {"reach_days": 0}, data=kept)
    manifest = Manifest(bundle.manifest.made, {**bundle.manifest.models, "pulse": model})
    (folder / "manifest.json").write_text(manifest.to_json(), encoding="utf-8")
    return folder
