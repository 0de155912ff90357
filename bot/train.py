"""Training the assistant: `python -m bot.train FOLDER` writes FOLDER/assistant.tar.gz."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from pathlib import Path


def train(folder: str) -> None:
    """Train from config.yml, bot/ and nlu/en/. Ends with one line when Rasa refuses."""
    warnings.simplefilter("ignore")
    from rasa.api import train as rasa_train
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)  # or it prints every rule it looks at

    result = rasa_train(
        domain="bot/domain",
        config="config.yml",
        training_files=["bot/rules", "bot/stories", "nlu/en"],
        output=folder,
        fixed_model_name="assistant",
        force_training=True,  # Rasa does not see when nlu/examples/ or our own code changed
    )
    if result.code != 0 or not Path(folder, "assistant.tar.gz").is_file():
        sys.exit(f"assistant: training failed (code {result.code})")


if __name__ == "__main__":
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    train(sys.argv[1])
