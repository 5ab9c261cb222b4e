"""The models of a bundle, loaded: a text network that speaks, faces where it has some. Knows nothing of who asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.bundle import Bundle, VerbatimFilter
from bot.inference.answerer import Answerer, least_likely
from bot.inference.artist import Artist, open_artist
from bot.inference.dreamer import Dreamer, open_dreamer
from bot.inference.features import FeatureNetwork, open_features
from bot.inference.filler import Filler, open_filler
from bot.inference.lines import Lines
from bot.inference.mixture import Mixture, NgramTable
from bot.inference.painter import Painter, open_painter
from bot.inference.picker import open_picker
from bot.inference.pulse import Pulse, open_pulse
from bot.inference.quotes import Quotes
from bot.inference.reactions import Reactor, open_reactor
from bot.inference.scene import SceneWriter, open_scenes
from bot.inference.session import Provider
from bot.inference.songwriter import Songwriter, open_songwriter
from bot.inference.speaker import Speaker
from bot.inference.text_session import open_text


@dataclass(frozen=True, slots=True)
class LoadedModels:
    """A bundle, its speaker and answerer, what else it has or None, and what it runs on.

    ``members`` are speakers who sound like one member alone, by name.
    ``requested_provider`` is the one that was asked for, ``active_provider`` is ``CUDA`` or ``CPU``.
    """

    bundle: Bundle
    speaker: Speaker
    answerer: Answerer
    requested_provider: Provider
    active_provider: str
    artist: Artist | None = None
    filler: Filler | None = None
    reactor: Reactor | None = None
    members: Mapping[str, Speaker] = field(default_factory=dict)
    pulse: Pulse | None = None
    dreamer: Dreamer | None = None
    features: FeatureNetwork | None = None
    scenes: SceneWriter | None = None
    painter: Painter | None = None
    songwriter: Songwriter | None = None


def open_models(folder: Path, provider: Provider = "auto") -> LoadedModels:
    """Open the bundle in ``folder``; raises as :meth:`Bundle.open` and :func:`models_of` do."""
    return models_of(Bundle.open(folder), provider)


def models_of(bundle: Bundle, provider: Provider = "auto") -> LoadedModels:
    """Return the models of a bundle.

    Raises:
        BundleError: the bundle must not be served.
        ProviderError: the GPU was asked for by name and is not in use.
    """
    session = open_text(bundle, provider)
    text = bundle.model("text")
    verbatim = VerbatimFilter.open(bundle.path(text.verbatim)) if text.verbatim else None
    table = NgramTable.open(bundle.path(text.ngrams), len(session.tokenizer)) if text.ngrams else None
    network = session if table is None or table.layout.weight == 1 else Mixture(session, table)
    picker = open_picker(bundle, provider)
    lines = Lines(picker, session.tokenizer) if picker else None
    quotes = Quotes(picker.lines, picker.exchanges, session.tokenizer) if picker else None
    speaker = Speaker(network, session.tokenizer, verbatim, lines, quotes)
    answerer = Answerer(speaker, session.tokenizer, picker, least_likely(text.metrics))
    # What the group shares is nobody's own: a member is the network alone, as it was measured.
    members = {
        name: Speaker(session.beginning_with(start), session.tokenizer, verbatim)
        for name, start in text.speakers.items()
    }
    return LoadedModels(
        bundle,
        speaker,
        answerer,
        provider,
        session.provider,
        artist=open_artist(bundle, provider),
        filler=open_filler(bundle, session.tokenizer, verbatim, provider, table),
        reactor=open_reactor(bundle, session.tokenizer, provider),
        members=members,
        pulse=open_pulse(bundle, provider),
        dreamer=open_dreamer(bundle, provider),
        features=open_features(bundle, provider),
        scenes=open_scenes(bundle, session.tokenizer, verbatim, provider),
        painter=open_painter(bundle, provider),
        songwriter=open_songwriter(bundle, session.tokenizer, verbatim, provider, session),
    )
