"""Plots, as files: the curves of a training, and the latents of photos beside the standard normal."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from bot.bundle.files import whole
from training.faces.data.tensors import Floats

_SHOWN = 11


def plot_curves(history: Sequence[Mapping[str, float]], path: Path, steady: Mapping[str, float]) -> None:
    """Draw one curve for each name over ``step``, where it was logged; ``steady`` says where one should settle."""
    from matplotlib.figure import Figure

    names = [name for name in dict.fromkeys(name for row in history for name in row) if name not in ("step", "seconds")]
    figure = Figure(figsize=(4 * len(names), 3), layout="constrained")
    for axes, name in zip(figure.subplots(1, len(names), squeeze=False)[0], names, strict=True):
        logged = [row for row in history if name in row]
        axes.plot([row["step"] for row in logged], [row[name] for row in logged])
        if name in steady:
            axes.axhline(steady[name], linestyle=":", color="gray")
        axes.set_title(name)
        axes.set_xlabel("step")
    with whole(path) as beside:
        figure.savefig(beside, format="png", dpi=110)


def plot_latents(latents: Floats, path: Path) -> None:
    """Draw histograms of latents ``[n, d]``: all, and the first coordinates, beside the standard normal.

    They should follow it: what is drawn from the prior is a face only where the latents of photos are.
    """
    from matplotlib.figure import Figure

    x = np.linspace(-4, 4, 201)
    normal = np.exp(-x * x / 2) / np.sqrt(2 * np.pi)
    figure = Figure(figsize=(12, 6), layout="constrained")
    columns = [latents.ravel(), *latents.T[:_SHOWN]]
    for axes, values, name in zip(figure.subplots(3, 4).flat, columns, ["all", *map(str, range(_SHOWN))], strict=False):
        axes.hist(values, bins=60, range=(-4, 4), density=True, alpha=0.6)
        axes.plot(x, normal, color="black", linewidth=1)
        axes.set_title(f"{name}: {values.mean():.2f} ± {values.std():.2f}", fontsize=9)
    covariance = np.cov(latents.T)
    off = np.abs(covariance[~np.eye(len(covariance), dtype=bool)])
    figure.suptitle(
        f"posterior means: mean {np.abs(latents.mean(0)).mean():.2f} from 0,"
        f" variance {covariance.diagonal().mean():.2f}, covariance {off.mean():.2f} on average"
    )
    with whole(path) as beside:
        figure.savefig(beside, format="png", dpi=100)
