// From what a person writes into an option to the value Discord wants, or the reason why it will not do.
// Pure functions over an option, a text and the world's lists; knows nothing of the DOM.

import { TYPE } from "./commands.js";
import { localized, t } from "./language.js";

const YES = ["true", "yes", "on", "1", "참", "예", "네", "응"];
const NO = ["false", "no", "off", "0", "거짓", "아니오", "아니요", "아니"];

const READERS = {
  [TYPE.string]: readString,
  [TYPE.integer]: readInteger,
  [TYPE.number]: readNumber,
  [TYPE.boolean]: readBoolean,
  [TYPE.user]: (option, text, store) => readPerson(text, store),
  [TYPE.channel]: (option, text, store) => readChannel(text, store),
  [TYPE.role]: (option, text, store) => readRole(text, store),
  [TYPE.mentionable]: readMentionable,
  [TYPE.attachment]: () => fail("required"),
};

const fail = (key, holes = {}) => ({ error: t(key, holes) });

/** {value} or {error: a sentence in the chosen language}. */
export function readValue(option, text, store) {
  const trimmed = text.trim();
  if (!trimmed) return fail("required");
  if (option.choices?.length) return readChoice(option, trimmed);
  return READERS[option.type](option, trimmed, store);
}

function readChoice(option, text) {
  const same = (one) =>
    [one.name, localized(one, "name"), String(one.value)].some((name) => name.toLowerCase() === text.toLowerCase());
  const choice = option.choices.find(same);
  return choice ? { value: choice.value } : fail("notChoice");
}

function readString(option, text) {
  const length = [...text].length;
  if (length < (option.min_length ?? 0)) return fail("tooShort", { limit: option.min_length });
  if (length > (option.max_length ?? 6000)) return fail("tooLong", { limit: option.max_length ?? 6000 });
  return { value: text };
}

function readInteger(option, text) {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? within(option, value) : fail("notInteger");
}

function readNumber(option, text) {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? within(option, value) : fail("notNumber");
}

function within(option, value) {
  if (value < (option.min_value ?? -Infinity)) return fail("tooSmall", { limit: option.min_value });
  if (value > (option.max_value ?? Infinity)) return fail("tooBig", { limit: option.max_value });
  return { value };
}

function readBoolean(option, text) {
  if (YES.includes(text.toLowerCase())) return { value: true };
  return NO.includes(text.toLowerCase()) ? { value: false } : fail("notBoolean");
}

const bare = (text) => text.replace(/^<?[@#]?[!&]?|>$/g, "").toLowerCase();

function readPerson(text, store) {
  const names = ({ user }) => [user.id, user.username, user.global_name, store.nameOf(user)];
  const member = [...store.members.values()].find((one) =>
    names(one).some((name) => name?.toLowerCase() === bare(text)),
  );
  return member ? { value: member.user.id } : fail("notMember");
}

function readChannel(text, store) {
  const channel = store.textChannels().find((one) => [one.id, one.name.toLowerCase()].includes(bare(text)));
  return channel ? { value: channel.id } : fail("notChannel");
}

function readRole(text, store) {
  const role = (store.guild.roles ?? []).find((one) =>
    [one.id, one.name.toLowerCase().replace(/^@/, "")].includes(bare(text)),
  );
  return role ? { value: role.id } : fail("notChoice");
}

function readMentionable(option, text, store) {
  const person = readPerson(text, store);
  return person.error ? readRole(text, store) : person;
}

/** What an option asks for, in a few words: "1~50", "3글자 이상"; empty where anything goes. */
export function limitsOf(option) {
  const { min_value: min, max_value: max } = option;
  if (min !== undefined && max !== undefined) return t("range", { min, max });
  if (min !== undefined) return t("atLeast", { min });
  if (max !== undefined) return t("atMost", { max });
  if (option.max_length !== undefined) return t("tooLong", { limit: option.max_length });
  return "";
}
