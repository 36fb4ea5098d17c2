// Flagging a post, and deciding what becomes of it: with the keyboard alone where there are scripts.
import assert from "node:assert/strict";
import { ask, bothWays, signIn, signUp } from "./journeys.mjs";

/** Waits until it stands in the inbox, whose lines are written by a job. */
async function hears(page, words) {
  for (let time = 0; time < 40; time += 1) {
    await page.goto("/inbox");
    if ((await page.getByText(words).count()) > 0) return;
    await page.waitForTimeout(250);
  }
  assert.fail(`${words} is not in the inbox`);
}

export const moderation = [
  ...bothWays("posts are flagged, decided one after the other, and everybody hears of it", async ({ person, server, scripts, tag }) => {
    const [writer, flagger, moderator] = [await person(), await person(), await person()];
    await signUp(writer, `writes-${tag}`, "Wil Writes");
    await signUp(flagger, `flags-${tag}`, "Flo Flags");
    await signIn(moderator, "tomas", server.password());
    const titles = [`Best pumps in town ${tag}`, `Pumps of all sizes ${tag}`];
    for (const title of titles) {
      const thread = await ask(writer, title, "Write to me for the price.");
      await flagger.goto(thread);
      if (scripts) await flagger.locator("#p1 .menu summary").click();
      await flagger.goto(await flagger.locator('#p1 a[href$="/flag"]').getAttribute("href"));
      await flagger.getByLabel("Illegal").check();
      await flagger.getByLabel("For the moderators").fill("The same everywhere.");
      await flagger.getByRole("button", { name: "Flag post" }).click();
      await flagger.getByText("A moderator will look at it").waitFor();
    }

    await moderator.goto("/moderation/queue");
    await moderator.locator(".queue__line", { hasText: titles[1] }).waitFor();
    const shown = moderator.locator(".case");
    await shown.getByText(titles[0]).first().waitFor();
    if (scripts) {
      await moderator.keyboard.press("j");
      await moderator.keyboard.press("Enter");
      await moderator.waitForURL(/\/p\/\d+\/review/);
      await moderator.keyboard.press("c");
      await moderator.getByText("Others see that you are at it").waitFor();
      const first = await moderator.locator("#case + p").textContent();
      await moderator.keyboard.press("x");
      await moderator.getByText("Removed. The reason stands in its place.").waitFor();
      assert.notEqual(await moderator.locator("#case + p").textContent(), first);
      // While one types, keys are letters.
      await moderator.getByLabel("Reason for removing it").press("a");
      assert.match(await moderator.getByLabel("Reason for removing it").inputValue(), /a/);
      await moderator.locator("#case").click();
      await moderator.keyboard.press("a");
    } else {
      await shown.getByRole("button", { name: "Remove it" }).click();
      await moderator.getByText("Removed. The reason stands in its place.").waitFor();
      await shown.getByText(titles[1]).first().waitFor();
      await shown.getByRole("button", { name: "Let it stay" }).click();
    }
    await moderator.getByText("It stays. Whoever flagged it hears of it.").waitFor();
    await moderator.goto("/moderation");
    await moderator.locator(".acts tbody tr", { hasText: "It breaks the law." }).first().waitFor();

    await hears(flagger, "and let it stay");
    await hears(flagger, "and removed it");
    await hears(writer, "removed your post");
  }),
];
