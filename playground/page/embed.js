// Embeds: the boxed cards a bot adds to a message. Knows nothing of messages.

import { element, safeUrl } from "./element.js";
import { picture } from "./media.js";
import { line, link, prose } from "./prose.js";
import { stamp } from "./time.js";

/**
 * One embed object; `files` are the message's attachments, which it may name as `attachment://file`.
 *
 * @param {Embed} given
 * @param {Page} page
 * @param {Attachment[]} files
 */
export function embed(given, page, files) {
  const colour = given.color ? `#${given.color.toString(16).padStart(6, "0")}` : null;
  /** @param {Media} [media] */
  const image = (media) => media && picture(addressOf(media, files), media);
  const text = element(
    "div",
    { class: "embed-text" },
    author(given.author, files),
    title(given, page),
    given.description && prose(given.description, page),
    fields(given.fields, page),
  );
  return element(
    "article",
    { class: "embed", vars: colour ? { bar: colour } : {} },
    element("div", { class: "embed-body" }, text, element("div", { class: "thumbnail" }, image(given.thumbnail))),
    image(given.image),
    footer(given, files),
  );
}

/**
 * @param {Media} media
 * @param {Attachment[]} files
 */
function addressOf(media, files) {
  const name = /^attachment:\/\/(.+)$/.exec(media.url ?? "")?.[1];
  return name ? files.find((file) => file.filename === name)?.url : media.url;
}

/**
 * @param {string | undefined} address
 * @param {Attachment[]} files
 */
const small = (address, files) => {
  const src = address && safeUrl(addressOf({ url: address }, files));
  return src && element("img", { class: "tiny", src, alt: "" });
};

/**
 * @param {Embed["author"]} given
 * @param {Attachment[]} files
 */
function author(given, files) {
  if (!given) return null;
  const name = given.url ? link(given.url, [given.name]) : given.name;
  return element("div", { class: "embed-author" }, small(given.icon_url, files), name);
}

/**
 * @param {Embed} given
 * @param {Page} page
 */
function title(given, page) {
  if (!given.title) return null;
  const children = line(given.title, page);
  return element("h3", {}, given.url ? link(given.url, children) : children);
}

/**
 * @param {Embed["fields"]} given
 * @param {Page} page
 */
function fields(given, page) {
  if (!given?.length) return null;
  /** @param {{ name: string, value: string, inline?: boolean }} one */
  const field = (one) =>
    element(
      "div",
      { class: one.inline ? "inline" : "" },
      element("h4", {}, line(one.name, page)),
      prose(one.value, page),
    );
  return element("div", { class: "fields" }, given.map(field));
}

/**
 * @param {Embed} given
 * @param {Attachment[]} files
 */
function footer(given, files) {
  const parts = [given.footer?.text, given.timestamp && stamp(new Date(given.timestamp))].filter(Boolean);
  return parts.length ? element("footer", {}, small(given.footer?.icon_url, files), parts.join(" · ")) : null;
}
