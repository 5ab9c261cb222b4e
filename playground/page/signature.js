// What a typed command wants next: its name and options, with those already given dimmed.
// Knows nothing of the input it is shown over.

import { describe, titleOf } from "./commands.js";
import { element } from "./element.js";
import { localized } from "./language.js";

/**
 * `/say word n [temperature]`, with what was given dimmed and what comes next bright.
 *
 * @param {Leaf} leaf
 * @param {Map<string, string>} texts
 */
export function signature(leaf, texts) {
  const next = leaf.options.find((option) => !texts.get(option.name));
  /** @param {CommandOption} option */
  const part = (option) => {
    const name = localized(option, "name");
    return element(
      "span",
      { class: `part${texts.get(option.name) ? " given" : ""}${option === next ? " next" : ""}` },
      option.required ? name : `[${name}]`,
    );
  };
  const detail = next ? localized(next, "description") : describe(leaf);
  return [
    element("strong", {}, titleOf(leaf)),
    leaf.options.map(part),
    element("span", { class: "muted detail" }, detail),
  ];
}
