// Days and times as a chat shows them, in the chosen language and the viewer's time zone; and what time it is, for the
// server's clock may have been turned. Knows nothing of the DOM.

import { locale, t } from "./language.js";

/**
 * @param {Intl.DateTimeFormatOptions} options
 * @returns {(when: Date) => string}
 */
const format = (options) => (when) => new Intl.DateTimeFormat(locale(), options).format(when);

let ahead = 0;

/** The moment it is where the server is. */
export const now = () => new Date(Date.now() + ahead);

/**
 * From here on it is `moment`, a Date.
 *
 * @param {Date} moment
 */
export function turnTo(moment) {
  ahead = moment.getTime() - Date.now();
}

export const clock = format({ hour: "numeric", minute: "2-digit" });
export const day = format({ year: "numeric", month: "long", day: "numeric", weekday: "long" });
export const shortDay = format({ year: "numeric", month: "short", day: "numeric", weekday: "short" });
export const full = format({ dateStyle: "full", timeStyle: "short" });

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const DISCORD_STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};
/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/**
 * How many calendar days ago `when` was.
 *
 * @param {Date} when
 */
export function daysAgo(when, today = now()) {
  /** @param {Date} date */
  const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(today) - midnight(when)) / 86_400_000);
}

/**
 * "오늘 오후 3:04", or the date where it is further away.
 *
 * @param {Date} when
 */
export function stamp(when) {
  const ago = daysAgo(when);
  if (ago === 0) return `${t("today")} ${clock(when)}`;
  if (ago === 1) return `${t("yesterday")} ${clock(when)}`;
  return format({ dateStyle: "medium", timeStyle: "short" })(when);
}

/**
 * Discord's `<t:seconds:style>`.
 *
 * @param {number} seconds
 */
export function discordTime(seconds, style = "f") {
  const when = new Date(seconds * 1000);
  return style === "R"
    ? relative(seconds - now().getTime() / 1000)
    : format(DISCORD_STYLES[style] ?? DISCORD_STYLES.f)(when);
}

/** @param {number} seconds */
function relative(seconds) {
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS[UNITS.length - 1];
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(Math.round(seconds / size), unit);
}
