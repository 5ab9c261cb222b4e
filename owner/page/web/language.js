// The language of the page: the one that was chosen, else the browser's. Knows nothing of the DOM.

import { TEXTS } from "./texts.js";

/** @typedef {import("./texts.js").TextKey} TextKey */

const KEY = "dantok.owner.locale";

let chosen = kept() ?? ofTheBrowser();

function kept() {
  const locale = localStorage.getItem(KEY);
  return locale !== null && locale in TEXTS ? locale : undefined;
}

/** The first language that the browser asks for and the page speaks. */
function ofTheBrowser() {
  const wanted = navigator.languages.map((one) => one.split("-")[0]);
  return wanted.find((one) => one in TEXTS) ?? "en";
}

/** The chosen language, as a code such as `ko`. */
export const locale = () => chosen;

/** The language after the chosen one. */
export function nextLocale() {
  const all = Object.keys(TEXTS);
  return all[(all.indexOf(chosen) + 1) % all.length];
}

/** @param {string} next */
export function choose(next) {
  chosen = next;
  localStorage.setItem(KEY, next);
}

/**
 * The text under `key` in the chosen language, its {holes} filled from `values`.
 *
 * @param {TextKey} key
 * @param {Record<string, unknown>} values
 */
export const t = (key, values = {}) => textIn(chosen, key, values);

/**
 * The same in another language than the chosen one.
 *
 * @param {string} locale
 * @param {TextKey} key
 * @param {Record<string, unknown>} values
 */
export function textIn(locale, key, values = {}) {
  return TEXTS[locale][key].replace(/\{(\w+)\}/g, (hole, name) => {
    const value = values[name];
    return typeof value === "number" ? number(value) : String(value ?? hole);
  });
}

/**
 * What the server words itself, in the chosen language.
 *
 * @param {Worded} worded
 */
export const sentenceOf = (worded) => worded[chosen] ?? t("failed");

/** @param {number} value */
export const number = (value) => value.toLocaleString(chosen);

/**
 * "3.4 MB": bytes as people read them.
 *
 * @param {number} bytes
 */
export function size(bytes) {
  if (bytes < 1e6) return `${number(Math.ceil(bytes / 1e3))} KB`;
  const [unit, name] = bytes < 1e9 ? [1e6, "MB"] : [1e9, "GB"];
  return `${(bytes / unit).toLocaleString(chosen, { maximumFractionDigits: 1 })} ${name}`;
}

/**
 * "About 3 minutes": how long something takes, as exactly as one can know.
 *
 * @param {number} seconds
 */
export function duration(seconds) {
  if (seconds < 50) return t("seconds", { count: Math.max(5, Math.ceil(seconds / 5) * 5) });
  if (seconds < 3300) return t("minutes", { count: Math.max(1, Math.round(seconds / 60)) });
  return t("hours", { count: Number((seconds / 3600).toFixed(1)) });
}
