// Discord's Markdown as a tree of plain objects: {type, children} or {type, text, …}. Pure; knows nothing of the DOM,
// so nothing here can turn text into HTML. Grammar: Discord's help page "Markdown Text 101".

const DEEPEST = 12;

/**
 * Parse a message (or an embed's description) into block nodes.
 *
 * @param {string} text
 */
export function parse(text) {
  const parts = text.split(/```(?:([\w+#-]*)\n)?\n?([\s\S]+?)\n?```/);
  /** @type {MarkdownNode[]} */
  const nodes = [];
  for (let at = 0; at < parts.length; at += 3) {
    nodes.push(...blocks(at ? parts[at].replace(/^\n/, "") : parts[at]));
    if (at + 2 < parts.length) nodes.push({ type: "fence", language: parts[at + 1] ?? "", text: parts[at + 2] });
  }
  return nodes;
}

/** @type {MarkdownRule[]} */
const LINES = [
  [/^-# (.+)$/, (match) => ({ type: "small", children: inline(match[1]) })],
  [/^(#{1,3}) (.+)$/, (match) => ({ type: "heading", level: match[1].length, children: inline(match[2]) })],
  [
    /^( *)[-*] (.+)$/,
    (match) => ({ type: "item", mark: "•", depth: match[1].length >> 1, children: inline(match[2]) }),
  ],
  [
    /^( *)(\d+)\. (.+)$/,
    (match) => ({ type: "item", mark: `${match[2]}.`, depth: match[1].length >> 1, children: inline(match[3]) }),
  ],
];

/** @param {string} text */
function blocks(text) {
  const lines = text.split("\n");
  /** @type {MarkdownNode[]} */
  const nodes = [];
  /** @type {string[]} */
  let plain = [];
  const flush = () => {
    if (plain.join("").trim()) nodes.push({ type: "paragraph", children: inline(plain.join("\n")) });
    plain = [];
  };
  while (lines.length) {
    const block = quote(lines) ?? line(lines);
    if (block) flush();
    if (block) nodes.push(block);
    else plain.push(...lines.splice(0, 1));
  }
  flush();
  return nodes;
}

/**
 * `>>> ` quotes all that follows, `> ` its own lines; takes them off `lines`.
 *
 * @param {string[]} lines
 * @returns {MarkdownNode | null}
 */
function quote(lines) {
  if (lines[0].startsWith(">>> ")) return { type: "quote", children: blocks(lines.splice(0).join("\n").slice(4)) };
  const length = lines.findIndex((one) => !one.startsWith("> "));
  const count = length < 0 ? lines.length : length;
  if (!count) return null;
  return {
    type: "quote",
    children: blocks(
      lines
        .splice(0, count)
        .map((one) => one.slice(2))
        .join("\n"),
    ),
  };
}

/** @param {string[]} lines */
function line(lines) {
  for (const [pattern, make] of LINES) {
    const match = pattern.exec(lines[0]);
    if (match) lines.shift();
    if (match) return make(match, 0);
  }
  return null;
}

/**
 * @param {"strong" | "underline" | "em" | "strike" | "spoiler"} type
 * @returns {MarkdownRule[1]}
 */
const wrap = (type) => (match, depth) => ({ type, children: inline(match[1], depth + 1) });
/**
 * @param {string} text
 * @param {string} url
 * @returns {MarkdownNode}
 */
const link = (text, url) => ({ type: "link", url, children: [{ type: "text", text }] });

/**
 * Tried in this order at every position; each is sticky and looks only forward.
 *
 * @type {MarkdownRule[]}
 */
const INLINE = [
  [/\\([^\p{L}\p{N}\s])/uy, (match) => ({ type: "text", text: match[1] })],
  [/(`+)([\s\S]*?[^`])\1(?!`)/y, (match) => ({ type: "code", text: match[2].trim() || match[2] })],
  [/\*\*([\s\S]+?)\*\*(?!\*)/y, wrap("strong")],
  [/__([\s\S]+?)__(?!_)/y, wrap("underline")],
  [/\*(?![\s*])([\s\S]*?[^\s*])\*(?!\*)/y, wrap("em")],
  [/(?<![\p{L}\p{N}_])_(?![\s_])([\s\S]*?[^\s_])_(?![\p{L}\p{N}_])/uy, wrap("em")],
  [/~~([\s\S]+?)~~/y, wrap("strike")],
  [/\|\|([\s\S]+?)\|\|/y, wrap("spoiler")],
  [/\[([^\]\n]+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/y, (match) => link(match[1], match[2])],
  [/<(https?:\/\/[^\s>]+)>/y, (match) => link(match[1], match[1])],
  [/https?:\/\/[^\s<>|)]*[^\s<>|).,:;!?"'\]]/y, (match) => link(match[0], match[0])],
  [/<@!?(\d{1,20})>/y, (match) => ({ type: "user", id: match[1] })],
  [/<@&(\d{1,20})>/y, (match) => ({ type: "role", id: match[1] })],
  [/<#(\d{1,20})>/y, (match) => ({ type: "channel", id: match[1] })],
  [/<\/([^:>\n]{1,100}):(\d{1,20})>/y, (match) => ({ type: "command", name: match[1] })],
  [/<a?:(\w{2,32}):(\d{1,20})>/y, (match) => ({ type: "emoji", name: match[1] })],
  [/<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y, (match) => ({ type: "time", seconds: Number(match[1]), style: match[2] })],
  [/@(everyone|here)\b/y, (match) => ({ type: "everyone", text: match[0] })],
];
/** Where one of the rules above can begin; everything up to the next such sign is text. */
const PLAIN = /[^\\`*_~|[<h@]+|h(?!ttps?:)+|[\s\S]/y;

/**
 * Parse the inside of one block.
 *
 * @param {string} text
 * @returns {MarkdownNode[]}
 */
export function inline(text, depth = 0) {
  if (depth > DEEPEST) return [{ type: "text", text }];
  /** @type {MarkdownNode[]} */
  const nodes = [];
  for (let at = 0; at < text.length;) {
    const { node, end } = next(text, at, depth);
    const last = nodes.at(-1);
    if (node.type === "text" && last?.type === "text") last.text += node.text;
    else nodes.push(node);
    at = end;
  }
  return nodes;
}

/**
 * @param {string} text
 * @param {number} at
 * @param {number} depth
 * @returns {{ node: MarkdownNode, end: number }}
 */
function next(text, at, depth) {
  for (const [pattern, make] of INLINE) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { node: make(match, depth), end: at + match[0].length };
  }
  PLAIN.lastIndex = at;
  const plain = PLAIN.exec(text)?.[0] ?? text.slice(at);
  return { node: { type: "text", text: plain }, end: at + plain.length };
}
