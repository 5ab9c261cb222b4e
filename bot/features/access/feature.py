"""The access feature: ``/group`` where there are several groups, ``/invitation`` where not every server is served."""

from collections.abc import Collection, Mapping, Sequence

from discord.ext import commands

from bot.features.access.choices import ChoiceRepository
from bot.features.access.cog import GroupChoice, GroupMenu, GroupPage, Invitation
from bot.features.access.texts import AccessTexts
from bot.features.feature import Feature, FeatureClient, Services
from bot.groups.admissions import AdmissionRepository
from bot.groups.group import Group


class AccessFeature(Feature):
    """Lets people choose and servers in."""

    texts = AccessTexts
    buttons = (GroupMenu, GroupPage)
    needs_store = True

    def __init__(self, client: FeatureClient, services: Services) -> None:
        """Put the feature together."""
        super().__init__(client, services)
        self._choices, self._admissions = ChoiceRepository(self.store), AdmissionRepository(self.store)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return the commands, of which the owner of one group that is for everybody needs none."""
        services, cogs = self.services, list[commands.Cog]()
        if services.groups.only is None:
            cogs.append(GroupChoice(services.groups, self._choices))
        if services.access.is_closed:
            cogs.append(Invitation(services.access, self._admissions, services.clock))
        return cogs

    def privacy_lines(self, locale: str, group: Group | None) -> Sequence[str]:
        """Return what is kept; nothing where nobody can choose."""
        return super().privacy_lines(locale, group) if self.services.groups.only is None else []

    async def export_user(self, user_id: int) -> Mapping[str, object]:
        """Return what a user has chosen."""
        return await self._choices.export(user_id)

    async def forget_user(self, user_id: int) -> None:
        """Delete it."""
        await self._choices.forget(user_id)

    async def servers(self) -> Collection[int]:
        """Return the servers that came with an invitation, or whose voice somebody chose."""
        return await self._choices.servers() | await self._admissions.servers()

    async def forget_server(self, server: int) -> None:
        """Delete these choices, and that it was admitted: it needs another invitation."""
        await self._choices.forget_server(server)
        await self._admissions.dismiss(server)
