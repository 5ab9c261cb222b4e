"""What may happen to a bot at the moment at which a birthday is due. Each plays its part; the simulation recovers."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from playground.server.faults import Fault
from tests.bot.features.birthday.bot_process import Bot

if TYPE_CHECKING:
    from tests.bot.features.birthday.simulation import Simulation

Misfortune = Callable[["Simulation", datetime], Awaitable[None]]
MESSAGES = "/channels/*/messages"
_STRIKES_WITHIN = 4.0


async def killed_at_any_time(sim: "Simulation", due: datetime) -> None:
    """End a life at the moment or a little later, wherever it is then."""
    sim.turn(due)
    await asyncio.sleep(sim.draw.uniform(0, 0.3))
    _victim(sim).kill()


async def killed_before_the_claim(sim: "Simulation", due: datetime) -> None:
    """Kill while Discord is slow to say what was last in the channel."""
    await _killed_while(sim, due, sim.playground.faults.slow(0.4, MESSAGES, method="GET"))


async def killed_after_the_claim(sim: "Simulation", due: datetime) -> None:
    """Kill when the message is on the wire; it never gets there."""
    fault = sim.playground.faults.lose(MESSAGES, method="POST")
    fault.delay = 0.4
    await _killed_while(sim, due, fault)


async def killed_while_it_is_on_its_way(sim: "Simulation", due: datetime) -> None:
    """Kill when the message is on the wire; it gets there when its sender is no more."""
    await _killed_while(sim, due, sim.playground.faults.slow(0.4, MESSAGES, method="POST"))


async def killed_before_the_commit(sim: "Simulation", due: datetime) -> None:
    """Kill when the message is there, but its sender has not heard of it."""
    await _killed_while(sim, due, sim.playground.faults.slow(0.4, MESSAGES, method="POST", after=True))


async def killed_again_and_again(sim: "Simulation", due: datetime) -> None:
    """Let one short life follow the other."""
    sim.turn(due)
    for _ in range(3):
        await asyncio.sleep(sim.draw.uniform(0, 0.8))
        bot = _victim(sim)
        bot.kill()
        bot.begin()


async def told_to_slow_down(sim: "Simulation", due: datetime) -> None:
    """Answer 429, for one route or for everything."""
    faults, seconds = sim.playground.faults, sim.draw.uniform(0.05, 0.3)
    faults.rate_limit(MESSAGES, retry_after=seconds, everywhere=sim.draw.random() < 0.5, times=sim.draw.randint(1, 3))
    await _strikes(sim, due)


async def an_error_of_discords(sim: "Simulation", due: datetime) -> None:
    """Answer 5xx, to what was done or was not."""
    draw = sim.draw
    status, after, method = draw.choice((500, 502, 503, 504)), draw.random() < 0.5, draw.choice(("GET", "POST", "POST"))
    sim.playground.faults.error(MESSAGES, method=method, status=status, after=after)
    await _strikes(sim, due)


async def no_answer(sim: "Simulation", due: datetime) -> None:
    """Drop the connection, before or after doing what was asked for."""
    after, method = sim.draw.random() < 0.5, sim.draw.choice(("GET", "POST", "POST"))
    sim.playground.faults.lose(MESSAGES, method=method, after=after, times=sim.draw.randint(1, 2))
    await _strikes(sim, due)


async def cut_off(sim: "Simulation", due: datetime) -> None:
    """Drop the gateway, or the session with it."""
    sim.turn(due)
    await asyncio.sleep(sim.draw.uniform(0, 0.1))
    if sim.draw.random() < 0.5:
        sim.playground.gateway.drop_sockets()
    else:
        sim.playground.gateway.invalidate()


async def asleep(sim: "Simulation", due: datetime) -> None:
    """Let the machine sleep, from before the moment or from the middle of the work, over a midnight or two."""
    bot, hours = _victim(sim), sim.draw.uniform(1, 50)
    if sim.draw.random() < 0.5:
        sim.turn(due)
        await asyncio.sleep(sim.draw.uniform(0, 0.2))
    bot.stop()
    await asyncio.sleep(0.05)
    sim.turn(due + timedelta(hours=hours))
    await asyncio.sleep(0.1)
    bot.go_on()


async def switched_off(sim: "Simulation", due: datetime) -> None:
    """Let nothing run for up to two days."""
    for bot in sim.bots:
        bot.kill()
    sim.turn(due + timedelta(hours=sim.draw.uniform(0, 48)))


async def clock_set_back(sim: "Simulation", due: datetime) -> None:
    """Put the bot's clock behind in the middle of the work, and right again."""
    bot = _victim(sim)
    sim.turn(due)
    await asyncio.sleep(sim.draw.uniform(0, 0.3))
    bot.behind = timedelta(hours=sim.draw.uniform(0.1, 48))
    sim.set_clocks()
    if sim.draw.random() < 0.3:
        bot.kill()
        bot.begin()
    await asyncio.sleep(0.5)


ALL: tuple[Misfortune, ...] = (
    killed_at_any_time,
    killed_before_the_claim,
    killed_after_the_claim,
    killed_while_it_is_on_its_way,
    killed_before_the_commit,
    killed_again_and_again,
    told_to_slow_down,
    an_error_of_discords,
    no_answer,
    cut_off,
    asleep,
    switched_off,
    clock_set_back,
)


def _victim(sim: "Simulation") -> Bot:
    return sim.draw.choice(sim.bots)


async def _killed_while(sim: "Simulation", due: datetime, fault: Fault) -> None:
    sim.turn(due)
    await _struck(fault)
    await asyncio.sleep(sim.draw.uniform(0, 0.2))
    # Which of them it was that is being answered, nobody knows.
    for bot in sim.bots:
        bot.kill()


async def _strikes(sim: "Simulation", due: datetime) -> None:
    sim.turn(due)
    await asyncio.sleep(sim.draw.uniform(0.1, 0.5))


async def _struck(fault: Fault) -> None:
    for _ in range(int(_STRIKES_WITHIN / 0.005)):
        if not fault.times:
            return
        await asyncio.sleep(0.005)
