"""Starting what nobody awaits: the loop alone would not keep it from being collected."""

import asyncio

_running = set()


def spawn(coroutine):
    task = asyncio.ensure_future(coroutine)
    _running.add(task)
    task.add_done_callback(_running.discard)
    return task
