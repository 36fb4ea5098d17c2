// What those who run a community do first, and where a pointer and the keyboard do more than a form.
import assert from "node:assert/strict";
import { accessibilityOf } from "./accessibility.mjs";
import { startServer } from "./server.mjs";

const shots = process.env.BROWSER_TEST_SHOTS;

/** A category with several boards. */
const several = (page) => page.locator("[data-item=category]").filter({ has: page.locator('[data-slug="valves"]') });

/** Its boards, as they stand on the page. */
const order = (page) => several(page).locator("[data-item=board]").evaluateAll((items) => items.map((item) => item.dataset.slug));

async function administrator(browser, server, options = {}) {
  const context = await browser.newContext({ baseURL: server.address, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto("/sign-in");
  await page.locator("#login").fill("ruth");
  await page.locator("#password").fill(server.password());
  await page.locator('form[action="/sign-in"] button').click();
  await page.waitForURL("/");
  await page.goto("/admin/boards");
  return { context, page };
}

/** The middle of an element. */
async function middle(locator) {
  const { x, y, width, height } = await locator.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

const setUp = (javaScriptEnabled, viewport) => [
  `an empty installation is set up ${javaScriptEnabled ? "with" : "without"} scripts, ${viewport.width} px wide`,
  async ({ browser }) => {
    const server = await startServer("serve");
    const context = await browser.newContext({ baseURL: server.address, javaScriptEnabled, viewport, reducedMotion: "reduce" });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      const look = async (name) => {
        if (shots) await page.screenshot({ path: `${shots}/set-up-${name}-${viewport.width}.png`, fullPage: true });
        if (!javaScriptEnabled) return;
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wider <= 0, `${name} is ${wider} px wider than the screen`);
        assert.deepEqual(await accessibilityOf(page), []);
      };
      await page.goto("/b/anything");
      assert.equal(new URL(page.url()).pathname, "/set-up");
      await look("code");
      await page.getByLabel("Code").fill("0000-0000-0000-0000");
      await page.getByRole("button", { name: "Set up the community" }).click();
      await page.locator("#code-problem").waitFor();
      await page.getByLabel("Code").fill(server.code());
      await page.getByRole("button", { name: "Set up the community" }).click();

      await page.getByLabel("Name of the community").fill("Lampworks");
      await page.getByLabel("Colour of the brand", { exact: true }).fill("#7a1fa2");
      if (javaScriptEnabled) await page.locator('link[href$="brand-7a1fa2.css"]').waitFor({ state: "attached" });
      await page.getByLabel("Name of the board Help").fill("Ask us");
      await look("community");
      await page.getByRole("button", { name: "Continue" }).click();

      await page.getByLabel("Handle").fill("ruth");
      await page.getByLabel("Name", { exact: true }).fill("Ruth Brand");
      await page.getByLabel("Email").fill("ruth@example.com");
      await page.getByLabel("Password").fill("a long enough sentence");
      await look("administrator");
      await page.getByRole("button", { name: "Open the community" }).click();

      await page.waitForURL("/admin");
      await page.getByText("Your community is open.").waitFor();
      await page.goto("/boards");
      await page.getByRole("link", { name: "Ask us" }).first().waitFor();
      assert.equal((await page.goto("/set-up")).status(), 404);
    } finally {
      await context.close();
      await server.stop();
    }
  },
];

export const administration = [
  setUp(true, { width: 1440, height: 900 }),
  setUp(false, { width: 390, height: 844 }),
  setUp(true, { width: 390, height: 844 }),

  [
    "a board is dragged to another place",
    async ({ browser, server }) => {
      const { context, page } = await administrator(browser, server);
      const before = await order(page);
      assert.ok(before.length > 2, "there is something to put in order");
      const items = several(page).locator("[data-item=board]");
      await items.nth(1).evaluate((item) => item.scrollIntoView({ block: "center" }));
      const from = await middle(items.nth(0).locator(".grip"));
      const over = await items.nth(1).boundingBox();

      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(from.x, over.y + 4, { steps: 8 });
      await page.mouse.move(from.x, over.y + over.height - 4, { steps: 8 });
      assert.deepEqual((await order(page)).slice(0, 2), [before[1], before[0]]);
      await page.mouse.up();

      await page.getByText("The order is saved.").waitFor();
      assert.deepEqual(await order(page), [before[1], before[0], ...before.slice(2)]);
      await page.goto("/admin/log");
      assert.match(await page.locator(".acts tr").nth(1).innerText(), /Moved the board/);
      await context.close();
    },
  ],

  [
    "a board is moved by the keyboard, which says where it is, and put back by escape",
    async ({ browser, server }) => {
      const { context, page } = await administrator(browser, server);
      const before = await order(page);
      const said = () => page.locator("board-order > [role=status]").innerText();
      const grip = several(page).locator("[data-item=board]").nth(0).locator(".grip");
      await grip.focus();

      await page.keyboard.press("Space");
      assert.match(await said(), /taken, place 1/);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      assert.match(await said(), /, place 3\./);
      await page.keyboard.press("Escape");
      assert.match(await said(), /is where it was/);
      assert.deepEqual(await order(page), before);

      await page.keyboard.press("Space");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Space");
      await page.getByText("The order is saved.").waitFor();
      assert.deepEqual(await order(page), [before[1], before[0], ...before.slice(2)]);
      assert.match(await page.evaluate(() => document.activeElement.className), /grip/, "the focus stays");
      assert.deepEqual(await accessibilityOf(page), []);
      await context.close();
    },
  ],

  [
    "a category is dragged by touch",
    async ({ browser, server }) => {
      const { context, page } = await administrator(browser, server, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
      const names = () => page.locator("[data-item=category]").evaluateAll((items) => items.map((item) => item.dataset.slug));
      const before = await names();
      assert.ok(before.length > 1);
      const last = page.locator("[data-item=category]").last();
      await last.locator(".category__head .grip").scrollIntoViewIfNeeded();
      const from = await middle(last.locator(".category__head .grip"));
      const touch = await context.newCDPSession(page);
      const send = (type, y) => touch.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x: from.x, y }] });
      const over = await page.locator("[data-item=category]").nth(before.length - 2).boundingBox();
      await send("touchStart", from.y);
      for (let y = from.y; y > Math.max(over.y, 1); y -= 12) await send("touchMove", y);
      await send("touchEnd");
      await page.getByText("The order is saved.").waitFor();
      const after = await names();
      assert.equal(after.indexOf(before.at(-1)), before.length - 2, `${before} became ${after}`);
      await context.close();
    },
  ],
];
