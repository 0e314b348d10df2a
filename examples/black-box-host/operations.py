"""What each operation of a script does (docs/probe.md, "Scripts"). A value or an awaitable is given back."""

import asyncio

from values import UNDEFINED, build, mutate


def _who(call, who):
    return who["id"] if isinstance(who, dict) else call.event.channel_id


def _with_value(call_it, op):
    """Builds the value, makes the call, and where asked changes the value right after, or shows it again later."""
    value = build(op.get("value"))
    result = call_it(value)
    if op.get("then") == "mutate":
        mutate(value)
    return _watched(result, value) if op.get("then") == "watch" and op.get("mode") != "float" else result


async def _watched(result, value):
    await result
    return value


def _mutate(call, op):
    targets = {"data": call.data, "openingData": call.event.opening_data, "session": call.session}
    mutate(call.event.get_session() if op["what"] == "stored" else targets[op["what"]])
    return UNDEFINED


def _look(call, _op):
    event = call.event
    return {
        "channelId": event.channel_id,
        "openingData": event.opening_data,
        "state": event.state,
        "session": call.session,
        "stored": event.get_session(),
        "service": event.service.number,
        "polluted": False,
    }


def _release(call, op):
    call.host.gates.open(op["gate"])
    return UNDEFINED


async def _hold(call, op):
    await call.host.gates.wait(op["gate"])
    return UNDEFINED


async def _turn(times):
    for _ in range(times):
        await asyncio.sleep(0)
    return UNDEFINED


def _arm(call, op):
    call.armed.append(op)
    return UNDEFINED


def _publish(call, op):
    exclude = None if op["exclude"] is None else _who(call, op["exclude"])
    return _with_value(lambda value: call.event.publish(op["topic"], exclude, value), op)


def _close(call, op):
    closing = call.event.close()
    state = call.event.state
    return closing if op.get("mode") == "float" else _state_after(closing, state)


async def _state_after(closing, state):
    await closing
    return {"state": state}


async def _register(call, op):
    identifier, host = op["id"], call.host

    def receive(encoded):
        data = {"text": encoded} if isinstance(encoded, str) else {"hex": encoded.hex()}
        host.trace.emit(kind="custom", id=identifier, data=data)
        if "opens" in op:
            host.gates.open(op["opens"])
        if op.get("throws") == "at once":
            raise RuntimeError(f"receiver {identifier} threw")
        return accept()

    async def accept():
        if op.get("throws") is True:
            raise RuntimeError(f"receiver {identifier} threw")
        if "gate" in op:
            await host.gates.wait(op["gate"])
            host.trace.emit(kind="passed", id=identifier, gate=op["gate"])

    await call.event.register(identifier, receive)
    host.registered.add(identifier)
    for topic in op["topics"]:
        await call.event.subscribe(topic, identifier)
    return UNDEFINED


async def _unregister(call, op):
    if op["id"] in call.host.registered:
        call.host.registered.discard(op["id"])
        await call.event.unregister(op["id"])
    return UNDEFINED


def _log(call, op):
    call.event.logger("info", op["message"], UNDEFINED)
    return UNDEFINED


def _poison(call, _op):
    call.event.service.poisoned = True
    return UNDEFINED


OPERATIONS = {
    "look": _look,
    "mutate": _mutate,
    "send": lambda call, op: _with_value(call.event.send, op),
    "return": lambda _call, _op: UNDEFINED,
    "hold": _hold,
    "release": _release,
    "turn": lambda _call, op: _turn(op["times"]),
    "arm": _arm,
    "session.set": lambda call, op: _with_value(call.event.set_session, op),
    "session.get": lambda call, _op: call.event.get_session(),
    "session.clear": lambda call, _op: call.event.clear_session(),
    "subscribe": lambda call, op: call.event.subscribe(op["topic"], _who(call, op.get("who"))),
    "unsubscribe": lambda call, op: call.event.unsubscribe(op["topic"], _who(call, op.get("who"))),
    "publish": _publish,
    "register": _register,
    "unregister": _unregister,
    "close": _close,
    "log": _log,
    "poison": _poison,
}
