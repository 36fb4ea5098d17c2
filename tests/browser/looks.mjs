// Every page, as guest, member, moderator and administrator, wide and narrow, light and dark: nothing that axe calls
// wrong, nothing wider than the screen, nothing in the console, no request to anybody else.
import assert from "node:assert/strict";
import { accessibilityOf } from "./accessibility.mjs";

const shots = process.env.BROWSER_TEST_SHOTS;

const EVERYBODY = ["/", "/boards", "/b/valves", "/b/valves?sort=unsolved", "/b/news", "/search?q=valve", "/search?q=qqqqqq", "/ranks", "/badges", "/badges/first-answer", "/leaderboards", "/b/valves/leaderboard?window=ever", "/moderation", "/moderation?by=automatic", "/groups", "/g/installers", "/m/maya", "/sign-in", "/sign-up", "/sign-up/waiting", "/reset-password", "/reset-password/used-up", "/tags", "/tags/gen-2", "/t/8/p/25", "/p/1/history", "/rules", "/terms", "/privacy", "/imprint", "/about", "/terms/history", "/nowhere"];
const MEMBERS = ["/ask", "/drafts", "/inbox", "/settings", "/reading", "/settings/security", "/settings/sessions", "/settings/factors", "/settings/factors/app", "/settings/data", "/settings/close", "/settings/agreements", "/g/installers"];

const ADMINISTRATORS = ["/admin", "/admin/boards", "/admin/boards/beta", "/admin/boards/beta/archive", "/admin/boards/beta/rights?member=maya", "/admin/categories/help", "/admin/categories/help/rights", "/admin/new-board", "/admin/new-category", "/admin/groups", "/admin/groups/installers", "/admin/groups/installers/delete", "/admin/new-group", "/admin/members", "/admin/members/maya", "/admin/members/maya/close", "/admin/members?q=nobody", "/admin/members?q=m&sort=seen", "/admin/settings", "/admin/log", "/admin/ranks", "/admin/ranks/expert", "/admin/new-rank", "/admin/badges", "/admin/badges/proven", "/admin/new-badge", "/admin/tags", "/admin/tags/gen-2", "/admin/points", "/admin/providers", "/admin/new-provider", "/admin/providers/house", "/admin/approvals", "/admin/invitations", "/admin/new-invitation", "/admin/new-invitations", "/admin/texts", "/admin/texts/terms", "/groups", "/g/installers"];

const people = [
  ["administrator", "ruth", ADMINISTRATORS],
  ["guest", null, EVERYBODY],
  ["member", "maya", [...EVERYBODY.slice(0, 6), ...MEMBERS, "/m/maya"]],
  ["moderator", "tomas", ["/b/valves", "/moderation", "/moderation/queue", "/m/tomas", "/p/1/flag", "/p/1/edit", "/p/1/remove", "/t/1/lock"]],
];

const screens = [
  ["phone, light", { width: 390, height: 844 }, "light"],
  ["phone, dark", { width: 390, height: 844 }, "dark"],
  ["wide, light", { width: 1440, height: 900 }, "light"],
  ["wide, dark", { width: 1440, height: 900 }, "dark"],
  ["narrowest", { width: 320, height: 640 }, "light"],
];

export const looks = people.flatMap(([who, login, paths]) =>
  screens.map(([screen, viewport, colorScheme]) => [
    `the pages of ${who === "administrator" ? "an" : "a"} ${who} look right: ${screen}`,
    async ({ browser, server }) => {
      const context = await browser.newContext({ baseURL: server.address, viewport, colorScheme, reducedMotion: "reduce" });
      const page = await context.newPage();
      const wrong = [];
      page.on("console", (message) => {
        // A page that is missing or refused says so in the console as well.
        if (message.type() === "error" && !/status of (404|422)/.test(message.text())) wrong.push(`${page.url()}: ${message.text()}`);
      });
      page.on("request", (request) => {
        if (!request.url().startsWith(server.address)) wrong.push(`asks ${request.url()}`);
      });
      if (login) {
        await page.goto("/sign-in");
        await page.locator("#login").fill(login);
        await page.locator("#password").fill(server.password());
        await page.locator('form[action="/sign-in"] button').click();
        await page.waitForURL("/");
      }
      if (who === "administrator") await foundGroup(context, server);
      const cases = paths.includes("/moderation/queue") ? await casesOn(page) : [];
      const threads = await threadsOn(page);
      for (const path of [...paths, ...cases, ...threads]) {
        await page.goto(path);
        if (shots) await page.screenshot({ path: `${shots}/${who}-${screen}-${path.replace(/\W+/g, "_")}.png`.replaceAll(", ", "-"), fullPage: true });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wider > 0) wrong.push(`${path} is ${wider} px wider than the screen`);
        wrong.push(...(await accessibilityOf(page)));
      }
      await context.close();
      assert.deepEqual(wrong, []);
    },
  ]),
);

/** What the sample community has flagged. */
async function casesOn(page) {
  await page.goto("/moderation/queue");
  const links = await page.locator(".queue__line > a").evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute("href")));
  assert.ok(links.length > 0);
  return links.slice(0, 1);
}

/** A solved thread, a long one and an announcement, as the sample community has them. */
async function threadsOn(page) {
  const found = [];
  for (const [path, picks] of [["/b/valves", ".thread-row"], ["/b/news", ".thread-row"]]) {
    await page.goto(path);
    const links = await page.locator(`${picks} h2 a, ${picks} h3 a`).evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute("href")));
    found.push(...links.slice(0, 2));
  }
  return found;
}

/** A group with an owner and somebody who wants to be let in; where it is there already, nothing happens. */
async function foundGroup(context, server) {
  const headers = { origin: server.address, "sec-fetch-site": "same-origin" };
  const post = (path, form = {}) => context.request.post(path, { form, headers, maxRedirects: 0 });
  await post("/admin/groups", { name: "Installers", description: "Heating installers who help here.", kind: "request" });
  await post("/admin/groups/installers/members", { handle: "maya" });
  await post("/admin/groups/installers/owners/maya");
  await post("/g/installers/request");
  await post("/admin/boards/beta/rights", { member: "maya", level: "moderate" });
}
