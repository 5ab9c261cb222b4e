// What to offer for an option while it is being filled in: fixed choices, people, channels, or what the bot itself
// suggests. Knows nothing of how a suggestion is shown.

import { TYPE } from "./commands.js";
import { localized, t } from "./language.js";

const MOST = 25;

/** @param {Store} store */
const people = (store) =>
  [...store.members.values()].map(({ user }) => ({ label: store.nameOf(user), detail: user.username, value: user.id }));
/** @param {Store} store */
const roles = (store) => (store.guild.roles ?? []).map((role) => ({ label: role.name, value: role.id }));

/** @type {Record<number, (store: Store) => Suggestion[]>} */
const LISTS = {
  [TYPE.boolean]: () => [
    { label: t("yes"), value: true },
    { label: t("no"), value: false },
  ],
  [TYPE.user]: people,
  [TYPE.role]: roles,
  [TYPE.mentionable]: (store) => [...people(store), ...roles(store)],
  [TYPE.channel]: (store) =>
    store.textChannels().map((channel) => ({ label: channel.name, detail: channel.topic, value: channel.id })),
};

/**
 * Everything that may be chosen, as {label, detail?, value}; empty where anything may be written.
 *
 * @param {Pick<CommandOption, "type" | "choices">} option
 * @param {Store} store
 * @returns {Suggestion[]}
 */
export function choicesFor(option, store) {
  if (option.choices?.length)
    return option.choices.map((choice) => ({ label: localized(choice, "name"), value: choice.value }));
  return LISTS[option.type]?.(store) ?? [];
}

/**
 * True where only a listed value will do.
 *
 * @param {Pick<CommandOption, "type" | "choices">} option
 */
export const isClosed = (option) => Boolean(option.choices?.length) || option.type in LISTS;

/**
 * The suggestions for what was written so far. `ask(option)` asks the bot (options with autocomplete) and resolves
 * to its choices.
 *
 * @param {CommandOption} option
 * @param {string} text
 * @param {Store} store
 * @param {(option: CommandOption) => Promise<Choice[]>} ask
 */
export async function suggest(option, text, store, ask) {
  if (option.autocomplete)
    return (await ask(option)).map((choice) => ({ label: localized(choice, "name"), value: choice.value }));
  const wanted = text.replace(/^[@#]/, "").toLowerCase();
  const all = choicesFor(option, store);
  const exact = all.some((one) => one.label.toLowerCase() === wanted);
  return all.filter((one) => exact || `${one.label} ${one.detail ?? ""}`.toLowerCase().includes(wanted)).slice(0, MOST);
}
