"""Values that JSON lacks, as the scripts write them: `{"$": tag, "of": ...}` (docs/probe.md, "Values")."""

import json
import math


class Undefined:
    """What a handler returns that returns nothing, and the session where there is none."""

    def __repr__(self):
        return "undefined"


UNDEFINED = Undefined()


class Unsendable:
    """A value without a JSON form: a bigint, a symbol, a function. `written` is how a trace writes it."""

    def __init__(self, written, throws=False):
        self.written, self.throws = written, throws


class Date:
    def __init__(self, text):
        self.text = text


class WithToJson:
    """An object whose JSON form is another value's, or an error."""

    def __init__(self, written, form=UNDEFINED, throws=False):
        self.written, self.form, self.throws = written, form, throws


class Bytes(bytearray):
    """Bytes that remember whether they were an array, a buffer or a view of one: `tag`."""

    tag = "bytes"


class Frozen(dict):
    """An object that nobody may change."""


FUNCTION = {"$": "function"}


def _bytes(tag, text):
    made = Bytes(bytes.fromhex(text))
    made.tag = tag
    return made


def _cycle():
    loop = {"name": "cycle"}
    loop["self"] = loop
    return loop


def build(tagged):
    """The value that `tagged` stands for."""
    if isinstance(tagged, list):
        return [build(item) for item in tagged]
    if not isinstance(tagged, dict):
        return tagged
    if "$" not in tagged:
        return {key: build(value) for key, value in tagged.items()}
    tag, of = tagged["$"], tagged.get("of")
    if tag in ("bytes", "buffer", "view"):
        return _bytes(tag, of)
    if tag == "repeat":
        return of[0] * of[1]
    if tag == "frozen":
        made = build(of)
        return Frozen(made) if isinstance(made, dict) else made
    if tag == "object":
        return {key: build(value) for key, value in of}
    if tag == "toJSON":
        return WithToJson({"hidden": True, "toJSON": FUNCTION}, build(of))
    simple = {
        "undefined": lambda: UNDEFINED,
        "nan": lambda: math.nan,
        "infinity": lambda: math.inf,
        "-0": lambda: -0.0,
        "date": lambda: Date(of),
        "bigint": lambda: Unsendable(tagged, throws=True),
        "symbol": lambda: Unsendable(tagged),
        "function": lambda: Unsendable(FUNCTION),
        "cycle": _cycle,
        "throwing toJSON": lambda: WithToJson({"toJSON": FUNCTION}, throws=True),
        "undefined toJSON": lambda: WithToJson({"toJSON": FUNCTION}),
    }
    return simple[tag]()


def describe(value, depth=0):
    """`value` written down for the trace: the reverse of `build`. Never fails; what lies too deep is cut."""
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, float):
        if math.isnan(value):
            return {"$": "nan"}
        if math.isinf(value):
            return {"$": "infinity"}
        return {"$": "-0"} if value == 0 and math.copysign(1, value) < 0 else value
    if value is UNDEFINED:
        return {"$": "undefined"}
    if isinstance(value, (Unsendable, WithToJson)):
        return value.written
    if depth > 64:
        return {"$": "cut"}
    if isinstance(value, list):
        return [describe(item, depth + 1) for item in value]
    if isinstance(value, (bytes, bytearray)):
        return {"$": getattr(value, "tag", "bytes"), "of": value.hex()}
    if isinstance(value, Date):
        return {"$": "date", "of": value.text}
    written = [(key, describe(each, depth + 1)) for key, each in value.items()]
    if "$" in value or "__proto__" in value:
        return {"$": "object", "of": [list(pair) for pair in written]}
    return dict(written)


def mutate(value):
    """Leaves a mark on a value, if it is one that can be changed."""
    if isinstance(value, bytearray):
        value[:] = b"\xff" * len(value)
    elif isinstance(value, list):
        for nested in list(value):
            mutate(nested)
        value.append("mutated")
    elif isinstance(value, dict) and not isinstance(value, Frozen):
        for nested in list(value.values()):
            if nested is not value:
                mutate(nested)
        value["mutated"] = True


def _whole(text):
    # Numbers are doubles on the wire: -0 is one of its own, and long ones lose their last digits.
    return float(text) if text == "-0" or len(text) > 15 else int(text)


def _no_constant(text):
    raise ValueError(f"{text} is no JSON")


_decoder = json.JSONDecoder(parse_int=_whole, parse_constant=_no_constant)


def parse(text):
    """The JSON value of `text`. Raises ValueError where it is none."""
    return _decoder.decode(text)


def is_well_formed(text):
    return not any("\ud800" <= char <= "\udfff" for char in text)
