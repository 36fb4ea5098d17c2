// A part of a page as Markdown: what our own renderer knows, and words alone of all else.
const SPECIAL = /[\\`*[\]<]|(?<!\w)_|_(?!\w)/g;
const BLOCKS = "P DIV SECTION ARTICLE HEADER FOOTER MAIN DL DT DD FIGURE TR".split(" ");
const NOTHING = "SCRIPT STYLE TITLE META LINK BUTTON TEMPLATE".split(" ");

customElements.define(
  "to-markdown",
  class extends HTMLElement {
    static of(root) {
      return blocks(root).replace(/[^\S\n]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
    }
    static table(rows) {
      return table(rows.map((row) => row.map(escaped))).trim();
    }
  },
);

function escaped(text) {
  return text.replace(SPECIAL, "\\$&");
}

function blocks(node) {
  return [...node.childNodes].map(one).join("");
}

function around(mark, node) {
  const [, before, words, after] = /^(\s*)([^]*?)(\s*)$/.exec(blocks(node));
  return words ? `${before}${mark}${words}${mark}${after}` : before;
}

function one(node) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data.replace(/[\s\u00a0]+/g, " "));
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const name = node.tagName;
  const style = node.getAttribute("style") ?? "";
  const heading = /^H([1-6])$/.exec(name);
  if (heading) return `\n\n${"#".repeat(heading[1])} ${blocks(node).trim().replaceAll("\n", " ")}\n\n`;
  if (/^MsoList/.test(node.className)) return `\n- ${blocks(node).trim().replace(/^([·•o§-]|\d+[.)])\s*/, "")}\n`;
  if (NOTHING.includes(name)) return "";
  if (name === "BR") return "\n";
  if (name === "HR") return "\n\n---\n\n";
  if (name === "IMG") return picture(node);
  if (name === "A") return link(node);
  if (name === "PRE") return `\n\n\`\`\`\n${node.textContent.replace(/\n$/, "")}\n\`\`\`\n\n`;
  if (name === "CODE" || name === "KBD") return node.textContent.trim() && `\`${node.textContent.trim()}\``;
  if (name === "BLOCKQUOTE") return `\n\n${before(blocks(node).trim(), "> ")}\n\n`;
  if (name === "UL" || name === "OL") return list(node);
  if (name === "TABLE") return table([...node.rows].map((row) => [...row.cells].map((cell) => blocks(cell).trim())));
  if (["DEL", "S", "STRIKE"].includes(name)) return around("~~", node);
  const plain = /font-weight:\s*(normal|400)/.test(style);
  if (["STRONG", "B"].includes(name) && !plain) return around("**", node);
  if (["EM", "I"].includes(name)) return around("_", node);
  if (name === "SPAN" && /font-weight:\s*(bold|[6-9]00)/.test(style)) return around("**", node);
  if (name === "SPAN" && /font-style:\s*italic/.test(style)) return around("_", node);
  return BLOCKS.includes(name) ? `\n\n${blocks(node).trim()}\n\n` : blocks(node);
}

function link(node) {
  const [words, address] = [blocks(node).trim(), node.getAttribute("href") ?? ""];
  const good = /^(https?:\/\/|mailto:|\/)/.test(address) && !node.querySelector("img") && !words.startsWith("@");
  return good && words ? `[${words}](${address.replace(/[\s()]/g, encodeURIComponent)})` : words;
}

function picture(node) {
  const ours = /^\/files\/\d+/.exec(node.getAttribute("src") ?? "");
  return ours ? `![${escaped(node.alt)}](${ours[0]})` : "";
}

function list(node) {
  const items = [...node.children].filter((item) => item.tagName === "LI");
  const marked = items.map((item, at) => {
    const mark = node.tagName === "OL" ? `${(node.start || 1) + at}. ` : "- ";
    return mark + before(blocks(item).trim().replace(/\n\n+/g, "\n"), " ".repeat(mark.length)).trimStart();
  });
  return `\n\n${marked.join("\n")}\n\n`;
}

function before(text, mark) {
  return text.split("\n").map((line) => (line || mark === "> " ? mark + line : line).trimEnd()).join("\n");
}

function table(rows) {
  if (!rows.length) return "";
  const wide = Math.max(...rows.map((row) => row.length));
  const line = (row) => `| ${Array.from({ length: wide }, (_, at) => (row[at] ?? "").replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|")).join(" | ")} |`;
  return `\n\n${[line(rows[0]), `|${" --- |".repeat(wide)}`, ...rows.slice(1).map(line)].join("\n")}\n\n`;
}
