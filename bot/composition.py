"""The composition root: the one place where the parts of the bot on Discord are put together."""

import logging
from contextlib import AsyncExitStack
from zoneinfo import ZoneInfo

from bot.client.bundle_watch import watch_bundles
from bot.client.client import Dantok
from bot.client.health import health
from bot.client.servers import is_member, keep_current, keep_forgetting
from bot.client.serving import in_background
from bot.client.serving import serve as log_in
from bot.clock import SystemClock
from bot.default_bundle import DEMO_BUNDLE, INVENTED, speaks_as_invented
from bot.errors import OwnerError
from bot.features.access.choices import ChoiceRepository
from bot.features.feature import Services
from bot.features.privacy.withdrawals import FILE
from bot.groups.access import Access
from bot.groups.admissions import AdmissionRepository
from bot.groups.bundle_cache import BundleCache
from bot.groups.group import Groups, OneGroup
from bot.groups.many import Choice, ManyGroups
from bot.groups.memberships import Memberships
from bot.groups.served_bundle import ServedBundle
from bot.groups.settings import GroupSettings
from bot.inference.worker import Workers
from bot.remote.engine import Engine
from bot.remote.models import RemoteGroups, remote_workers
from bot.settings import Settings, StoreSettings
from bot.store.dated_backups import keep_backing_up
from bot.store.store import Store


async def serve(settings: Settings) -> None:
    """Run on Discord until SIGINT or SIGTERM.

    Raises:
        BundleError: the one bundle must not be served.
        ProviderError: the GPU was asked for by name and is not in use.
        SettingsError: there is an inference engine and no token for it.
        OwnerError: the folder of bundles or the database cannot be opened, or the login failed.
    """
    engine = Engine(settings.inference_url, settings.token_of_engine()) if settings.inference_url else None
    workers = remote_workers(engine, settings.queue_size) if engine else Workers.of(settings.queue_size)
    memberships = Memberships(lambda *asked: is_member(client, *asked))
    groups, access = _groups(settings, workers, memberships, lambda person: ChoiceRepository(store).of(person))
    if engine is not None:
        groups = RemoteGroups(groups, engine)
    store, backups = await open_store(settings), settings.dated_backups()
    services = Services(
        groups,
        workers,
        store,
        unasked=settings.quiet() if settings.unasked == "on" else None,
        withdrawals=settings.data / FILE,
        privacy_url=settings.privacy_url,
        access=access,
        zone=ZoneInfo(settings.time_zone),
    )
    client = Dantok(
        services,
        guild=settings.guild,
        shards=settings.shard_ids(),
        before_bundle=lambda: backups.before("bundle", store, services.clock.now()),
    )
    try:
        async with health(client, settings.health_port, str(settings.health_host)), AsyncExitStack() as running:
            if engine is not None:
                await running.enter_async_context(engine)
            await running.enter_async_context(in_background(watch_bundles(client)))
            await running.enter_async_context(in_background(keep_backing_up(backups, store, services.clock)))
            await running.enter_async_context(in_background(keep_forgetting(client, store)))
            if access.is_closed:
                await running.enter_async_context(in_background(keep_current(client, AdmissionRepository(store))))
            await log_in(client, settings.token.get_secret_value())
    finally:
        await store.close()


async def open_store(settings: StoreSettings) -> Store:
    """Open the database; before it is brought up to date it is saved as it was."""
    backups = settings.dated_backups()
    return await Store.open(settings.database(), lambda old: backups.before("schema", old, SystemClock().now()))


def _groups(settings: Settings, workers: Workers, memberships: Memberships, choice: Choice) -> tuple[Groups, Access]:
    """Return one group for everybody or one a server, as is set, and who is served."""
    usual = GroupSettings(settings.temperature, settings.face_buttons)
    if settings.bundles is None:
        group = OneGroup(ServedBundle.open(settings.bundle, settings.provider, settings.data), usual)
        if speaks_as_invented(settings.bundle):
            logging.getLogger("bot").warning(INVENTED)
        return group, Access(settings.allowed(), memberships)
    if not settings.bundles.is_dir():
        raise OwnerError(f"{settings.bundles} cannot be read: look at {settings.bundles.absolute().parent}.")
    cache = BundleCache(
        settings.bundles,
        DEMO_BUNDLE,
        workers,
        provider=settings.provider,
        most_bytes=settings.bundles_mb * 1e6,
        usual=usual,
        copied_to=settings.data,
    )
    groups = ManyGroups(cache, memberships, choice, stands_in=settings.stand_in == "invented")
    return groups, Access(settings.allowed(), memberships, lambda: cache.known)
