"""Serves the probe application on one port: WebSockets by the adapter, everything else by the control interface."""

import asyncio
import sys

from adapter import Adapter
from control import Control
from probe import Probe

# What a hostile client nests ten thousand deep must be read, not crash.
sys.setrecursionlimit(60_000)


async def read_request(reader):
    """Method, target and headers of the next request; None where the client has gone."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("utf-8", "replace")
    except (EOFError, OSError, asyncio.LimitOverrunError):
        return None
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, target, *_ = [*first.split(" "), "", ""]
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return method, target, headers


async def serve_client(control, adapter, reader, writer):
    try:
        while (request := await read_request(reader)) is not None:
            method, target, headers = request
            if headers.get("upgrade", "").lower() == "websocket":
                await adapter.handshake(target, headers, reader, writer)
                return
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            status, kind, text = await control.answer(method, target, headers.get("host"), body)
            payload = text.encode()
            head = f"HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {len(payload)}\r\n\r\n"
            writer.write(head.encode() + payload)
            await writer.drain()
    except (EOFError, OSError):
        pass
    finally:
        writer.close()


async def main():
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8080
    probe = Probe()
    adapter = Adapter(probe.wirings(), probe.logger, probe.make_services)
    control = Control(probe, adapter)

    def fault(_loop, context):
        error = context.get("exception")
        probe.trace.emit(kind="fault", what="unhandled", message=f"{context['message']}: {error!r}")

    asyncio.get_running_loop().set_exception_handler(fault)
    server = await asyncio.start_server(
        lambda reader, writer: serve_client(control, adapter, reader, writer), "127.0.0.1", port, backlog=1024
    )
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


try:
    asyncio.run(main())
except KeyboardInterrupt:
    pass
