// Journeys through the product in a real browser, each with scripts and without, and every page looked
// at: accessibility, layout, console, and who is asked for what.
//   node run.mjs          all
//   node run.mjs NAME     those whose name contains NAME
import { chromium } from "playwright-core";
import { startServer } from "./server.mjs";
import { attaching } from "./attach.mjs";
import { composing } from "./composer.mjs";
import { journeys } from "./journeys.mjs";
import { administration } from "./administration.mjs";
import { looks } from "./looks.mjs";
import { moderation } from "./moderation.mjs";
import { reading } from "./reading.mjs";
import { structuredData } from "./structured-data.mjs";
import { providers } from "./providers.mjs";

const only = process.argv[2] ?? "";
const server = await startServer();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});

let passed = 0;
let failed = 0;
const walks = [...journeys, ...providers, ...attaching, ...composing, ...administration, ...moderation, ...structuredData, ...reading, ...looks];
for (const [name, walk] of walks.filter(([name]) => name.includes(only))) {
  const began = Date.now();
  try {
    await walk({ browser, server });
    passed += 1;
    console.log(`ok    ${name} (${Date.now() - began} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n${error.stack}\n`);
  }
}

await browser.close();
await server.stop();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
