// Writing: nothing is lost, and what is selected, pasted or pressed becomes the Markdown that was meant.
import assert from "node:assert/strict";
import { accessibilityOf } from "./accessibility.mjs";
import { ask, bothWays, signIn, signUp } from "./journeys.mjs";

const reply = (page) => page.getByLabel("Your reply");
const saved = (page) => page.getByText("Saved as a draft").waitFor();
const PASSWORD = "a long enough sentence";

/** One journey with a page of its own, at both widths. */
function atBothWidths(name, walk) {
  return [1440, 390].map((width) => [
    `${name} (at ${width})`,
    async ({ browser, server }) => {
      const touch = width < 700 ? { hasTouch: true, isMobile: true } : {};
      const context = await browser.newContext({ baseURL: server.address, viewport: { width, height: 900 }, ...touch });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      await walk({ browser, server, context, page, tag: `w${width}` });
      await context.close();
    },
  ]);
}

const paste = (page, kinds) =>
  page.evaluate((kinds) => {
    const data = new DataTransfer();
    for (const [kind, text] of Object.entries(kinds)) data.setData(kind, text);
    document.querySelector("#body").dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: data }));
  }, kinds);

export const composing = [
  ...atBothWidths("names, emoji, tags and threads are completed at the keyboard", async ({ page, tag }) => {
    await signUp(page, `ends-${tag}`, "Enda Ends");
    await ask(page, `Boiler [hums] at night ${tag}`, "It hums.");
    await ask(page, `Where do I look ${tag}`, "Somewhere.");
    await page.goto(await page.locator('#p1 a[href$="/edit"]').getAttribute("href"));
    await page.locator("#tags").focus();
    await page.waitForFunction(() => customElements.get("text-expander"));
    await page.locator("#tags").pressSequentially("night, #gen-");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("Enter");
    assert.match(await page.locator("#tags").inputValue(), /^night, gen-\d, $/);
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.locator(".tag", { hasText: "night" }).waitFor();
    const field = reply(page);
    const options = page.getByRole("option");
    await field.focus();
    await page.waitForFunction(() => customElements.get("text-expander"));
    await field.pressSequentially("Ask @tom");
    await options.first().waitFor();
    assert.equal(await options.first().getAttribute("aria-selected"), "true");
    const box = await page.locator(".completion").boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= page.viewportSize().width, JSON.stringify(box));
    // What the list lies upon is not to be hit meanwhile.
    assert.deepEqual(await accessibilityOf(page, ".composer"), []);
    await page.keyboard.press("Escape");
    assert.equal(await options.count(), 0);
    assert.equal(await field.inputValue(), "Ask @tom");
    await field.fill("");
    await field.pressSequentially("A :wren");
    await options.first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await field.inputValue(), "A \u{1f6e0}\u{fe0f} ");
    await field.pressSequentially(`See [[boiler hums ${tag}`);
    await options.first().waitFor();
    await page.keyboard.press("Enter");
    assert.ok((await field.inputValue()).includes(`[Boiler \\[hums\\] at night ${tag}](/t/`), await field.inputValue());
    await saved(page);
    await page.getByRole("button", { name: "Post reply" }).click();
    await page.locator("#p2").getByRole("link", { name: `Boiler [hums] at night ${tag}` }).click();
    await page.getByRole("heading", { name: `Boiler [hums] at night ${tag}`, level: 1 }).waitFor();
  }),

  ...bothWays("a draft is listed, gone on with and thrown away", async ({ person, scripts, tag }) => {
    const page = await person();
    await signUp(page, `lister-${tag}`, "Lis Lister");
    const thread = await ask(page, `Hinge squeaks at dawn ${tag}`, "It squeaks.");
    if (!scripts) {
      await page.goto("/drafts");
      await page.getByText("Nothing half-written").waitFor();
      return;
    }
    await reply(page).fill("Half a thought");
    await saved(page);
    await page.goto("/drafts");
    await page.getByRole("link", { name: `Hinge squeaks at dawn ${tag}` }).click();
    assert.equal(await reply(page).inputValue(), "Half a thought");
    await page.getByRole("button", { name: "Discard draft" }).click();
    await page.getByText("The draft is discarded.").waitFor();
    await page.goto(thread);
    assert.equal(await reply(page).inputValue(), "");
  }),

  ...atBothWidths("a draft is there after a crash, on another device and after signing out", async ({ browser, server, context, page, tag }) => {
    await signUp(page, `crash-${tag}`, "Cara Crash");
    const thread = await ask(page, `Shutter stays down at noon ${tag}`, "It stays.");
    await reply(page).fill("Half a thought");
    await page.close();
    const again = await context.newPage();
    await again.goto(thread);
    assert.equal(await reply(again).inputValue(), "Half a thought");
    await again.waitForFunction(() => Object.keys(localStorage).length === 0);
    const other = await browser.newContext({ baseURL: server.address });
    const elsewhere = await other.newPage();
    await signIn(elsewhere, `crash-${tag}`, PASSWORD);
    await elsewhere.goto(thread);
    assert.equal(await reply(elsewhere).inputValue(), "Half a thought");
    // Signed out in the middle of a word.
    await reply(again).fill("Half a thought and more");
    // On a phone the menu has no place, and its form is sent all the same.
    await again.locator('header form[action="/sign-out"]').evaluate((form) => form.requestSubmit());
    await again.waitForURL("/");
    assert.deepEqual(await again.evaluate(() => Object.keys(localStorage)), []);
    await signIn(again, `crash-${tag}`, PASSWORD);
    await again.goto(thread);
    assert.equal(await reply(again).inputValue(), "Half a thought and more");
    // The other device does not overwrite it unasked.
    await reply(elsewhere).fill("Something else");
    await elsewhere.getByText("There is another version of this text").waitFor();
    await elsewhere.getByRole("button", { name: "Show the other version" }).click();
    assert.equal(await reply(elsewhere).inputValue(), "Half a thought and more");
    await elsewhere.getByRole("button", { name: "Show the other version" }).click();
    await elsewhere.getByRole("button", { name: "Keep this one" }).click();
    await saved(elsewhere);
    await again.goto(thread);
    assert.equal(await reply(again).inputValue(), "Something else");
    await other.close();
  }),

  [
    "a draft outlasts an offline spell, a failed posting and a lost answer, and is posted once",
    async ({ browser, server }) => {
      const context = await browser.newContext({ baseURL: server.address });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      await signUp(page, "off-line", "Olaf Offline");
      const thread = await ask(page, "Gate opens by itself at dusk", "It opens.");
      await context.setOffline(true);
      await reply(page).fill("Written in a tunnel");
      await page.getByText("Kept on this device until").waitFor();
      await page.close();
      await context.setOffline(false);
      const later = await context.newPage();
      // Any page brings it to the server.
      const told = later.waitForResponse((answer) => answer.url().endsWith("/drafts") && answer.request().method() === "POST");
      await later.goto("/");
      assert.equal((await told).status(), 200);
      await later.goto(thread);
      assert.equal(await reply(later).inputValue(), "Written in a tunnel");
      // Posting fails: before it arrives, then before its answer does.
      let times = 0;
      await later.route("**/replies", async (route) => {
        times += 1;
        if (times === 2) await route.fetch({ maxRedirects: 0 }).catch(() => null);
        await route.abort("connectionreset");
      });
      for (const left of ["Written in a tunnel", ""]) {
        await later.getByRole("button", { name: "Post reply" }).click();
        await later.waitForURL(/chrome-error/);
        await later.goto(thread);
        await later.waitForFunction((text) => document.querySelector("#body").value === text, left);
      }
      assert.equal(await later.locator("article", { hasText: "Written in a tunnel" }).count(), 1);
      await later.reload();
      assert.equal(await reply(later).inputValue(), "");
      await context.close();
    },
  ],

  ...atBothWidths("what is selected in a post becomes a quote", async ({ page, tag }) => {
    await signUp(page, `quoter-${tag}`, "Quinn Quoter");
    await ask(page, `Ladder wobbles on tiles ${tag}`, "It **wobbles** a lot.\n\nAnd more.");
    await reply(page).fill("I think");
    await page.evaluate(() => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector("#p1 .prose p"));
      document.getSelection().removeAllRanges();
      document.getSelection().addRange(range);
    });
    await page.locator("quote-selection button").click();
    assert.equal(await reply(page).inputValue(), `I think\n\n> [quote=quoter-${tag}, post=1]\n>\n> It **wobbles** a lot.\n\n`);
    await page.locator(".composer__preview figure.quote", { hasText: "It wobbles a lot." }).waitFor();
  }),

  [
    "what is pasted becomes the Markdown that was meant",
    async ({ browser, server }) => {
      const context = await browser.newContext({ baseURL: server.address });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      await signUp(page, "paster", "Pia Paster");
      await ask(page, "Radiator knocks at night again", "It knocks.");
      const pasted = async (kinds, before = "", select = false) => {
        await reply(page).fill(before);
        await reply(page).focus();
        if (select) await page.evaluate(() => document.querySelector("#body").select());
        await paste(page, kinds);
        return reply(page).inputValue();
      };
      const address = { "text/plain": "https://example.com/a" };
      assert.equal(await pasted(address, "the manual", true), "[the manual](https://example.com/a)");
      assert.equal(
        await pasted({ "text/plain": "Part\tPrice\nValve\t3|4", "text/html": "" }),
        "| Part | Price |\n| --- | --- |\n| Valve | 3\\|4 |",
      );
      const word = `<html><head><style>p{}</style></head><body><h2 class="x">Parts</h2>
        <p class=MsoNormal>A <b>bold</b>, <i>slanted</i> <a href="https://example.com/">link</a><a href="javascript:alert(1)">!</a> snake_case *</p>
        <ul><li>One</li><li>Two<ol><li>Deep</li></ol></li></ul>
        <table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table><script>alert(1)</script></body></html>`;
      assert.equal(
        await pasted({ "text/plain": "Parts", "text/html": word }),
        "## Parts\n\nA **bold**, _slanted_ [link](https://example.com/)! snake_case \\*\n\n- One\n- Two\n  1. Deep\n\n| a | b |\n| --- | --- |\n| c | d |",
      );
      // Undone like typing.
      await page.keyboard.press("Control+z");
      assert.equal(await reply(page).inputValue(), "");
      // Into code it goes as it is: the browser's own paste, which this event does not bring about.
      assert.equal(await pasted({ "text/plain": "x", "text/html": "<b>x</b>" }, "```\n"), "```\n");
      assert.equal(await pasted({ "text/plain": "x", "text/html": "<span>x</span>" }), "");
      await context.close();
    },
  ],

  ...atBothWidths("the tools mark words by touch and by keyboard", async ({ page, tag }) => {
    await signUp(page, `tools-${tag}`, "Tom Tools");
    await ask(page, `Bracket bends under weight ${tag}`, "It bends.");
    const body = reply(page);
    const press = (name) => page.getByRole("toolbar", { name: "Formatting" }).getByRole("button", { name }).click();
    await body.fill("words");
    await body.selectText();
    await press("Bold");
    assert.equal(await body.inputValue(), "**words**");
    await page.keyboard.press("Control+b");
    assert.equal(await body.inputValue(), "words");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("https://example.com");
    assert.equal(await body.inputValue(), "[words](https://example.com)");
    await body.fill("one\ntwo");
    await body.selectText();
    await press("Numbered list");
    assert.equal(await body.inputValue(), "1. one\n2. two");
    // One stop, with arrows between the tools.
    await page.getByRole("button", { name: "Bold" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.match(await page.evaluate(() => document.activeElement.ariaLabel), /^Link/);
    assert.equal(await page.locator(".tools__one[tabindex='0']").count(), 1);
    const small = await page.locator(".tools__one").evaluateAll((all) => all.filter((one) => one.offsetHeight < (matchMedia("(pointer: coarse)").matches ? 44 : 24)).length);
    assert.equal(small, 0);
  }),
];
