"""The models by their names: the one place that knows them all."""

from training.faces.attributes.classifier import Network
from training.faces.config import FacesConfig
from training.faces.models.gan import Dcgan, WganGp
from training.faces.models.module import FacesModule
from training.faces.models.vae import Vae


def build_generator(config: FacesConfig, size: int, classifier: Network | None = None) -> FacesModule:
    """Return a fresh model for pictures of ``size`` pixels; ``classifier`` is for a VAE's perceptual term."""
    if config.kind == "vae":
        return Vae(config, size, classifier)
    return Dcgan(config, size) if config.kind == "dcgan" else WganGp(config, size)
