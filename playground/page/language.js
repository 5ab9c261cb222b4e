// The language of the page: which one is chosen, and how texts, names and descriptions are looked up in it.
// Knows nothing of the DOM.

import { TEXTS } from "./texts.js";

/** @typedef {import("./texts.js").TextKey} TextKey */

const KEY = "dantok.locale";
const USUAL = "en-US";

let chosen = kept() ?? ofTheBrowser();

function kept() {
  const locale = localStorage.getItem(KEY);
  return locale !== null && locale in TEXTS ? locale : undefined;
}

/** The first language that the browser asks for and the page speaks. */
function ofTheBrowser() {
  const spoken = new Map(Object.keys(TEXTS).map((locale) => [locale.split("-")[0], locale]));
  const wanted = navigator.languages.map((one) => spoken.get(one.split("-")[0]));
  return wanted.find((locale) => locale !== undefined) ?? USUAL;
}

/** The chosen locale as Discord writes it. */
export const locale = () => chosen;

/** The locale after the chosen one, in the order in which the page's languages stand. */
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
 * The page's own text under `key`, its {holes} filled from `values`.
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
  return TEXTS[locale][key].replace(/\{(\w+)\}/g, (hole, name) => String(values[name] ?? hole));
}

/**
 * What the server complains of; a sentence that the page has none for is the plainest one.
 *
 * @param {string} key
 * @param {Record<string, unknown>} values
 */
export function complaint(key, values) {
  return key in TEXTS[chosen] ? t(/** @type {TextKey} */ (key), values) : t("wrong");
}

/**
 * A Discord object's `field` in the chosen language, or as it is where it has no translation.
 *
 * @param {Translated} object
 * @param {"name" | "description"} field
 */
export function localized(object, field) {
  return object[`${field}_localizations`]?.[chosen] ?? object[field] ?? "";
}
