// How pages are read: by keyboard, on a phone, on paper, enlarged, mirrored, and how soon they answer.
import assert from "node:assert/strict";
import { accessibilityOf } from "./accessibility.mjs";
import { ask, bothWays, signUp } from "./journeys.mjs";

const shots = process.env.BROWSER_TEST_SHOTS;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const WIDE = { viewport: { width: 1440, height: 900 } };
const LINE = "let wide = " + "0123456789".repeat(30) + ";";
const COLUMNS = ["Model", "Firmware", "Radio", "Battery", "Measured", "Tolerance", "Remarks"];
const TABLE = [COLUMNS, COLUMNS.map(() => "---"), COLUMNS.map((name) => `${name}-value-that-is-long`)].map((row) => `| ${row.join(" | ")} |`).join("\n");
const LONG = `${"The valve clicks and nobody knows why. ".repeat(90)}\n\nThe very end of it, with [a link](https://example.com/end).`;

/** A question with a table, code and a long reply, made once for all walks. */
let made;
function thread({ browser, server }) {
  made ??= (async () => {
    const context = await browser.newContext({ baseURL: server.address });
    const page = await context.newPage();
    await signUp(page, "reader-asker", "Rana Asker");
    const path = await ask(page, "How a page is read", `It begins.\n\n\`\`\`\n${LINE}\n\`\`\`\n\n${TABLE}`);
    for (const body of ["A short answer.", LONG, "Another answer."]) {
      await page.goto(path);
      await page.getByLabel("Your reply").fill(body);
      await page.getByRole("button", { name: "Post reply" }).click();
      await page.waitForURL(/#p\d/);
    }
    const state = await context.storageState();
    await context.close();
    return { path, state };
  })();
  return made;
}

/** A walk over that thread on one screen; `member` is signed in as its asker. */
function on(name, options, walk, member = false) {
  return [
    `reading: ${name}`,
    async (world) => {
      const { path, state } = await thread(world);
      const context = await world.browser.newContext({ baseURL: world.server.address, ...options, ...(member ? { storageState: state } : {}) });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      try {
        await walk({ page, path, context, ...world });
      } finally {
        await context.close();
      }
    },
  ];
}

/** How long what somebody did took until it was seen, each key and press once: three of four were as fast, and the worst. */
function delays(waits) {
  const each = new Map();
  for (const [interaction, duration] of waits.filter(([interaction]) => interaction)) each.set(interaction, Math.max(duration, each.get(interaction) ?? 0));
  const sorted = [...each.values()].sort((one, other) => one - other);
  return { usual: sorted[Math.floor(sorted.length * 0.75)] ?? 0, worst: sorted.at(-1) ?? 0, many: sorted.length };
}
const wider = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const places = async (page, path) => ["/", "/b/valves", path, "/t/8/p/25", "/reading"];

async function shot(page, name) {
  if (shots) await page.screenshot({ path: `${shots}/reading-${name}.png`, fullPage: true });
}

export const reading = [
  on("code is copied and its lines are broken where one wants it", { ...WIDE, permissions: ["clipboard-read", "clipboard-write"] }, async ({ page, path }) => {
    await page.goto(path);
    const code = page.locator("#p1 .code");
    await code.getByRole("button", { name: "Copy" }).click();
    await page.locator("clip-board", { hasText: "Copied" }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), LINE);
    const overflows = () => code.locator("pre").evaluate((pre) => pre.scrollWidth > pre.clientWidth);
    assert.equal(await overflows(), true, "a long line scrolls");
    await code.getByRole("button", { name: "Wrap lines", pressed: false }).click();
    assert.equal(await overflows(), false, "or is broken");
    await code.getByRole("button", { name: "Wrap lines", pressed: true }).click();
    assert.equal(await overflows(), true);
  }),

  on("a wide table scrolls by keyboard, and the page does not", { viewport: { width: 320, height: 640 } }, async ({ page, path }) => {
    await page.goto(path);
    assert.equal(await wider(page), 0);
    const table = page.locator("#p1 .table");
    await table.focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.querySelector("#p1 .table").scrollLeft > 0);
  }),

  ...[true, false].map((javaScriptEnabled) =>
    on(`a long post says its size and is there whole (${javaScriptEnabled ? "with" : "without"} scripts)`, { ...PHONE, javaScriptEnabled }, async ({ page, path }) => {
      await page.goto(path);
      const post = page.locator("#p3 .prose");
      const end = page.locator("#p3", { hasText: "The very end of it" }).getByRole("link", { name: "a link" });
      const height = async () => (await post.boundingBox()).height;
      if (!javaScriptEnabled) {
        assert.ok((await height()) > 1000, "nothing is folded");
        assert.equal(await page.getByRole("link", { name: /Show all/ }).isVisible(), false);
        return;
      }
      assert.ok((await height()) < 400);
      await shot(page, "folded-phone");
      await page.getByRole("link", { name: /Show all 6\d\d words/ }).click();
      assert.ok((await height()) > 1000);
      await page.goto("about:blank");
      await page.goto(path);
      await end.focus();
      await page.waitForFunction(() => document.querySelector("#p3 .prose").getBoundingClientRect().height > 1000);
      await page.goto("about:blank");
      await page.goto(`${path}#p3`);
      assert.ok((await height()) > 1000, "whoever follows a link to it finds it whole");
    }),
  ),

  on("keys lead through a thread", WIDE, async ({ page, path }) => {
    await page.goto(path);
    const at = () => page.evaluate(() => document.activeElement.id);
    for (const [key, place] of [["j", "p1"], ["j", "p2"], ["j", "p3"], ["k", "p2"]]) {
      await page.keyboard.press(key);
      assert.equal(await at(), place, `${key} leads to ${place}`);
    }
    await page.keyboard.press("r");
    await page.waitForURL(/reply=2#reply/);
    await page.goto(path);
    await page.keyboard.press("?");
    const list = page.getByRole("dialog", { name: "Keys" });
    await list.waitFor();
    assert.deepEqual(await accessibilityOf(page), []);
    await shot(page, "keys");
    await page.keyboard.press("j");
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "hidden" });
    await page.getByLabel("Your reply").fill("");
    await page.getByLabel("Your reply").pressSequentially("jkrl?");
    assert.equal(await page.getByLabel("Your reply").inputValue(), "jkrl?", "who types, types");
  }, true),

  on("keys are switched off where a member wants it", WIDE, async ({ page, path }) => {
    await page.goto("/reading");
    await page.getByLabel("Use single letters as shortcuts").uncheck();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    await page.goto(path);
    for (const key of ["j", "?", "/"]) await page.keyboard.press(key);
    assert.equal(await page.evaluate(() => document.activeElement === document.body && !document.querySelector("dialog[open]")), true);
  }),

  on("kudos count at once and are there after a reload", PHONE, async ({ page, browser, server, path }) => {
    const helper = await browser.newContext({ baseURL: server.address });
    const other = await helper.newPage();
    other.setDefaultTimeout(10_000);
    await signUp(other, "kudos-giver", "Kaya Giver");
    await other.goto(path);
    const kudos = other.locator("#p2").getByRole("button", { name: /Kudos/ });
    // How many gave kudos before is no matter.
    const told = () => other.waitForResponse(/\/p\/\d+\/kudos/);
    const count = async () => Number(await kudos.locator(".deed__count").textContent());
    const before = await count();
    let answer = told();
    await kudos.click();
    await other.locator("#p2 [aria-pressed=true]").waitFor();
    assert.equal(await count(), before + 1);
    assert.equal((await answer).status(), 303);
    await other.reload();
    await other.locator("#p2 [aria-pressed=true]").waitFor();
    answer = told();
    await kudos.click();
    await other.locator("#p2 [aria-pressed=false]").waitFor();
    await answer;
    await other.reload();
    assert.equal(await other.locator("#p2 [aria-pressed=false]").count(), 1);
    await helper.clearCookies();
    await kudos.click();
    await other.waitForURL(/kudos/);
    assert.match(await other.locator("main").innerText(), /[Ss]ign/, "the server says why not");
    await helper.close();
    assert.ok(page);
  }),

  on("a post is shared by the telephone, and its address copied elsewhere", { ...PHONE, permissions: ["clipboard-read", "clipboard-write"] }, async ({ page, path, server }) => {
    await page.addInitScript(() => {
      navigator.share = (what) => {
        window.shared = what.url;
        return Promise.resolve();
      };
    });
    await page.goto(path);
    const share = page.locator("#p2").getByRole("link", { name: "Share" });
    await share.click();
    assert.match(await page.evaluate(() => window.shared), new RegExp(`^${server.address}/t/\\d+/p/2$|^${server.address}${path}.*#p2$`));
    await page.evaluate(() => {
      navigator.share = undefined;
    });
    await share.click();
    await page.locator("clip-board", { hasText: "Copied" }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.evaluate(() => window.shared));
  }),

  on("the way to the composer stays under the thumb and hides no words", PHONE, async ({ page, path }) => {
    await page.goto(path);
    const bar = page.locator(".reply-bar");
    const write = bar.getByRole("link", { name: "Write a reply" });
    const box = await write.boundingBox();
    assert.ok(box.y + box.height <= 844 - 56 && box.y > 700, `it stands above the bottom bar: ${JSON.stringify(box)}`);
    await shot(page, "phone");
    await write.click();
    await page.locator("#reply").waitFor();
    await page.waitForFunction(() => getComputedStyle(document.querySelector(".reply-bar")).visibility === "hidden");
    // Whatever gets the focus is scrolled clear of it.
    const hidden = await page.evaluate(async () => {
      const wrong = [];
      for (const deed of document.querySelectorAll("main .deed:not(span), main .prose a")) {
        deed.focus();
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const { left, top, width, height } = deed.getBoundingClientRect();
        const there = document.elementFromPoint(left + width / 2, top + height / 2);
        if (there?.closest(".reply-bar, .bottom-bar, .site-header")) wrong.push(deed.outerHTML.slice(0, 80));
      }
      return wrong;
    });
    assert.deepEqual(hidden, []);
  }, true),

  on("a finger hits what it aims at", { ...PHONE, viewport: { width: 320, height: 640 } }, async ({ page, path }) => {
    for (const place of ["/", "/b/valves", path, "/reading"]) {
      await page.goto(place);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden], [type=checkbox], [type=radio], [type=file])")]
          // Words within a sentence are as high as their line (WCAG 2.5.8); rows are targets as a whole.
          .filter((one) => !one.closest(".prose, .thread-row, .skip-link, dialog, .post__context, .post__answers, .thread__state, .trail, p:not(.brand), dl, small, h2, h3, .post__head, li:not(:has(> a:only-child))"))
          .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 1)
          .map((one) => [one.getBoundingClientRect(), one])
          .filter(([{ height }]) => height < 43.5)
          .map(([{ height }, one]) => `${Math.round(height)} px: ${one.outerHTML.slice(0, 90)}`),
      );
      assert.deepEqual(small, [], place);
      assert.equal(await wider(page), 0, place);
    }
  }, true),

  ...[["phone", PHONE], ["wide", WIDE]].map(([screen, options]) =>
    on(`nothing moves while a page comes: ${screen}`, options, async ({ page, path }) => {
      await page.addInitScript(() => {
        window.moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
      });
      for (const place of ["/", "/b/valves", path, "/t/8/p/25"]) {
        await page.goto(place, { waitUntil: "networkidle" });
        for (let step = 0; step < 6; step += 1) {
          await page.evaluate(() => window.scrollBy(0, 500));
          await page.waitForTimeout(60);
        }
        const moved = await page.evaluate(() => window.moved);
        console.log(`      layout shift, ${screen}, ${place}: ${moved.toFixed(4)}`);
        assert.ok(moved <= 0.05, `${place} moved by ${moved}`);
      }
    }),
  ),

  on("a slow telephone answers at once", PHONE, async ({ page, context, browser, server, path }) => {
    const giver = await browser.newContext({ baseURL: server.address, ...PHONE });
    const hand = await giver.newPage();
    await signUp(hand, "slow-phone", "Sol Phone");
    const session = await giver.newCDPSession(hand);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await hand.addInitScript(() => {
      window.waits = [];
      new PerformanceObserver((list) => window.waits.push(...list.getEntries().map(({ interactionId, duration }) => [interactionId, duration]))).observe({ type: "event", durationThreshold: 16 });
    });
    await hand.goto(path, { waitUntil: "networkidle" });
    const field = hand.getByLabel("Your reply");
    await field.focus();
    await field.pressSequentially("Typed on a slow telephone.", { delay: 60 });
    await hand.waitForTimeout(300);
    const typing = await hand.evaluate(() => window.waits.splice(0));
    await field.blur();
    for (let press = 0; press < 8; press += 1) {
      const told = hand.waitForResponse(/\/p\/\d+\/kudos/);
      await hand.locator("#p2").getByRole("button", { name: /Kudos/ }).tap();
      await told;
      await hand.waitForTimeout(200);
    }
    const kudos = await hand.evaluate(() => window.waits.splice(0));
    // What the machine takes, which others use as well, for a page on which there is nothing else.
    await hand.evaluate(() => {
      document.querySelectorAll("link").forEach((link) => link.remove());
      document.body.replaceChildren(document.createElement("textarea"));
    });
    await hand.waitForTimeout(500);
    await hand.evaluate(() => window.waits.splice(0));
    await hand.locator("textarea").tap();
    await hand.locator("textarea").pressSequentially("Typed on a slow telephone.", { delay: 60 });
    await hand.waitForTimeout(500);
    const empty = delays(await hand.evaluate(() => window.waits.splice(0)));
    for (const [what, waits] of [["typing a reply", typing], ["giving kudos", kudos]]) {
      const { usual, worst, many } = delays(waits);
      console.log(`      ${what}, processor four times slower: ${usual} ms for three of four of ${many} (aim 100), ${worst} ms at worst; on a page with nothing on it ${empty.usual} and ${empty.worst} ms`);
      assert.ok(usual <= Math.max(200, empty.usual + 100), `${what} took ${usual} ms`);
      assert.ok(many >= 6, `${what} was measured ${many} times`);
    }
    await giver.close();
    assert.ok(context && page);
  }),

  on("a page enlarged to the double loses nothing", { viewport: { width: 640, height: 450 } }, async ({ page, path }) => {
    for (const place of await places(page, path)) {
      await page.goto(place);
      assert.equal(await wider(page), 0, place);
      const still = await page.evaluate(() =>
        [...document.querySelectorAll("body *")]
          .filter((one) => ["fixed", "sticky"].includes(getComputedStyle(one).position) && one.checkVisibility() && one.innerText)
          .reduce((sum, one) => sum + one.getBoundingClientRect().height, 0),
      );
      assert.ok(still < 450 / 4, `${place}: ${still} px of 450 stand still`);
      // The same by letters alone.
      await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
      assert.equal(await wider(page), 0, `${place}, letters twice as large`);
    }
  }, true),

  ...[["phone", PHONE], ["wide", WIDE]].map(([screen, options]) =>
    on(`a page is mirrored where the script is: ${screen}`, options, async ({ page, path }) => {
      for (const place of await places(page, path)) {
        await page.goto(place);
        const left = await page.locator(".brand").evaluate((brand) => brand.getBoundingClientRect().left);
        await page.evaluate(() => (document.documentElement.dir = "rtl"));
        const { right, all } = await page.locator(".brand").evaluate((brand) => ({ right: brand.getBoundingClientRect().right, all: document.documentElement.clientWidth }));
        assert.ok(Math.abs(all - right - left) < 1, `${place}: the name stands ${left} px from one side and ${all - right} px from the other`);
        assert.equal(await wider(page), 0, place);
        const beyond = await page.evaluate(() => [...document.querySelectorAll("main *")].filter((one) => !one.closest("pre, .table, .tabs, .visually-hidden, .fold, [hidden], svg") && one.getBoundingClientRect().left < -1 && one.checkVisibility() && one.innerText).map((one) => one.outerHTML.slice(0, 80)));
        assert.deepEqual(beyond, [], place);
        await shot(page, `rtl-${screen}-${place.replace(/\W+/g, "_")}`);
      }
    }, true),
  ),

  on("a page asks nothing of eyes that motion hurts, and of colors nothing that is not said", { ...WIDE, reducedMotion: "reduce", forcedColors: "active" }, async ({ page, path }) => {
    await page.goto(path);
    const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((one) => getComputedStyle(one).transitionDuration !== "0s").map((one) => one.outerHTML.slice(0, 80)));
    assert.deepEqual(moving, []);
    await page.goto("/b/valves");
    await shot(page, "forced-board");
    await page.goto(path);
    await shot(page, "forced-thread");
    const edge = await page.locator(".btn--primary:visible").first().evaluate((button) => getComputedStyle(button).borderTopWidth);
    assert.equal(edge, "2px", "the one filled button is known by its edge");
  }, true),

  ...[["light", "light"], ["dark", "dark"]].map(([name, colorScheme]) =>
    on(`on paper a thread is a document: ${name}`, { ...WIDE, colorScheme }, async ({ page, path }) => {
      await page.goto(path);
      await page.emulateMedia({ media: "print" });
      const gone = await page.evaluate(() => [...document.querySelectorAll(".site-header__nav, .bottom-bar, .site-footer, .composer, .post__actions, .btn, .code__tools, .fold__more, .reply-bar")].filter((one) => one.checkVisibility()).map((one) => one.className));
      assert.deepEqual(gone, []);
      const { folded, ground, ink } = await page.evaluate(() => ({
        folded: document.querySelector("#p3 .prose").getBoundingClientRect().height > 300 && getComputedStyle(document.querySelector("#p3 .prose")).maxHeight === "none",
        ground: getComputedStyle(document.documentElement).backgroundColor,
        ink: getComputedStyle(document.querySelector("#p1 .post__name")).color,
      }));
      assert.equal(folded, true, "long posts are printed whole");
      assert.equal(ground, "rgba(0, 0, 0, 0)");
      const lightness = Number(/oklch\(([\d.]+)/.exec(ink)?.[1] ?? 0);
      assert.ok(lightness < 0.4, `dark words on white paper: ${ink}`);
      await shot(page, `print-${name}`);
      const paper = await page.pdf({ format: "A4", ...(shots ? { path: `${shots}/reading-${name}.pdf` } : {}) });
      assert.equal(paper.subarray(0, 5).toString(), "%PDF-");
    }),
  ),

  ...bothWays("reading: letters as large as one likes, from the first paint on", async ({ person }) => {
    const guest = await person();
    await guest.goto("/reading");
    await guest.getByLabel("Much larger").check();
    await guest.getByLabel("Little, so that more fits on a page").check();
    await guest.getByRole("button", { name: "Save" }).click();
    await guest.getByText("Saved.").waitFor();
    await guest.goto("/b/valves");
    assert.equal(await guest.locator("html").getAttribute("data-reading"), "largest compact");
    for (const width of [320, 390, 1440]) {
      await guest.setViewportSize({ width, height: 800 });
      for (const place of ["/", "/b/valves", "/t/8/p/25", "/reading"]) {
        await guest.goto(place);
        assert.equal(await wider(guest), 0, `${place} at ${width}`);
      }
    }
  }),
];
