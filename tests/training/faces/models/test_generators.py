"""The table of generators, and the settings that each takes."""

import pytest

from training.common.errors import ConfigError
from training.faces.models import GENERATORS, build_generator, config_of


@pytest.mark.parametrize("kind", GENERATORS)
def test_each_generator_is_built_from_its_name_with_steps_and_rate_of_its_own(kind: str) -> None:
    config = config_of({"kind": kind, "width": 4, "latent": 8})
    assert (config.steps, config.rate) == (GENERATORS[kind].steps, GENERATORS[kind].rate)
    module = build_generator(config, 32)
    assert module.ema_generator(module.sample_latents(2)).shape == (2, 3, 32, 32)


def test_what_is_given_wins_over_a_generators_own() -> None:
    assert config_of({"kind": "vae", "steps": 5}).steps == 5


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"kind": "vae", "hinge": True}, "--hinge goes with dcgan"),
        ({"kind": "vae", "augment": True}, "--augment goes with dcgan and wgan-gp"),
        ({"kind": "wgan-gp", "perceptual": 2.0}, "--perceptual goes with vae"),
        ({"kind": "wgan_gp"}, "vae, dcgan, wgan-gp"),
        ({"kind": "vae", "depth": 3}, "--depth"),
        ({}, "vae, dcgan, wgan-gp"),
    ],
)
def test_a_setting_of_another_generator_is_refused_by_its_flag(settings: dict[str, object], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        config_of(settings)


def test_a_run_of_an_earlier_version_has_the_settings_of_all_generators_and_is_read() -> None:
    everything = {"latent": 8, "width": 4, "steps": 6, "batch": 8, "every": 2, "seed": 7}
    everything |= {"augment": True, "hinge": False, "perceptual": 0}
    config = config_of({"kind": "wgan-gp", "rate": 1e-4, **everything})
    assert config == config_of(
        {
            "kind": "wgan-gp",
            "augment": True,
            **{name: everything[name] for name in ("latent", "width", "steps", "batch", "every", "seed")},
        }
    )
    assert "hinge" not in config.to_json()
