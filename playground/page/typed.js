// Reads a command typed as plain text, as Discord's client does: what follows the name is the first option, spaces and
// all (`/say 윤혜 5`); every other option is given by name (`/say word:윤혜 n:5`).
// Pure functions; knows nothing of the DOM.

import { TYPE, recognise, titleOf } from "./commands.js";
import { localized } from "./language.js";
import { readValue } from "./values.js";

/**
 * {leaf, texts: option name → what was written, values: option name → value, errors: option name → sentence,
 * extra: text nobody wants},
 * or null where the text names no registered command.
 */
export function readTyped(leaves, text, store) {
  const found = recognise(leaves, text.trim());
  if (!found) return null;
  const { before, texts } = splitNamed(found.leaf, found.rest);
  const first = found.leaf.options.find((option) => !texts.has(option.name) && option.type !== TYPE.attachment);
  if (before && first) texts.set(first.name, before);
  return { leaf: found.leaf, texts, extra: first ? "" : before, ...check(found.leaf, texts, store) };
}

/** Everything from the first `name:` of a known option on; a value lasts until the next known name. */
function splitNamed(leaf, rest) {
  const marks = [...rest.matchAll(/(?<=^|\s)([\p{L}\p{N}_'-]{1,32}):/gu)]
    .map((match) => ({ option: optionNamed(leaf, match[1]), from: match.index, to: match.index + match[0].length }))
    .filter((mark) => mark.option);
  const texts = new Map(
    marks.map((mark, at) => [mark.option.name, rest.slice(mark.to, marks[at + 1]?.from).trim()]),
  );
  return { before: rest.slice(0, marks[0]?.from).trim(), texts };
}

function optionNamed(leaf, name) {
  const names = (option) => [option.name, ...Object.values(option.name_localizations ?? {})];
  return leaf.options.find((option) => names(option).includes(name.toLowerCase()));
}

/** Values and errors of all options: {values, errors}. An option left out is an error only where it is required. */
export function check(leaf, texts, store) {
  const values = new Map();
  const errors = new Map();
  for (const option of leaf.options) {
    if (!option.required && !texts.get(option.name)) continue;
    const { value, error } = readValue(option, texts.get(option.name) ?? "", store);
    if (error) errors.set(option.name, error);
    else values.set(option.name, value);
  }
  return { values, errors };
}

/** The text that types this command again: `/말해 단어:윤혜 개수:5`. */
export function retype(leaf, texts) {
  const given = leaf.options.filter((option) => texts.get(option.name));
  return [titleOf(leaf), ...given.map((option) => named(option, texts.get(option.name)))].join(" ");
}

/** An option as it is typed by name: `개수:5`. */
export const named = (option, text) => `${localized(option, "name")}:${text}`;
