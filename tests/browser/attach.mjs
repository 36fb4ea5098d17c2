// Pictures and files in a reply: picked, pasted, dropped, cut off, described, looked at.
import assert from "node:assert/strict";
import zlib from "node:zlib";
import { ask, bothWays, signUp } from "./journeys.mjs";

/** A PNG of noise, which cannot be packed: as long as it is large. */
function picture(width, height) {
  const rows = Buffer.alloc(height * (width * 3 + 1));
  for (let at = 0; at < rows.length; at += 1) rows[at] = at % (width * 3 + 1) ? (at * 2654435761) >>> 24 : 0;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const chunk = (name, content) => {
    const body = Buffer.concat([Buffer.from(name), content]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(zlib.crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = zlib.deflateSync(rows, { level: 0 });
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

const file = (name, buffer, mimeType = "image/png") => ({ name, mimeType, buffer });

async function shown(page, alt) {
  const image = page.locator(`article img[alt="${alt}"]`);
  await image.scrollIntoViewIfNeeded();
  await page.waitForFunction((one) => one.complete && one.naturalWidth > 0, await image.elementHandle());
  return image;
}

export const attaching = [
  ...bothWays("a reply with a picture and a file", async ({ person, scripts, tag }) => {
    const page = await person();
    await signUp(page, `snap-${tag}`, "Siri Snap");
    await ask(page, `Valve drips since today ${tag}`, "It drips.");
    await page.getByLabel("Your reply").fill("Here it is.");
    await page.locator("#files").setInputFiles([
      file("valve.png", picture(900, 600)),
      file("log.txt", Buffer.from("It drips."), "text/plain"),
    ]);
    if (scripts) {
      await page.getByLabel("Describe the picture: valve.png").fill("A valve that drips");
      await page.getByText("log.txt is attached.").waitFor();
    } else {
      await page.getByRole("button", { name: "Attach", exact: true }).click();
      const text = await page.getByLabel("Your reply").inputValue();
      await page.getByLabel("Your reply").fill(text.replace("![]", "![A valve that drips]"));
    }
    await page.getByRole("button", { name: "Post reply" }).click();
    const image = await shown(page, "A valve that drips");
    await page.locator("article a.file", { hasText: "log.txt TXT, 9 B" }).waitFor();
    await image.click();
    if (scripts) {
      await page.locator("dialog.viewer[open] img").waitFor();
      await page.keyboard.press("Escape");
      await page.locator("dialog.viewer[open]").waitFor({ state: "detached" });
    } else {
      await page.waitForURL(/\/files\/\d+$/);
    }
  }),

  [
    "an upload goes on after its connection was cut, and the others with it",
    async ({ browser, server }) => {
      const context = await browser.newContext({ baseURL: server.address });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      await signUp(page, "cut-off", "Cato Cut");
      await ask(page, "Pump stops in the evening", "It stops.");
      const places = [];
      let cuts = 2;
      await page.route(/\/uploads\/[^/]+\?at=/, async (route) => {
        const at = Number(new URL(route.request().url()).searchParams.get("at"));
        places.push(at);
        if (at >= 1024 * 1024 && cuts > 0) {
          cuts -= 1;
          // Once before the piece is there, once before its answer is.
          if (cuts === 0) await route.fetch();
          await route.abort("connectionreset");
        } else {
          await route.continue();
        }
      });
      await page.getByLabel("Your reply").fill("Here it is.");
      await page.locator("#files").setInputFiles([file("pump.png", picture(1000, 900))]);
      await page.getByText("The connection is gone.").waitFor();
      // Sent while it is under way, it waits for the picture.
      await page.getByRole("button", { name: "Post reply" }).click();
      await page.locator("article img[src^='/files/']").waitFor();
      await shown(page, "");
      assert.equal(cuts, 0);
      assert.equal(places.filter((at) => at === 0).length, 1, `it began once: ${places}`);
      assert.equal(new Set(places).size + 1, places.length, `one piece was sent twice: ${places}`);
      await context.close();
    },
  ],

  [
    "pictures are dropped, pasted and given up, and looked at by keyboard and swipe",
    async ({ browser, server }) => {
      const context = await browser.newContext({ baseURL: server.address });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      await signUp(page, "drag-er", "Dag Drag");
      await ask(page, "Boiler shows a code tonight", "It does.");
      const bring = (kind, name, bytes) =>
        page.evaluate(
          ([kind, name, bytes]) => {
            const data = new DataTransfer();
            data.items.add(new File([Uint8Array.from(bytes)], name, { type: "image/png" }));
            const field = document.querySelector("#body");
            const what = { bubbles: true, cancelable: true };
            const event =
              kind === "paste"
                ? new ClipboardEvent("paste", { ...what, clipboardData: data })
                : new DragEvent("drop", { ...what, dataTransfer: data });
            field.dispatchEvent(event);
          },
          [kind, name, [...bytes]],
        );
      for (const [kind, name] of [["drop", "one"], ["paste", "two"], ["drop", "three"]]) {
        await bring(kind, `${name}.png`, picture(60 + name.length, 40));
        await page.getByLabel(`Describe the picture: ${name}.png`).fill(`Picture ${name}`);
      }
      await page.getByRole("button", { name: "Do not attach three.png" }).click();
      await bring("drop", "wrong.svg", Buffer.from("<svg onload='x'/>"));
      await page.getByText("wrong.svg is an SVG drawing").waitFor();
      // Each stands on a line of its own, however the words beside it grew meanwhile.
      assert.match(await page.getByLabel("Your reply").inputValue(), /^!\[Picture one\]\(\/files\/\d+\)\n!\[Picture two\]\(\/files\/\d+\)\n$/);
      await page.getByRole("button", { name: "Post reply" }).click();
      const image = await shown(page, "Picture one");
      await shown(page, "Picture two");
      await image.click();
      const seen = (words) => page.locator("dialog.viewer[open] .viewer__words", { hasText: words }).waitFor();
      await seen("Picture one");
      await page.keyboard.press("ArrowRight");
      await seen("Picture two");
      const box = await page.locator("dialog.viewer").boundingBox();
      await page.mouse.move(box.width / 2 - 100, box.height - 150);
      await page.mouse.down();
      await page.mouse.move(box.width / 2 + 100, box.height - 150);
      await page.mouse.up();
      await seen("Picture one");
      await page.getByRole("button", { name: "Close" }).click();
      await page.locator("dialog.viewer[open]").waitFor({ state: "detached" });
      await context.close();
    },
  ],
];
