"""Lightning's trainer beside what else lives in the process."""

import subprocess
import sys

_TRAINS_AND_CUTS = """
import threading, time
import jpype, lightning.pytorch as pl, torch
from training.common.trainer import new_trainer
from training.text.tokenization import okt

class Nothing(pl.LightningModule):
    def training_step(self, batch, index):
        return None
    def configure_optimizers(self):
        return None

okt.analyser()
new_trainer([], epochs=1, logger=False, enable_checkpointing=False).fit(Nothing(), torch.utils.data.DataLoader([0]))
cutting = threading.Thread(target=lambda: [okt.split(["안녕하세요"] * 2000) for _ in range(4)])
cutting.start()
while cutting.is_alive():
    jpype.java.lang.System.gc()
    time.sleep(0.05)
print("alive")
"""


def test_okt_cuts_words_while_java_collects_garbage_after_a_training_in_the_same_process():
    ended = subprocess.run([sys.executable, "-c", _TRAINS_AND_CUTS], capture_output=True, text=True, check=False)

    assert ended.stdout.strip().endswith("alive"), (ended.returncode, ended.stderr)
