// The form a bot opens: text inputs and selects in a dialog. `submit(components)` gets them in Discord's form.
// Knows nothing of the wire.

import { optionsOf } from "./components.js";
import { element, iconButton } from "./element.js";
import { t } from "./language.js";
import { prose } from "./prose.js";

const ROW = 1;
const TEXT_INPUT = 4;
const TEXT = 10;
const LABEL = 18;

/**
 * Open `modal` ({title, components}); resolves nothing, calls `submit` at most once.
 *
 * @param {Modal} modal
 * @param {Page} page
 * @param {(components: object[]) => void} submit
 */
export function openModal(modal, page, submit) {
  /** @type {{ read: () => object }[]} */
  const inputs = [];
  const rows = modal.components.map((row) => block(row, page, inputs));
  const close = () => dialog.close();
  /** @param {SubmitEvent} event */
  const onsubmit = (event) => {
    event.preventDefault();
    submit(inputs.map((input) => input.read()));
    close();
  };
  /** @type {HTMLDialogElement} */
  const dialog = element(
    "dialog",
    { class: "modal", "aria-labelledby": "modal-title", onclose: () => dialog.remove() },
    element(
      "form",
      { method: "dialog", onsubmit },
      element("header", {}, element("h2", { id: "modal-title" }, modal.title), iconButton("close", t("close"), close)),
      element("div", { class: "modal-body" }, rows),
      element(
        "footer",
        {},
        element("button", { type: "button", class: "press secondary", onclick: close }, t("cancel")),
        element("button", { type: "submit", class: "press primary" }, t("submit")),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  /** @type {HTMLElement | null} */ (dialog.querySelector("input, textarea, select"))?.focus();
}

/**
 * @param {Component} row
 * @param {Page} page
 * @param {{ read: () => object }[]} inputs
 */
function block(row, page, inputs) {
  if (row.type === TEXT) return prose(row.content ?? "", page);
  const inner = row.type === LABEL ? row.component : row.components?.[0];
  if (!inner) return null;
  const input = inner.type === TEXT_INPUT ? textInput(inner) : selectInput(inner, page);
  inputs.push({ read: () => wrap(row, { type: inner.type, custom_id: inner.custom_id, ...input.value() }) });
  const required = inner.required !== false && element("span", { class: "needed", "aria-hidden": "true" }, " *");
  return element(
    "label",
    { class: "entry" },
    element("span", { class: "entry-name" }, row.label ?? inner.label, required),
    row.description && element("small", {}, row.description),
    input.node,
  );
}

/**
 * @param {Component} row
 * @param {object} value
 */
const wrap = (row, value) =>
  row.type === LABEL ? { type: LABEL, id: row.id, component: value } : { type: ROW, components: [value] };

/** @param {Component} one */
function textInput(one) {
  const long = one.style === 2;
  const node = element(long ? "textarea" : "input", {
    ...(long ? { rows: 4 } : { type: "text" }),
    placeholder: one.placeholder,
    required: one.required !== false,
    "data-custom-id": one.custom_id,
    minlength: one.min_length,
    maxlength: one.max_length ?? 4000,
    value: long ? null : one.value,
    // Enter ends a Korean syllable before it may send a form.
    onkeydown: (event) => event.key === "Enter" && event.isComposing && event.preventDefault(),
  });
  if (long) node.value = one.value ?? "";
  return { node, value: () => ({ value: node.value }) };
}

/**
 * @param {Component} one
 * @param {Page} page
 */
function selectInput(one, page) {
  const most = one.max_values ?? 1;
  const options = optionsOf(one, page.store).map((option) =>
    element("option", { value: option.value, selected: option.default }, option.label),
  );
  const empty =
    most === 1 &&
    element(
      "option",
      { value: "", disabled: one.required !== false, selected: true },
      one.placeholder ?? t("chooseOne"),
    );
  const node = element(
    "select",
    { multiple: most > 1, required: one.required !== false, "data-custom-id": one.custom_id },
    empty,
    options,
  );
  const values = () => [...node.selectedOptions].map((option) => option.value).filter(Boolean);
  return { node, value: () => ({ values: values() }) };
}
