"""Training a DCGAN on the CPU: bfloat16 and channels last against float32, in one run on one core."""

import time
from collections.abc import Iterator

import torch

from benchmarks.figure import Figure, at_least
from training.faces.models.losses import discriminator_loss, generator_loss
from training.faces.models.networks import Discriminator, Generator

_BATCH, _SIZE, _LATENT, _WIDTH = 32, 64, 100, 64
_STEPS = 4


def measure() -> Iterator[Figure]:
    torch.set_num_threads(1)
    plain, fast = _rate(fast=False), _rate(fast=True)
    hardware = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    note = f"{plain:.0f} → {fast:.0f} pictures/s" + ("" if hardware else "; this CPU has no bfloat16 of its own")
    yield Figure("DCGAN in bf16 and channels last against fp32", fast / plain, "×", "≥ 1.7", at_least(1.7), note)


def _rate(*, fast: bool) -> float:
    memory = torch.channels_last if fast else torch.contiguous_format
    generator, critic = Generator(_SIZE, _WIDTH, _LATENT), Discriminator(_SIZE, _WIDTH, "batch")
    for network in (generator, critic):
        network.to(memory_format=memory)  # type: ignore[call-overload]
    optimizers = [torch.optim.Adam(network.parameters(), 2e-4) for network in (critic, generator)]
    real = torch.rand(_BATCH, 3, _SIZE, _SIZE).to(memory_format=memory)
    began = time.perf_counter()
    for step in range(_STEPS + 1):
        if step == 1:
            began = time.perf_counter()  # the first one sets things up
        with torch.autocast("cpu", torch.bfloat16, enabled=fast):
            drawn = generator(torch.randn(_BATCH, _LATENT))
            losses = discriminator_loss(critic(real), critic(drawn.detach())), generator_loss(critic(drawn))
        for optimizer, loss in zip(optimizers, losses, strict=True):
            optimizer.zero_grad()
            loss.backward(retain_graph=True)  # type: ignore[no-untyped-call]
        for optimizer in optimizers:
            optimizer.step()
    return _STEPS * _BATCH / (time.perf_counter() - began)
