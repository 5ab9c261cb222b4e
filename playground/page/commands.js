// Application commands as a person meets them: every command, subcommand or grouped subcommand is one leaf with its
// options. Pure functions; knows nothing of the DOM. What a typed line says,
// the server parses.

import { localized } from "./language.js";

export const TYPE = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
};

const CHAT = 1;
const ON_MESSAGE = 3;
const CONTEXT = { server: 0, withTheBot: 1 };

/**
 * All leaves of the registered chat commands: {command, path: [command, …subcommand], options (required first)}.
 *
 * @param {Command[]} commands
 */
export function leavesOf(commands) {
  return commands
    .filter((command) => (command.type ?? CHAT) === CHAT)
    .flatMap((command) => descend(command, [command]));
}

/**
 * The registered commands of the context menu of messages.
 *
 * @param {Command[]} commands
 */
export const menuOf = (commands) => commands.filter((command) => command.type === ON_MESSAGE);

/**
 * Whether Discord's client offers a command in a channel: one of a server only there, another in its contexts.
 *
 * @param {Command} command
 * @param {Channel} channel
 */
export function offeredIn(command, channel) {
  if (command.guild_id) return channel.guild_id === command.guild_id;
  const direct = channel.type === 1;
  if (!command.contexts) return !direct || command.dm_permission !== false;
  return command.contexts.includes(direct ? CONTEXT.withTheBot : CONTEXT.server);
}

/**
 * @param {Command} command
 * @param {(Command | CommandOption)[]} path
 * @returns {Leaf[]}
 */
function descend(command, path) {
  const options = path[path.length - 1].options ?? [];
  const deeper = options.filter((option) => option.type <= TYPE.group);
  if (deeper.length) return deeper.flatMap((option) => descend(command, [...path, option]));
  return [
    { command, path, options: [...options].sort((one, two) => Number(two.required ?? 0) - Number(one.required ?? 0)) },
  ];
}

/**
 * "/말해" or "/생일 등록", in the chosen language.
 *
 * @param {Leaf} leaf
 */
export const titleOf = (leaf) => `/${leaf.path.map((part) => localized(part, "name")).join(" ")}`;

/**
 * "/say" or "/birthday set", as registered.
 *
 * @param {Leaf} leaf
 */
export const plainTitleOf = (leaf) => `/${leaf.path.map((part) => part.name).join(" ")}`;

/** @param {Leaf} leaf */
export const describe = (leaf) => localized(leaf.path[leaf.path.length - 1], "description");

/** @param {Leaf} leaf */
const namesOf = (leaf) => [titleOf(leaf), plainTitleOf(leaf), ...translatedTitles(leaf)];

/** @param {Leaf} leaf */
function translatedTitles(leaf) {
  const locales = new Set(leaf.path.flatMap((part) => Object.keys(part.name_localizations ?? {})));
  return [...locales].map(
    (locale) => `/${leaf.path.map((part) => part.name_localizations?.[locale] ?? part.name).join(" ")}`,
  );
}

/**
 * Leaves that fit what was typed so far ("/sa", "/말"): those that begin with it first, then those that contain it.
 *
 * @param {Leaf[]} leaves
 * @param {string} typed
 */
export function search(leaves, typed) {
  const wanted = typed.trim().toLowerCase();
  const inner = wanted.slice(1);
  /** @param {Leaf} leaf */
  const rank = (leaf) => {
    const names = namesOf(leaf).map((name) => name.toLowerCase());
    if (names.some((name) => name.startsWith(wanted))) return 0;
    return names.some((name) => name.includes(inner)) ? 1 : 2;
  };
  const ranked = leaves.map((leaf) => ({ leaf, rank: rank(leaf) })).filter((one) => one.rank < 2);
  return ranked.sort((one, two) => one.rank - two.rank).map((one) => one.leaf);
}

/**
 * The leaf whose full name begins the text: {leaf, rest, begun: whether the name is followed by a space}, or null.
 * The longest name wins.
 *
 * @param {Leaf[]} leaves
 * @param {string} text
 */
export function recognise(leaves, text) {
  const found = leaves.flatMap((leaf) =>
    namesOf(leaf)
      .filter((name) => text === name || text.startsWith(`${name} `))
      .map((name) => ({ leaf, name })),
  );
  const best = found.sort((one, two) => two.name.length - one.name.length)[0];
  return best ? { leaf: best.leaf, rest: text.slice(best.name.length + 1), begun: text !== best.name } : null;
}

/**
 * Whether a name is that of a group of commands: /birthday.
 *
 * @param {Leaf[]} leaves
 * @param {string} name
 */
export const isGroup = (leaves, name) => leaves.some((leaf) => namesOf(leaf).some((one) => one.startsWith(`${name} `)));

/**
 * The title of the command that a message names ("say", "birthday set", or "birthday" alone), if it is registered. One
 * of the context `menu` is named as it is.
 *
 * @param {Leaf[]} leaves
 * @param {Command[]} menu
 * @param {string} name
 */
export function titleNamed(leaves, menu, name) {
  const chosen = menu.find((command) => command.name === name);
  if (chosen) return localized(chosen, "name");
  const leaf = leafNamed(leaves, name);
  const command = leaves.find((one) => one.command.name === name)?.command;
  if (leaf) return titleOf(leaf);
  return command ? `/${localized(command, "name")}` : `/${name}`;
}

/**
 * The leaf of a command that a message names ("say", "birthday set"), if it is registered.
 *
 * @param {Leaf[]} leaves
 * @param {string} name
 */
export const leafNamed = (leaves, name) => leaves.find((leaf) => plainTitleOf(leaf) === `/${name}`);

/**
 * The text that types this command again: `/말해 단어:윤혜 개수:5`.
 *
 * @param {Leaf} leaf
 * @param {Map<string, string>} texts
 */
export function retype(leaf, texts) {
  const given = leaf.options.filter((option) => texts.get(option.name));
  return [titleOf(leaf), ...given.map((option) => named(option, texts.get(option.name) ?? ""))].join(" ");
}

/**
 * An option as it is typed by name: `개수:5`.
 *
 * @param {CommandOption} option
 * @param {string} text
 */
export const named = (option, text) => `${localized(option, "name")}:${text}`;
