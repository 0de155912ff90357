"""The standard's objects as JSON schemas, from hsds.yml."""

from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker

OBJECTS = yaml.safe_load(Path(__file__).with_name("hsds.yml").read_text("utf-8"))
UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"
FORMS: dict[str, Any] = {
    "any": {},
    "nothing": False,
    "string": {"type": "string", "minLength": 1},
    "integer": {"type": "integer", "minimum": 0},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "uuid": {"type": "string", "pattern": UUID},
    "uri": {"type": "string", "pattern": r"^https?://[^\s]+$"},
    "email": {"type": "string", "format": "email"},
    "date": {"type": "string", "format": "date"},
    "date-time": {"type": "string", "pattern": MOMENT},
    "time": {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"},
    "byday": {"type": "string", "pattern": r"^(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*$"},
    "freq": {"enum": ["WEEKLY", "MONTHLY"]},
    "status": {"enum": ["active", "inactive", "defunct", "temporarily closed"]},
    "location_type": {"enum": ["physical", "postal", "virtual"]},
    "extent": {"enum": ["geojson", "topojson", "kml", "text"]},
    "phone_type": {"enum": ["text", "voice", "fax", "cell", "video", "pager", "textphone"]},
}


def problems(name: str, item: Any) -> list[str]:
    """What an object has that the standard does not allow, or lacks."""
    schema = {"$ref": f"#/$defs/{name}", "$defs": {one: _schema(one) for one in OBJECTS}}
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(item)]


def _schema(name: str) -> dict[str, Any]:
    fields = OBJECTS[name]
    return {
        "type": "object",
        "properties": {field: _form(form) for field, form in fields.items()},
        "required": [field for field, form in fields.items() if form.endswith("!")],
    }


def _form(form: str) -> Any:
    form = form.removesuffix("!")
    if form.startswith("["):
        return {"type": "array", "items": _form(form.strip("[]"))}
    return FORMS.get(form, {"$ref": f"#/$defs/{form}"})
