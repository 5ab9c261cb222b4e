// What a typed command wants next: its name and options, with those already given dimmed.
// Knows nothing of the input it is shown over.

import { titleOf } from "./commands.js";
import { element } from "./element.js";
import { localized } from "./language.js";

/** `/say word n [temperature]`, with what was given dimmed and what comes next bright. */
export function signature({ leaf, texts }) {
  const next = leaf.options.find((option) => !texts.get(option.name));
  const part = (option) => {
    const name = localized(option, "name");
    return element(
      "span",
      { class: `part${texts.get(option.name) ? " given" : ""}${option === next ? " next" : ""}` },
      option.required ? name : `[${name}]`,
    );
  };
  const detail = localized(next ?? leaf.path.at(-1), "description");
  return [
    element("strong", {}, titleOf(leaf)),
    leaf.options.map(part),
    element("span", { class: "muted detail" }, detail),
  ];
}
