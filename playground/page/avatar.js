// A person's colour and initials, made from the id and the name alone, so they are the same on every visit.

import { element } from "./element.js";

/** Hues (degrees) far enough apart to tell people from each other on the dark ground. */
const HUES = [18, 45, 88, 140, 168, 195, 222, 258, 292, 335];

/**
 * The user's own colour: the profile's accent, else one by the id. The style sheet makes it light or dark as needed.
 *
 * @param {User} user
 */
export function colourOf(user) {
  if (user.accent_color) return `#${user.accent_color.toString(16).padStart(6, "0")}`;
  return `oklch(0.7 0.13 ${HUES[Number(BigInt(user.id) % 997n) % HUES.length]})`;
}

/**
 * "김윤혜" → "윤혜", "Dan Tok" → "DT", "tester" → "T".
 *
 * @param {string} name
 */
export function initialsOf(name) {
  const letters = [...name.replace(/[^\p{L}\p{N} ]/gu, "")];
  if (/\p{Script=Hangul}/u.test(name))
    return letters
      .filter((letter) => letter !== " ")
      .slice(-2)
      .join("");
  const words = letters.join("").split(" ").filter(Boolean);
  return (
    words
      .slice(0, 2)
      .map((word) => [...word][0].toUpperCase())
      .join("") || "·"
  );
}

/**
 * The avatar; decoration, since the name always stands beside it.
 *
 * @param {User} user
 * @param {string} name
 */
export function avatar(user, name, size = "") {
  const text = user.bot ? element("span", { class: "face" }) : initialsOf(name);
  return element(
    "span",
    { class: `avatar ${size}${user.bot ? " robot" : ""}`, "aria-hidden": "true", vars: { own: colourOf(user) } },
    text,
  );
}
