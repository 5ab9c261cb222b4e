// The language of the page: which one is chosen, and how texts, names and descriptions are looked up in it.
// Knows nothing of the DOM.

import { TEXTS } from "./texts.js";

const KEY = "dantok.locale";
export const LOCALES = { ko: "한국어", "en-US": "English" };

let chosen = LOCALES[localStorage.getItem(KEY)] ? localStorage.getItem(KEY) : ofTheBrowser();

/** Korean where the browser asks for it before English, else English. */
function ofTheBrowser() {
  const wanted = navigator.languages.map((one) => one.split("-")[0]).find((one) => one === "ko" || one === "en");
  return wanted === "ko" ? "ko" : "en-US";
}

/** The chosen locale as Discord writes it. */
export const locale = () => chosen;

export function choose(next) {
  chosen = next;
  localStorage.setItem(KEY, next);
}

/** The page's own text under `key`, its {holes} filled from `values`. */
export function t(key, values = {}) {
  const text = TEXTS[chosen][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
}

/**
 * A Discord object's `field` ("name" or "description") in the chosen language, or as it is where it has no
 * translation.
 */
export function localized(object, field) {
  return object[`${field}_localizations`]?.[chosen] ?? object[field] ?? "";
}
