"""The probe application: its channels and handlers, over this directory's adapter (docs/probe.md)."""

import asyncio
import base64
import json

from adapter import Handler, RefusedHandshake, Wiring
from operations import OPERATIONS
from script import Call
from trace import Gates, Trace
from values import UNDEFINED, build, describe, parse


def script_of(event):
    """The connection's script, from its query; empty where there is none."""
    packed = event.opening_data.get("s")
    if not isinstance(packed, str):
        return {}
    return json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))


#: The actions of `main` that anybody may use and whose names are plain.
ORDINARY = ("probe", "other", "toString", "constructor", "__proto__")


class Service:
    """The service of one event. It may be disposed of in several ways, of which only the first is to be used."""

    def __init__(self, probe, number, channel_id, ways):
        self.probe, self.number, self.channel_id, self.ways = probe, number, channel_id, ways
        self.poisoned = False

    def dispose(self):
        self.probe.trace.emit(kind="disposed", call=self.number, channelId=self.channel_id, by=[self.ways[0]])
        if self.poisoned:
            raise RuntimeError("disposal threw")


class Probe:
    def __init__(self):
        self.trace, self.gates = Trace(), Gates()
        self.operations, self.registered = OPERATIONS, set()
        self.calls = 0

    def next_call(self):
        self.calls += 1
        return self.calls

    def logger(self, level, message, details):
        self.trace.emit(kind="log", level=level, message=message, details=describe(details))

    def make_services(self, kind, channel_id, session):
        number = self.next_call()
        ways = ["asyncDispose", "dispose", "close"][number % 3 :]
        self.trace.emit(
            kind="services", call=number, channelId=channel_id, event=kind, session=describe(session), ways=ways
        )
        return Service(self, number, channel_id, ways)

    def scripted(self, wired, handler):
        async def run(event, data, session):
            fields = data if isinstance(data, dict) else {}
            if handler == "onMessage" and isinstance(fields.get("fence"), str):
                return {"fence": fields["fence"]}
            step = fields.get("id") if isinstance(fields.get("id"), str) else None
            ops = fields.get("ops") if isinstance(fields.get("ops"), list) else []
            conn = script_of(event).get("conn")
            return await Call(self, handler, wired, event, data, session, conn, step).run(ops)

        return run

    def lifecycle(self, wired, handler):
        """onConnect, or onDisconnect."""
        part, mark = ("connect", "") if handler == "onConnect" else ("disconnect", "~")

        async def run(event, data, session):
            script = script_of(event)
            step = f"{script['step']}{mark}" if script else None
            call = Call(self, handler, wired, event, data, session, script.get("conn"), step)
            return await call.run(script.get(part, []))

        return Handler(run)

    def wirings(self):
        """The channels this host offers."""

        def public(wired, handler, requires_session=False):
            return Handler(self.scripted(wired, handler), requires_session)

        def both(wired):
            return {"on_connect": self.lifecycle(wired, "onConnect"), "on_disconnect": self.lifecycle(wired, "onDisconnect")}

        fence = Handler(answer_fence, requires_session=False)
        main = {name: public("main", f"action:{name}") for name in (*ORDINARY, "", 'cafe\u0301 "\\"')}
        main |= {"protected": public("main", "action:protected", requires_session=True), "fence": fence}
        return [
            Wiring("main", **both("main"), on_message=public("main", "onMessage"), actions={"action": main}),
            Wiring(
                "open",
                on_disconnect=self.lifecycle("open", "onDisconnect"),
                on_message=public("open", "onMessage"),
                actions={"action": {"plain": public("open", "action:plain")}},
            ),
            Wiring(
                "bare",
                actions={
                    "action": {"probe": public("bare", "action:probe"), "fence": fence},
                    "kind": {"second only": public("bare", "kind:second only")},
                },
            ),
            Wiring("mute", **both("mute")),
            Wiring(
                "opened",
                **both("opened"),
                actions={"action": {"probe": public("opened", "action:probe"), "fence": fence}},
                check=check_opening,
            ),
            Wiring("crowd", on_connect=Handler(subscribe_to_query), actions={"action": {"fence": fence}}),
        ]


async def answer_fence(_event, data, _session):
    return {"fence": data["fence"]}


async def subscribe_to_query(event, data, _session):
    await event.subscribe(data["topic"], event.channel_id)
    return UNDEFINED


async def check_opening(fields):
    """The schema of `opened`: does what the query's fields ask for."""
    if "later" in fields:
        await asyncio.sleep(0)
    if fields.get("verdict") == "refuse":
        raise RefusedHandshake
    if fields.get("verdict") == "throw":
        raise RuntimeError("the schema threw")
    made = {name: value for name, value in fields.items() if name not in ("verdict", "later", "give")}
    made["checked"] = True
    if isinstance(fields.get("give"), str):
        try:
            made["given"] = build(parse(fields["give"]))
        except ValueError:
            pass
    return made
