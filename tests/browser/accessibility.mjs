// What axe calls wrong on a page, in words.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// The bars that stay in sight lie upon whatever is beneath them at that place of scroll, and axe calls a button that
// shows by half too small a target. One scrolls it out; here each bar is laid in its place while axe looks.
export async function accessibilityOf(page, part = "html") {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(async (part) => {
    const standing = [...document.querySelectorAll("body *:not(dialog, dialog *)")].filter((element) => /sticky|fixed/.test(getComputedStyle(element).position));
    standing.forEach((element) => (element.style.position = "static"));
    const found = await window.axe.run(part, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] });
    standing.forEach((element) => element.style.removeProperty("position"));
    return found;
  }, part);
  return violations.map(({ id, nodes }) => `${page.url()}: ${id}: ${nodes[0].html.slice(0, 200)}`);
}
