"""Rasa's own server with Rasa's own configuration: `serve MODEL PORT ACTIONS_URL [repaired]`.

`repaired` compiles its schema check once, as bot/repairs.py does, and changes nothing else.
"""

from __future__ import annotations

import logging
import os
import sys

QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1", "LOG_LEVEL": "ERROR"}


def main(model: str, port: str, actions: str, *how: str) -> None:
    """Serve until stopped."""
    os.environ.update(QUIET)
    import rasa.core.run
    from rasa.core.actions.action import RemoteAction
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.endpoints import EndpointConfig
    from rasa.utils.log_utils import configure_structlog

    from bot.repairs import _validate_action_result

    logging.disable(logging.CRITICAL)
    configure_structlog(logging.CRITICAL)
    if "repaired" in how:
        RemoteAction._validate_action_result = _validate_action_result
    rasa.core.run.serve_application(
        model_path=model,
        interface="127.0.0.1",
        port=int(port),
        channel="rest",
        endpoints=AvailableEndpoints(action=EndpointConfig(actions)),
        enable_api=False,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
