"""``python -m playground``: the playground alone, for a bot in another process."""

import argparse
import asyncio
import contextlib

from playground import Playground


async def _serve(port: int) -> None:
    async with Playground(port=port) as playground:
        print(f"{playground.url} {playground.TOKEN}", flush=True)  # noqa: T201 - this is the command's answer
        await asyncio.Event().wait()


def main() -> None:
    """Serve until interrupted; print the URL and the token that it takes."""
    parser = argparse.ArgumentParser(prog="python -m playground", description="A small local Discord.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(arguments.port))


if __name__ == "__main__":
    main()
