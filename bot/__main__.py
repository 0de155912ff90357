"""The assistant process: `python -m bot` serves Rasa on loopback, behind the door."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bot.settings import BadSetting, Settings
from knowledge.sealing.ring import NoKeys, Ring

MODEL = "models/assistant.tar.gz"

# Read by Rasa and TensorFlow when they are imported.
QUIET = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "RASA_TELEMETRY_ENABLED": "false",
    "OMP_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "LOG_LEVEL": "WARNING",
    "PYTHONWARNINGS": "ignore",
}


def main() -> None:
    """Serve until stopped. A bad setting or a missing model ends the start with one line."""
    try:
        settings = Settings.from_environment()
    except BadSetting as error:
        sys.exit(f"assistant: {error}")
    try:
        Ring.chosen(settings.keys, Path(settings.keys_file))
    except NoKeys as error:
        sys.exit(f"assistant: WAYMARK_KEYS: {error}")
    model = Path(settings.var, MODEL)
    if not model.is_file():
        sys.exit(f"assistant: {model} is not there: run `make train`")
    os.environ.update(QUIET)
    os.environ["LOG_LEVEL"] = settings.log_level
    os.environ["WAYMARK_TRACKER_URL"] = settings.tracker_url
    os.environ["WAYMARK_REDIS_URL"] = settings.redis_url
    os.environ["WAYMARK_KEYS"] = settings.keys
    os.environ["WAYMARK_KEYS_FILE"] = settings.keys_file
    os.environ["WAYMARK_TURN_PATIENCE"] = str(settings.turn_patience)
    os.environ["WAYMARK_ACTIONS_URL"] = f"http://127.0.0.1:{settings.actions_port}/webhook"
    serve(settings, model)


def serve(settings: Settings, model: Path) -> None:
    """Load what all engines share, then serve with each in a process of its own."""
    from bot.without_tensorflow import keep_out

    keep_out()
    from bot.logs import say_only_where
    from bot.repairs import repair

    say_only_where(getattr(logging, settings.log_level))
    repair()
    import rasa.core.run  # noqa: F401 - what each engine would import for itself

    from bot.engines import divide
    from bot.ready import read_ahead
    from bot.trackers import prepare
    from bot.understand import NotTrained, trained
    from nlu.components.shared import embedding, fact_finder, recogniser

    for load in (embedding, recogniser, fact_finder):
        load()
    read_ahead()
    try:
        trained(model)
    except NotTrained as error:
        sys.exit(f"assistant: {error}")
    prepare(settings.tracker_url, settings.keys, settings.keys_file)
    divide(settings.engines, partial(run_engine, settings, model), settings.engine_patience)


def run_engine(settings: Settings, model: Path, number: int, sign: Callable[[], None]) -> None:
    """Run Rasa's server with one door and no API of its own; its loop calls ``sign``."""
    import rasa.core.run
    from rasa.core.utils import AvailableEndpoints

    from bot.action_server import ActionServer
    from bot.engines import live
    from bot.ready import warm_up

    async def begin_to_live(app: Any, _loop: Any) -> None:
        app.add_task(live(os.getppid(), sign))

    endpoints = AvailableEndpoints.read_endpoints("bot/endpoints.yml")
    endpoints.action = ActionServer.like(endpoints.action)
    rasa.core.run.serve_application(
        model_path=str(model),
        interface="127.0.0.1",
        port=settings.assistant_port + number,
        credentials="bot/credentials.yml",
        endpoints=endpoints,
        enable_api=False,
        server_listeners=[(warm_up, "after_server_start"), (begin_to_live, "after_server_start")],
    )


if __name__ == "__main__":
    logging.captureWarnings(True)
    main()
