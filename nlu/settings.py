"""Where the trained models lie: as every process reads it (WAYMARK_VAR, see .env.example)."""

from __future__ import annotations

import os
from pathlib import Path

MODELS = Path(os.environ.get("WAYMARK_VAR") or "var", "models")  # from the project's root
