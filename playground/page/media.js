// Attached files: pictures (a click enlarges them), sound, video, and cards for everything else.
// Knows nothing of messages.

import { element, icon, iconButton, safeUrl } from "./element.js";
import { t } from "./language.js";
import { link } from "./prose.js";

/**
 * Whether a file is seen or heard, and not only to be fetched.
 *
 * @param {Attachment} file
 */
export const isMedia = (file) => /^(image|audio|video)\//.test(file.content_type ?? "");

/**
 * One attachment object of Discord's.
 *
 * @param {Attachment} file
 */
export function attachment(file) {
  const kind = (file.content_type ?? "").split("/")[0];
  if (kind === "image") return picture(file.url, file);
  if (kind === "audio")
    return element("audio", { class: "sound", controls: true, preload: "metadata", src: safeUrl(file.url) });
  if (kind === "video")
    return element("video", { class: "picture", controls: true, preload: "metadata", src: safeUrl(file.url) });
  return card(file);
}

const WIDEST = 420;
const TALLEST = 340;

/**
 * A picture that opens large. Where its size is known its room is kept while it loads, so the list does not jump.
 *
 * @param {string | undefined} address
 * @param {{ filename?: string, description?: string, width?: number, height?: number }} shown
 */
export function picture(address, { filename = "", description, width, height } = {}) {
  const src = safeUrl(address);
  if (!src) return null;
  const alt = description ?? t("picture", { name: filename });
  const image = element("img", { src, alt, ...fitted(width, height), loading: "lazy" });
  return element(
    "button",
    { type: "button", class: "picture", "aria-label": alt, onclick: () => enlarge(src, alt) },
    image,
  );
}

/**
 * The size at which a picture is shown: never larger than it is, and always in its own shape.
 *
 * @param {number | undefined} width
 * @param {number | undefined} height
 */
function fitted(width, height) {
  if (!width || !height) return {};
  const scale = Math.min(1, WIDEST / width, TALLEST / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** @param {Attachment} file */
function card(file) {
  const name = element("strong", {}, link(file.url, [file.filename]));
  return element(
    "div",
    { class: "file" },
    icon("file"),
    element("div", {}, name, element("small", {}, bytes(file.size))),
  );
}

/**
 * 1536 → "1.5 KB".
 *
 * @param {number} size
 */
function bytes(size) {
  const power = Math.min(3, Math.floor(Math.log2(Math.max(1, size)) / 10));
  return `${Number((size / 1024 ** power).toFixed(1))} ${["B", "KB", "MB", "GB"][power]}`;
}

/**
 * @param {string} src
 * @param {string} alt
 */
function enlarge(src, alt) {
  const close = () => dialog.close();
  /** @type {HTMLDialogElement} */
  const dialog = element(
    "dialog",
    { class: "viewer", "aria-label": alt, onclick: close, onclose: () => dialog.remove() },
    iconButton("close", t("close"), close),
    element("img", { src, alt }),
    element(
      "a",
      {
        href: src,
        target: "_blank",
        rel: "noopener noreferrer",
        onclick: (event) => event.stopPropagation(),
      },
      t("openOriginal"),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}
