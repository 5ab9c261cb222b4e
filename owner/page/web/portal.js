// A drawing of the switch "Public Bot" on Discord's developer page, drawn by us: where it is and how it has to stand.

import { t } from "./language.js";

const SVG = "http://www.w3.org/2000/svg";

/** The drawing. */
export function portalPicture() {
  const svg = node("svg", { viewBox: "0 0 640 250", class: "portal", role: "img", "aria-label": t("publicPicture") });
  svg.append(
    node("rect", { x: 1, y: 1, width: 638, height: 248, rx: 14, class: "ground" }),
    node("path", { d: "M170 1V249", class: "line" }),
    ...["General Information", "Installation", "OAuth2"].map((name, at) =>
      text(name, { x: 22, y: 48 + at * 36, class: "quiet" }),
    ),
    node("rect", { x: 12, y: 134, width: 146, height: 32, rx: 8, class: "chosen" }),
    text("Bot", { x: 22, y: 156 }),
    text("Authorization Flow", { x: 200, y: 50, class: "title" }),
    node("rect", { x: 190, y: 72, width: 430, height: 78, rx: 10, class: "ring" }),
    text("PUBLIC BOT", { x: 208, y: 104, class: "name" }),
    text("Public bots can be added by anyone.", { x: 208, y: 128, class: "quiet" }),
    toggle(104, false),
    text("REQUIRES OAUTH2 CODE GRANT", { x: 208, y: 190, class: "name" }),
    text("If your application requires multiple scopes …", { x: 208, y: 214, class: "quiet" }),
    toggle(190, false),
    text("1", { x: 140, y: 156, class: "badge" }),
    text("2", { x: 524, y: 117, class: "badge" }),
  );
  return svg;
}

/**
 * @param {number} y
 * @param {boolean} on
 */
function toggle(y, on) {
  const group = node("g", { class: on ? "toggle on" : "toggle" });
  group.append(
    node("rect", { x: 552, y: y - 6, width: 48, height: 26, rx: 13 }),
    node("circle", { cx: on ? 587 : 565, cy: y + 7, r: 9 }),
  );
  return group;
}

/**
 * @param {string} content
 * @param {Record<string, string | number>} attributes
 */
function text(content, attributes) {
  const made = node("text", attributes);
  made.textContent = content;
  return made;
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 */
function node(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}
