// Reads a command typed as plain text: by position (`/say 윤혜 5`) or by name (`/say word:윤혜 n:5`).
// Pure functions; knows nothing of the DOM.

import { TYPE, recognise } from "./commands.js";
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
  const free = found.leaf.options.filter((option) => !texts.has(option.name) && option.type !== TYPE.attachment);
  return best(found.leaf, free, wordsOf(before), texts, store);
}

/** Words, where "quoted words" are one. */
const wordsOf = (text) => [...text.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2]);

/** Everything from the first `name:` of a known option on; a value lasts until the next known name. */
function splitNamed(leaf, rest) {
  const marks = [...rest.matchAll(/(?<=^|\s)([\p{L}\p{N}_-]{1,32}):/gu)]
    .map((match) => ({ option: optionNamed(leaf, match[1]), from: match.index, to: match.index + match[0].length }))
    .filter((mark) => mark.option);
  const texts = new Map(marks.map((mark, at) => [mark.option.name, unquote(rest.slice(mark.to, marks[at + 1]?.from))]));
  return { before: rest.slice(0, marks[0]?.from), texts };
}

const unquote = (text) => text.trim().replace(/^"([^"]*)"$/, "$1");

function optionNamed(leaf, name) {
  const names = (option) => [option.name, ...Object.values(option.name_localizations ?? {})];
  return leaf.options.find((option) => names(option).includes(name.toLowerCase()));
}

/** The first text option may be several words (`/say 오늘 점심 5`): take as few as make the whole command right. */
function best(leaf, free, words, named, store) {
  const wide = free.findIndex((option) => option.type === TYPE.string && !option.choices?.length);
  const most = wide < 0 ? 1 : Math.max(1, words.length - wide);
  let first = null;
  for (let width = 1; width <= most; width += 1) {
    const reading = assign(leaf, free, words, named, { wide, width, store });
    if (!reading.errors.size && !reading.extra) return reading;
    first ??= reading;
  }
  return first;
}

function assign(leaf, free, words, named, { wide, width, store }) {
  const texts = new Map(named);
  const rest = [...words];
  free.forEach(
    (option, at) => rest.length && texts.set(option.name, rest.splice(0, at === wide ? width : 1).join(" ")),
  );
  return { leaf, texts, extra: rest.join(" "), ...check(leaf, texts, store) };
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

/** The text that types this command again: `/say word:윤혜 n:5`. */
export function retype(title, texts) {
  return [title, ...[...texts].filter(([, text]) => text).map(([name, text]) => `${name}:${text}`)].join(" ");
}
