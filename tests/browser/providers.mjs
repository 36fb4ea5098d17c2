// Signing in by a provider, to it and back in a real browser.
import assert from "node:assert/strict";
import { CLIENT, startProvider } from "./provider.mjs";

async function signInWithPassword(page, login, password) {
  await page.goto("/sign-in");
  await page.locator("#login").fill(login);
  await page.locator("#password").fill(password);
  await page.locator('form[action="/sign-in"] button').click();
  await page.waitForURL("/");
}

/** At the provider: says who one is, and that the community may know. */
async function sayYes(page, issuer, login) {
  await page.waitForURL(`${issuer}/**`);
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill("any will do");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

async function goToHouse(page) {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with House" }).click();
}

async function signOut(page) {
  await page.goto("/");
  await page.locator("details.menu:has(.menu__who) summary").click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByText("Signed out.").waitFor();
}

/** An administrator sets the provider up and tests it. */
async function setUp(page, server, issuer) {
  await signInWithPassword(page, "ruth", server.password());
  await page.goto("/admin/providers");
  const known = page.getByRole("link", { name: "House" });
  if (await known.isVisible()) await known.click();
  else await page.getByRole("link", { name: "New provider" }).click();
  await page.locator("#name").fill("House");
  await page.locator("#issuer").fill(issuer);
  await page.locator("#client_id").fill(CLIENT.id);
  await page.locator("#secret_password").fill(CLIENT.secret);
  for (const box of ["enabled", "takes_in", "trusts_address"]) await page.locator(`[name=${box}]`).check();
  await page.locator("form[name=provider] button").click();
  await page.goto("/admin/providers/house");
  await page.getByRole("button", { name: "Test this provider" }).click();
  await page.getByText("All is well").waitFor();
  assert.equal(await page.locator("input[readonly]").inputValue(), `${server.address}/sign-in/with/house/back`);
}

async function walk({ server, provider, person, tag }) {
  const { issuer } = provider;
  const admin = await person();
  await setUp(admin, server, issuer);

  // Somebody new, who stops at first.
  const nora = await person();
  const answers = [];
  nora.on("request", (request) => {
    if (request.url().includes("/sign-in/with/house/back")) answers.push(request.url());
  });
  await goToHouse(nora);
  await nora.waitForURL(`${issuer}/**`);
  await nora.getByText("Cancel").click();
  await nora.getByRole("heading", { name: "You did not sign in" }).waitFor();
  await nora.getByRole("button", { name: "Try again" }).click();
  await sayYes(nora, issuer, `nora-${tag}`);
  await nora.getByRole("heading", { name: "One more step" }).waitFor();
  assert.equal(await nora.getByLabel("Email").inputValue(), `nora-${tag}@house.example`);
  await nora.getByLabel("Handle").fill(`nora-of-house-${tag}`);
  await nora.getByLabel("I agree to the terms").check();
  await nora.locator("form[name=join] button").click();
  await nora.waitForURL(`${server.address}/`);
  assert.match(await nora.locator(".menu__who").textContent(), new RegExp(`@nora-of-house-${tag}`));

  // She signs out, and in again; the provider remembers her.
  await signOut(nora);
  await goToHouse(nora);
  await nora.waitForURL(`${server.address}/`);
  assert.match(await nora.locator(".menu__who").textContent(), /@nora-of-house/);

  // An answer is good once, and only for her browser.
  await signOut(nora);
  await nora.goto(answers.at(-1));
  await nora.getByRole("heading", { name: "This sign-in is over" }).waitFor();
  const thief = await person();
  await goToHouse(thief);
  await thief.waitForURL(`${issuer}/**`);
  await thief.goto(answers.at(-1));
  await thief.getByRole("heading", { name: "This sign-in is over" }).waitFor();
  assert.equal(await thief.locator(".menu__who").count(), 0);

  // Somebody with an account links it on the way in.
  const per = await person();
  await per.goto("/sign-up");
  await per.getByLabel("Handle").fill(`per-${tag}`);
  await per.getByLabel("Name", { exact: true }).fill("Per Dahl");
  await per.getByLabel("Email").fill(`per-${tag}@example.com`);
  await per.getByLabel("Password").fill("a long enough sentence");
  await per.getByLabel("I agree to the terms").check();
  await per.locator('form[action="/sign-up"] button').click();
  await per.waitForURL("/");
  await signOut(per);
  await goToHouse(per);
  await sayYes(per, issuer, `per-elsewhere-${tag}`);
  await per.getByRole("link", { name: "Sign in to my account" }).click();
  await per.locator("#login").fill(`per-${tag}`);
  await per.locator("#password").fill("a long enough sentence");
  await per.locator('form[action="/sign-in"] button').click();
  await per.getByRole("button", { name: `Link to @per-${tag}` }).click();
  await per.getByText("Linked.").waitFor();
  await signOut(per);
  await goToHouse(per);
  await per.waitForURL(`${server.address}/`);
  assert.match(await per.locator(".menu__who").textContent(), new RegExp(`@per-${tag}`));
  await per.goto("/settings/security");
  await per.getByText(`per-elsewhere-${tag}@house.example`).waitFor();
  // The provider let them in without asking, which shows nothing: their password does.
  await per.locator("#proof_password").fill("a long enough sentence");
  await per.getByRole("button", { name: "Unlink House" }).click();
  await per.getByText("Unlinked.", { exact: true }).waitFor();

  // Other journeys meet no buttons.
  await admin.goto("/admin/providers/house");
  await admin.locator("[name=enabled]").uncheck();
  await admin.locator("form[name=provider] button").click();
  await admin.getByText("Saved.").waitFor();
}

export const providers = [true, false].map((javaScriptEnabled) => [
  `by a provider: sign up, sign out, sign in, refuse, replay, link (${javaScriptEnabled ? "with" : "without"} scripts)`,
  async ({ browser, server }) => {
    const provider = await startProvider(`${server.address}/sign-in/with/house/back`);
    const contexts = [];
    const person = async () => {
      const context = await browser.newContext({ javaScriptEnabled, baseURL: server.address });
      // The provider's own pages ask for a font from far away.
      await context.route(/^https:/, (route) => route.abort());
      contexts.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      return page;
    };
    try {
      await walk({ server, provider, person, tag: javaScriptEnabled ? "js" : "plain" });
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
      await provider.stop();
    }
  },
]);
