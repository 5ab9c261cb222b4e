// The start of a channel and the newcomer's hint: examples that can be clicked, made from whatever commands are
// registered. Knows no command by name.

import { avatar } from "./avatar.js";
import { TYPE, describe, named, titleOf } from "./commands.js";
import { byId, element, icon, iconButton } from "./element.js";
import { locale, localized, t } from "./language.js";

const HINT_SEEN = "dantok.hint";
const MOST_EXAMPLES = 5;

/** Whether nobody has used a command here yet, nor closed the hint. */
export const isNewcomer = () => localStorage.getItem(HINT_SEEN) === null;

/**
 * The first row of a channel.
 *
 * @param {Page} page
 * @param {Channel} channel
 */
export function welcome(page, channel) {
  const { store } = page;
  const direct = channel.type === 1;
  const room = store.titleOf(channel);
  const mark = direct
    ? avatar(store.partner(channel), room, "large")
    : element("span", { class: "badge" }, icon("hash"));
  return element(
    "section",
    { class: "welcome" },
    mark,
    element("h2", {}, t(direct ? "welcomeDm" : "welcome", { room })),
    !direct && store.greeting[locale()] && element("p", { class: "greeting" }, store.greeting[locale()]),
    channel.topic && element("p", {}, channel.topic),
    element("p", { class: "muted" }, t("welcomeText")),
    list(page),
  );
}

/** @param {Page} page */
function list(page) {
  const all = examples(page.store);
  if (!all.length) return null;
  return element(
    "div",
    { class: "examples" },
    element("h3", {}, t("tryIt")),
    all.map(({ leaf, text }) =>
      element(
        "button",
        { type: "button", class: "example", onclick: () => page.fill(text) },
        element("code", {}, text),
        element("span", {}, describe(leaf)),
      ),
    ),
  );
}

/**
 * {leaf, text} for one part of each command but a mere setting, then for more of them, with a value for every option
 * that must be given. A file cannot be typed: its field opens. The blank behind a name alone tells that no other command is meant.
 *
 * @param {Store} store
 */
function examples(store) {
  // What is chosen from the bot's own list, nobody here can guess.
  const known = store.offered().filter((leaf) => !leaf.options.some((one) => one.required && one.autocomplete));
  const first = known.filter(
    (leaf, at) => !sets(leaf) && known.findIndex((one) => one.command === leaf.command) === at,
  );
  return [...new Set([...first, ...known])].slice(0, MOST_EXAMPLES).map((leaf) => {
    const values = shown(leaf).map((option, at) => {
      const value = sample(option, store);
      return at ? named(option, value) : value;
    });
    return { leaf, text: `${titleOf(leaf)} ${values.join(" ")}` };
  });
}

/**
 * Whether a command wants one of few choices, as a switch does: it is for who runs the place.
 *
 * @param {Leaf} leaf
 */
const sets = (leaf) => leaf.options.some((option) => option.required && option.choices?.length);

/**
 * What must be given, and a whole number that may follow it: it shows how more than one value is given.
 *
 * @param {Leaf} leaf
 */
function shown(leaf) {
  const needed = leaf.options.filter((option) => option.required);
  const next = leaf.options[needed.length];
  const typed = needed.filter((option) => option.type !== TYPE.attachment);
  return typed.length && typed.length === needed.length && next?.type === TYPE.integer ? [...typed, next] : typed;
}

/** @type {Record<number, (option: CommandOption, store: Store) => string | number | undefined>} */
const SAMPLES = {
  [TYPE.integer]: (option) => Math.min(option.max_value ?? 5, Math.max(option.min_value ?? 5, 5)),
  [TYPE.number]: (option) => Math.min(option.max_value ?? 1, Math.max(option.min_value ?? 1, 1)),
  [TYPE.boolean]: () => t("yes"),
  [TYPE.channel]: (_, store) => `#${store.textChannels()[0]?.name}`,
  [TYPE.role]: (_, store) => store.guild.roles?.[0]?.name,
  [TYPE.user]: (_, store) => `@${store.nameOf(store.me)}`,
  [TYPE.mentionable]: (_, store) => `@${store.nameOf(store.me)}`,
  [TYPE.string]: (option, store) => firstExample(option) ?? store.words[0] ?? store.nameOf(store.me),
};

/**
 * What a description gives as an example: all that follows "such as", or the first number or date without spaces in
 * "3/5, 2000-03-05, lunar 5/3".
 *
 * @param {CommandOption} option
 */
function firstExample(option) {
  const description = localized(option, "description");
  const given = /(?:\bsuch as|예:) (.+)$/.exec(description);
  if (given) return given[1];
  const parts = description.split(", ");
  return parts.length > 1 ? parts.find((part) => /^[\d/.:-]+$/.test(part)) : undefined;
}

/**
 * @param {CommandOption} option
 * @param {Store} store
 */
function sample(option, store) {
  if (option.choices?.length) return localized(option.choices[0], "name");
  return String(SAMPLES[option.type]?.(option, store) ?? "");
}

/** The line over the input until the first command was used or it was closed. */
export class Hint {
  #page;
  #line = byId("hint");

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    for (const kind of ["world", "commands", "selected"]) page.store.addEventListener(kind, () => this.render());
    page.addEventListener("language", () => this.render());
    page.addEventListener("used", () => this.#done());
  }

  render() {
    const { store } = this.#page;
    this.#line.hidden = !isNewcomer() || !store.offered().length;
    if (this.#line.hidden) return;
    const buttons = examples(store)
      .slice(0, 2)
      .map(({ text }) =>
        element("button", { type: "button", class: "chip", onclick: () => this.#page.fill(text) }, text),
      );
    this.#line.replaceChildren(
      element("span", {}, t("hint")),
      ...buttons,
      iconButton("close", t("close"), () => this.#done()),
    );
  }

  #done() {
    localStorage.setItem(HINT_SEEN, "yes");
    this.#line.hidden = true;
  }
}
