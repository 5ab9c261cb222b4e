// A place to drop files on or to choose them with, and the files that are on their way. Knows nothing of their kind.

import { element, icon } from "../../../playground/page/element.js";
import { size, t } from "./language.js";

/**
 * @param {import("./client.js").Client} client
 * @param {string} kind
 * @param {{ title: string, hint: string, accept: string }} words
 */
export function dropPlace(client, kind, { title, hint, accept }) {
  /** @param {FileList | null | undefined} files */
  const take = (files) => files?.length && client.send(kind, [...files]);
  const input = element("input", {
    ...{ type: "file", class: "unseen", multiple: true, accept, id: `choose-${kind}` },
    onchange: () => {
      take(input.files);
      input.value = "";
    },
  });
  const place = element(
    "label",
    { class: "drop" },
    input,
    element("span", { class: "badge" }, icon("up")),
    element("strong", {}, title),
    element("span", { class: "muted" }, hint),
  );
  for (const type of ["dragover", "dragleave", "drop"])
    place.addEventListener(type, () => place.classList.toggle("over", type === "dragover"));
  place.addEventListener("drop", (event) => take(event.dataTransfer?.files));
  return place;
}

/**
 * The bars of files on their way.
 *
 * @param {import("./client.js").Client} client
 * @param {string} kind
 */
export function onTheirWay(client, kind) {
  return client.sending
    .filter((each) => each.kind === kind)
    .map((each) =>
      element(
        "li",
        { class: "file" },
        icon("file"),
        element("span", { class: "label" }, each.name),
        element("progress", { max: each.size || 1, value: each.sent, "aria-label": t("sending", { name: each.name }) }),
        element("small", { class: "muted" }, size(each.size)),
      ),
    );
}
