"""The trace: events numbered in the order in which they happened, until the kit has been told of them."""

import asyncio


class Trace:
    def __init__(self):
        self.last = 0
        self.events = []
        self.waiting = []

    def emit(self, **event):
        """Adds an event; fields that are None are left out, but for those of values."""
        self.last += 1
        self.events.append({"seq": self.last, "at": "server", **event})
        for waiter in self.waiting:
            if not waiter.done():
                waiter.set_result(None)
        self.waiting = []

    async def after(self, number, seconds):
        """The events after a number, as soon as there is one; empty after so many seconds. Forgets what comes before."""
        self.events = [event for event in self.events if event["seq"] > number]
        if not self.events and seconds > 0:
            waiter = asyncio.get_running_loop().create_future()
            self.waiting.append(waiter)
            await asyncio.wait([waiter], timeout=seconds)
        return [event for event in self.events if event["seq"] > number]


class Gates:
    """Gates hold handlers until the kit lets them go on; open once, open for good."""

    def __init__(self):
        self.gates = {}

    def _gate(self, name):
        return self.gates.setdefault(name, asyncio.Event())

    async def wait(self, name):
        await self._gate(name).wait()

    def open(self, name):
        self._gate(name).set()
