"""Runs a script as the body of a handler; begin and outcome of every operation go to the trace."""

import asyncio
import inspect

from errors import ForbiddenError, NotAnError, PublicError, UnauthorizedError, name_of
from tasks import spawn
from values import UNDEFINED, build, describe, mutate


class ProbeRefusal(PublicError):
    pass


class TokenExpired(UnauthorizedError):
    pass


Impostor = type("UnauthorizedError", (Exception,), {})

THROWN = {
    "unauthorised": UnauthorizedError,
    "forbidden": ForbiddenError,
    "public": PublicError,
    "public subclass": ProbeRefusal,
    "subclass of unauthorised": TokenExpired,
    "error": type("Error", (Exception,), {}),
    "named like a public error": Impostor,
    "string": NotAnError,
    "undefined": lambda _message: NotAnError("undefined"),
    "null": lambda _message: NotAnError("null"),
}


def outcome_of(error=None, value=UNDEFINED):
    """How something ended, as the trace has it."""
    if error is not None:
        is_type_error = isinstance(error, TypeError)
        return {"outcome": "rejected", "error": {"name": name_of(error), "message": str(error), "typeError": is_type_error}}
    return {"outcome": "ok"} if value is UNDEFINED else {"outcome": "ok", "value": describe(value)}


class Call:
    """One run of one handler. `host` has the trace, the gates, the next call's number and the registered subscribers."""

    def __init__(self, host, handler, wired, event, data, session, conn, step):
        self.host, self.handler, self.wired, self.event = host, handler, wired, event
        self.data, self.session, self.conn, self.step = data, session, conn, step
        self.armed, self.tracked = [], []
        self.number = host.next_call()

    def emit(self, kind, **fields):
        names = {name: value for name, value in (("conn", self.conn), ("step", self.step)) if value is not None}
        where = {"call": self.number, "channelId": self.event.channel_id}
        self.host.trace.emit(kind=kind, **names, **where, **fields)

    async def run(self, ops):
        """Performs the operations; gives back or raises what the handler must."""
        event = self.event
        self.emit(
            "enter",
            handler=self.handler,
            wired=self.wired,
            data=describe(self.data),
            openingData=describe(event.opening_data),
            state=event.state,
            session=describe(self.session),
            service=event.service.number,
        )
        try:
            value, tagged, after = await self._perform_all(ops)
        except Exception as error:
            self._leave(outcome_of(error))
            raise
        self._leave({"outcome": "ok", "value": tagged})
        if after is not None:
            # Only once the loop has turned: until then nobody but the handler can have had the value.
            asyncio.get_running_loop().call_soon(after)
        return value

    def _leave(self, outcome):
        self.emit("leave", handler=self.handler, state=self.event.state, **outcome)
        if self.tracked:
            spawn(self._settle_later())
        else:
            self._settle()

    async def _settle_later(self):
        await asyncio.wait(self.tracked)
        self._settle()

    def _settle(self):
        self.emit("settled", handler=self.handler)
        for armed in self.armed:
            spawn(self._fire(armed))

    async def _fire(self, armed):
        await asyncio.sleep(0)
        if "gate" in armed:
            await self.host.gates.wait(armed["gate"])
        again = Call(self.host, "armed", self.wired, self.event, self.data, self.session, self.conn, self.step)
        try:
            await again.run(armed["ops"])
        except Exception:
            pass  # It is in the trace already; nobody is left to be told of it.

    async def _perform_all(self, ops):
        value, tagged, after = UNDEFINED, {"$": "undefined"}, None
        for index, op in enumerate(ops):
            name = op["op"]
            self.emit("begin", op=index, name=name, args=op)

            def end(outcome, index=index, name=name):
                self.emit("end", op=index, name=name, state=self.event.state, **outcome)

            if name == "return":
                tagged = op.get("value")
                value = build(tagged)
                after = self._after(op, value, end)
                if op.get("then") == "watch":
                    continue
            if name == "throw":
                if op.get("late"):
                    await asyncio.sleep(0)
                raise THROWN[op["error"]](op.get("message", f"thrown by {self.step or 'a handler'}"))
            mode = op.get("mode", "await")
            if mode == "float":
                self._perform(op)
            elif mode == "track":
                # The call is made now; only its outcome comes later.
                self.tracked.append(spawn(self._record(lambda made=self._made(op): made, end)))
            else:
                await self._record(lambda: self._perform(op), end)
        return value, tagged, after

    def _after(self, op, value, end):
        if op.get("then") == "mutate":
            return lambda: mutate(value)
        if op.get("then") == "watch":
            return lambda: end(outcome_of(value=value))
        return None

    def _made(self, op):
        try:
            return self._perform(op)
        except Exception as error:
            failed = asyncio.get_running_loop().create_future()
            failed.set_exception(error)
            return failed

    async def _record(self, call, end):
        try:
            given = call()
            value = await given if inspect.isawaitable(given) else given
            end(outcome_of(value=value))
        except Exception as error:
            end(outcome_of(error))

    def _perform(self, op):
        """Makes one call; gives its value, or what is to be awaited for it."""
        return self.host.operations[op["op"]](self, op)
