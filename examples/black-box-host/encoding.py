"""What goes to clients: values, replies and error replies in the wire format. Pure."""

import json
import math

from errors import PublicError
from values import UNDEFINED, Date, Unsendable, WithToJson, is_well_formed

ESCAPED = json.JSONEncoder(ensure_ascii=True).encode


def to_json(value):
    """The JSON text of a value. Raises TypeError where it has none."""
    try:
        text = _write(value, ())
    except (ValueError, RecursionError) as error:
        raise TypeError("the value cannot be written as JSON") from error
    if text is None:
        raise TypeError("the value has no JSON form")
    return text


def _write(value, above):
    """None for what is left out of objects, and is null in lists."""
    if value is UNDEFINED or (isinstance(value, Unsendable) and not value.throws):
        return None
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return ESCAPED(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return "null"
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)
    if isinstance(value, Date):
        return ESCAPED(value.text)
    if isinstance(value, Unsendable):
        raise ValueError("no JSON form")
    if isinstance(value, WithToJson):
        if value.throws:
            raise ValueError("toJSON threw")
        return _write(value.form, above)
    if any(value is each for each in above):
        raise ValueError("a cycle")
    above = (*above, value)
    if isinstance(value, (bytes, bytearray)):
        return "{" + ",".join(f'"{index}":{byte}' for index, byte in enumerate(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_write(item, above) or "null" for item in value) + "]"
    pairs = ((key, _write(each, above)) for key, each in value.items())
    return "{" + ",".join(f"{ESCAPED(key)}:{text}" for key, text in pairs if text is not None) + "}"


def encode(value):
    """What `send`, `publish` and unrouted returns send: text, or bytes nobody else holds. Raises TypeError."""
    if isinstance(value, str):
        if not is_well_formed(value):
            raise TypeError("an ill-formed string cannot be sent as text")
        return value
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    if value is UNDEFINED:
        raise TypeError("undefined cannot be sent")
    return to_json(value)


def encode_routed(value, key, action):
    """What the return value of a handler that `key` led to sends. Raises TypeError."""
    if value is UNDEFINED:
        return to_json({key: action})
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    text = to_json(value)
    made = json.loads(text)
    return to_json({**made, key: action}) if isinstance(made, dict) else to_json({key: action, "result": made})


def encode_error(error, held):
    """The reply to a message that failed: public errors show themselves, everything else is masked."""
    reply = {"error": "Internal error", "errorName": "InternalError"}
    if isinstance(error, PublicError):
        reply = {"error": str(error), "errorName": error.name}
    return to_json({**reply, **held})


def json_copy(value, above=()):
    """A copy of a value that survives JSON unchanged. Raises TypeError for any other."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float) and math.isfinite(value) and not (value == 0 and math.copysign(1, value) < 0):
        return value
    if not isinstance(value, (dict, list)) or any(value is each for each in above):
        raise TypeError("not a JSON value")
    above = (*above, value)
    if isinstance(value, list):
        return [json_copy(item, above) for item in value]
    return {key: json_copy(each, above) for key, each in value.items()}
