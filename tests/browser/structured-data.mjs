// What threads say of themselves to search engines, held against schema.org's own vocabulary by the TypeScript
// compiler, and against what Google asks of pages of answers and of forums before it shows them:
// https://developers.google.com/search/docs/appearance/structured-data/qapage and …/discussion-forum
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const WANTED = {
  QAPage: ["mainEntity"],
  Question: ["name", "answerCount", "text", "author", "datePublished", "upvoteCount"],
  Answer: ["text", "url", "author", "datePublished", "upvoteCount"],
  DiscussionForumPosting: ["author", "datePublished", "text", "headline", "url", "interactionStatistic"],
  Comment: ["author", "datePublished", "text", "url"],
  Person: ["name"],
  LikeAction: [],
  InteractionCounter: ["interactionType", "userInteractionCount"],
};

/** What is missing in a thing and in all things in it. */
function missing(thing, path = thing["@type"]) {
  const kind = thing["@type"];
  const own = (WANTED[kind] ?? [`a rule for ${kind}`]).filter((name) => thing[name] === undefined || thing[name] === "").map((name) => `${path}: ${name}`);
  const within = Object.entries(thing).flatMap(([name, value]) => [value].flat().filter((part) => part?.["@type"]).flatMap((part) => missing(part, `${path}.${name}`)));
  return [...own, ...within];
}

export const structuredData = [
  [
    "what threads say to search engines is valid and complete",
    async ({ browser, server }) => {
      const context = await browser.newContext({ baseURL: server.address });
      const page = await context.newPage();
      // Inside this folder, so that the vocabulary is found.
      const folder = mkdtempSync(join(import.meta.dirname, "node_modules", ".structured-data-"));
      try {
        const places = [];
        for (const part of (await (await fetch(`${server.address}/sitemap.xml`)).text()).matchAll(/<loc>([^<]*\/\d+\.xml)<\/loc>/g)) {
          const text = await (await fetch(part[1])).text();
          places.push(...[...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map((found) => found[1]));
        }
        assert.ok(places.length > 20, "the sample community has threads");
        const kinds = new Set();
        let source = 'import type { DiscussionForumPosting, QAPage, WithContext } from "schema-dts";\n';
        for (const place of places.slice(0, 60)) {
          await page.goto(place);
          const canonical = await page.locator("link[rel=canonical]").getAttribute("href");
          assert.equal(canonical, place);
          const text = await page.locator('script[type="application/ld+json"]').textContent();
          const data = JSON.parse(text);
          assert.deepEqual(missing(data), [], place);
          if (data["@type"] === "QAPage") {
            const question = data.mainEntity;
            assert.ok(question.acceptedAnswer ?? question.suggestedAnswer, `${place}: an answer`);
          }
          kinds.add(data["@type"]);
          source += `(${JSON.stringify(data)} satisfies WithContext<${data["@type"]}>);\n`;
        }
        assert.deepEqual([...kinds].sort(), ["DiscussionForumPosting", "QAPage"]);
        const check = async (text) => {
          const file = join(folder, "said.ts");
          writeFileSync(file, text);
          const tsc = join(import.meta.dirname, "node_modules", ".bin", "tsc");
          const asked = ["--noEmit", "--strict", "--skipLibCheck", "--ignoreConfig", "--module", "nodenext", "--target", "es2022", file];
          return promisify(execFile)(tsc, asked).then(() => "", (error) => error.stdout || String(error));
        };
        assert.equal(await check(source), "");
        // The compiler does look: a property that schema.org does not know is refused.
        assert.match(await check(source.replace('"answerCount"', '"numberOfAnswers"')), /numberOfAnswers/);
      } finally {
        rmSync(folder, { recursive: true, force: true });
        await context.close();
      }
    },
  ],
];
