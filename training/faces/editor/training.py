"""The training of an editor: a teacher first, whose copy becomes the critic, then editor and critic by turns.

Each step depends on its number alone. Knows nothing of files.
"""

import copy
import math
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.common.trainer import precision
from training.faces.attributes.expression import Expression
from training.faces.editor.adversarial import ADVERSARIAL
from training.faces.editor.config import EditorConfig
from training.faces.editor.critic import Critic, jittered
from training.faces.editor.examples import Examples
from training.faces.editor.fields import apply
from training.faces.editor.losses import editor_loss
from training.faces.editor.network import EditorNetwork
from training.faces.editor.sampling import Sampler

_TEACHER_RATE, _CRITIC_RATE = 1e-3, 5e-4
_LESSON = (24, 16, 8)
"""Faces a step of the teacher: smiling, neutral, and neutral ones made of smiling ones."""
_PAIRS, _KEPT_SHARE = 4, 0.75
"""Of each step: pairs, and faces that should stay as they are, for each of the neutral ones."""
_DECAY, _LONGEST_STEP = 0.995, 5.0
_WARM_UP, _FALL = 50, 0.3
"""Steps in which the rate rises, and the share of the training at its end in which it falls."""


class EditorTraining:
    """The networks of a training with their optimisers."""

    def __init__(self, config: EditorConfig, examples: Examples, expression: Expression) -> None:
        """Begin at the first step."""
        torch.manual_seed(config.seed)
        self.config, self._expression = config, expression.requires_grad_(requires_grad=False)
        self._adversarial = ADVERSARIAL[config.critic]
        self._sampler = Sampler(examples, config.seed, config.hard_light)
        network = EditorNetwork(8 * config.width, torch.from_numpy(examples.mean_flow))
        self.network, self.critic, self.teacher = network, Critic(), Critic()
        for module in (network, self.critic, self.teacher):
            module.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch knows it
        self.averaged = copy.deepcopy(self.network).requires_grad_(requires_grad=False)
        self._optimizers = {
            "teacher": torch.optim.Adam(self.teacher.parameters(), _TEACHER_RATE),
            "editor": torch.optim.Adam(self.network.parameters(), config.rate, (0.5, 0.99)),
            "critic": torch.optim.Adam(self.critic.parameters(), _CRITIC_RATE, (0.0, 0.99)),
        }
        self.taught, self.step = 0, 0
        self._critic_is_new = True

    def teach(self) -> dict[str, float]:
        """Take one step of the teacher, which tells smiling windows from neutral ones; its copy becomes the critic."""
        self._sampler.begin("teacher", self.taught)
        right = torch.cat([torch.ones(_LESSON[0]), torch.zeros(sum(_LESSON[1:]))])
        with _narrow():
            odds = self.teacher.smiling(jittered(self._sampler.lesson(*_LESSON)))
        self._descend("teacher", functional.binary_cross_entropy_with_logits(odds, right))
        self.taught += 1
        if self.taught == self.config.teaching and self._critic_is_new:
            self.critic.load_state_dict(self.teacher.state_dict())
        return {"right": float(((odds > 0) == (right > 0)).float().mean())}

    def advance(self) -> dict[str, float]:
        """Take one step of the critic and one of the editor; return the values to log."""
        self._set_rates()
        critic_loss_value = self._criticise()
        self._sampler.begin("editor", self.step)
        batch = self._sampler.batch(self.config.batch, _PAIRS, round(_KEPT_SHARE * self.config.batch))
        self.critic.requires_grad_(requires_grad=False)
        self.teacher.requires_grad_(requires_grad=False)
        with _narrow():
            loss, terms = editor_loss(
                self.network, self.critic, self._adversarial.editor, self.teacher, self._expression, batch
            )
        self._descend("editor", loss)
        self.critic.requires_grad_(requires_grad=True)
        self._average()
        self.step += 1
        return {"telling apart": critic_loss_value} | {name: float(term.detach()) for name, term in terms.items()}

    def state(self) -> dict[str, Any]:
        """Return all that a stopped training goes on from."""
        networks = {"network": self.network, "averaged": self.averaged, "critic": self.critic, "teacher": self.teacher}
        return {
            **{name: network.state_dict() for name, network in networks.items()},
            "optimizers": {name: optimizer.state_dict() for name, optimizer in self._optimizers.items()},
            "taught": self.taught,
            "step": self.step,
            "critic is new": self._critic_is_new,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from what :meth:`state` returned."""
        for name in ("network", "averaged", "critic", "teacher"):
            getattr(self, name).load_state_dict(state[name])
        for name, optimizer in self._optimizers.items():
            optimizer.load_state_dict(state["optimizers"][name])
        self.taught, self.step = int(state["taught"]), int(state["step"])
        self._critic_is_new = bool(state.get("critic is new", True))

    def begin_from(self, weights: Mapping[str, Tensor]) -> None:
        """Begin with the weights of another editor; its teacher and critic are learnt anew, from these faces."""
        for network in (self.network, self.averaged):
            network.load_state_dict(weights)

    def begin_from_run(self, state: Mapping[str, Any]) -> None:
        """Begin with the averaged editor of another training, of which :meth:`state` is, its teacher and its critic."""
        self.begin_from(state["averaged"])
        self.teacher.load_state_dict(state["teacher"])
        self.critic.load_state_dict(state["critic"])
        self._critic_is_new = False

    def _criticise(self) -> float:
        self._sampler.begin("critic", self.step)
        batch = self._sampler.batch(self.config.batch)
        window = batch.windows
        with torch.no_grad(), _narrow():
            changed = jittered(apply(window, self.network.sorted_by_way(window, batch.strength)))
        real = jittered(self._sampler.real(batch.sort))
        with _narrow():
            loss = self._adversarial.critic(self.critic, real, changed, batch.sort, self.step)
        self._descend("critic", loss)
        return float(loss.detach())

    def _descend(self, name: str, loss: Tensor) -> None:
        optimizer = self._optimizers[name]
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        if name == "editor":
            nn.utils.clip_grad_norm_(self.network.parameters(), _LONGEST_STEP)
        optimizer.step()

    def _set_rates(self) -> None:
        left = 1 - self.step / self.config.steps
        share = min(1.0, left / _FALL, (self.step + 1) / _WARM_UP)
        for name, rate in (("editor", self.config.rate), ("critic", _CRITIC_RATE)):
            for group in self._optimizers[name].param_groups:
                group["lr"] = share * rate

    def _average(self) -> None:
        """Let the averaged weights follow: over few steps at first, in the end over some hundred."""
        keep = min(_DECAY, (self.step + 1) / (self.step + 21))
        with torch.no_grad():
            for mean, now in zip(self.averaged.parameters(), self.network.parameters(), strict=True):
                mean.lerp_(now, 1 - keep)


def _narrow() -> torch.autocast:
    """Multiply in 16 bits where the hardware does."""
    return torch.autocast("cpu", torch.bfloat16, enabled=precision() == "bf16-mixed")


def is_finite(values: dict[str, float]) -> bool:
    """Return whether a training is still one."""
    return all(math.isfinite(value) for value in values.values())
