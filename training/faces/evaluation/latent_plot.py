"""Whether a VAE's latents follow the standard normal, as the club asked of theirs: a picture with figures."""

from pathlib import Path

import numpy as np

from training.common.files import whole
from training.faces.directions.class_difference import Floats

_SHOWN = 11


def latent_check(latents: Floats, path: Path) -> None:
    """Draw histograms of the first coordinates of ``latents [n, d]``, and of all, beside the standard normal."""
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
