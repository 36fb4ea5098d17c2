// What people do, step by step, by what they see: headings, labels, buttons.
import assert from "node:assert/strict";
import { accessibilityOf } from "./accessibility.mjs";

const PASSWORD = "a long enough sentence";

/** Each journey is walked with scripts and without: a page must not need them. */
export function bothWays(name, walk) {
  return [true, false].map((javaScriptEnabled) => [
    `${name} (${javaScriptEnabled ? "with" : "without"} scripts)`,
    async ({ browser, server }) => {
      const people = [];
      const person = async () => {
        const context = await browser.newContext({ javaScriptEnabled, baseURL: server.address });
        const page = await context.newPage();
        page.setDefaultTimeout(10_000);
        people.push(context);
        return page;
      };
      try {
        await walk({ person, server, scripts: javaScriptEnabled, tag: javaScriptEnabled ? "js" : "plain" });
      } finally {
        await Promise.all(people.map((context) => context.close()));
      }
    },
  ]);
}

export async function signUp(page, handle, name) {
  await page.goto("/sign-up");
  await page.getByLabel("Handle").fill(handle);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Email").fill(`${handle}@example.com`);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByLabel("I agree to the terms").check();
  await page.locator("main").getByRole("button").last().click();
  await page.waitForURL("/");
}

export async function signIn(page, login, password) {
  await page.goto("/sign-in");
  await page.locator("#login").fill(login);
  await page.locator("#password").fill(password);
  await page.locator('form[action="/sign-in"] button').click();
  await page.waitForURL("/");
}

export async function ask(page, title, body) {
  await page.goto("/ask");
  await page.locator("#board").selectOption("hub");
  await page.locator("#title").fill(title);
  await page.getByLabel("Your question").fill(body);
  await page.getByRole("button", { name: "Ask the question" }).click();
  const asked = page.getByRole("heading", { level: 1, name: title });
  // Another journey may have asked something like it.
  const anyway = page.getByRole("button", { name: "Post anyway" });
  await asked.or(anyway).first().waitFor();
  if (await anyway.isVisible()) await anyway.click();
  await asked.waitFor();
  return new URL(page.url()).pathname;
}

export const journeys = [
  ...bothWays("the first visit: sign up, ask, get an answer, accept it, see a rank", async ({ person, tag }) => {
    const asker = await person();
    const helper = await person();
    await signUp(asker, `asker-${tag}`, "Nora Vik");
    const thread = await ask(asker, `Radiator hums at night ${tag}`, "It hums from **two** in the morning.\n\n- valve is new\n- pump is old");
    await asker.locator("strong", { hasText: "two" }).waitFor();

    await signUp(helper, `helper-${tag}`, "Per Dahl");
    await helper.goto(thread);
    await helper.getByLabel("Your reply").fill("Lower the pump by one step.");
    await helper.getByRole("button", { name: "Post reply" }).click();
    await helper.locator("article", { hasText: "Lower the pump" }).waitFor();

    await asker.goto(thread);
    const reply = asker.locator("article", { hasText: "Lower the pump" });
    await reply.getByRole("button", { name: /Kudos/ }).click();
    await asker.locator("#p2 button[aria-pressed=true]").waitFor();
    await asker.locator("#p2").getByRole("button", { name: "Mark as solution" }).click();
    await asker.locator(".solution", { hasText: "Lower the pump" }).waitFor();

    await helper.goto(`/m/helper-${tag}`);
    const profile = await helper.locator("main").innerText();
    // A reply, kudos and a solution: 2 + 4 + 15 points make a Neighbour of a Newcomer.
    assert.match(profile, /Neighbour/);
    assert.match(profile, /21/);
    // Notices are sent after the deed, by the relay.
    const told = async () => {
      await helper.goto("/inbox");
      return /solution/i.test(await helper.locator("main").innerText());
    };
    for (let tries = 0; !(await told()); tries += 1) {
      assert.ok(tries < 50, "the solution is told in the inbox");
      await helper.waitForTimeout(100);
    }
  }),

  ...bothWays("a bad form keeps what was typed and says what is wrong beside it", async ({ person, tag }) => {
    const page = await person();
    await page.goto("/sign-up");
    await page.getByLabel("Handle").fill(`-bad-${tag}`);
    await page.getByLabel("Name", { exact: true }).fill("Kept Name");
    await page.getByLabel("Email").fill("not an address");
    await page.getByLabel("Password").fill("short");
    await page.locator("main").getByRole("button").last().click();
    assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Kept Name");
    for (const field of ["handle", "email", "password"]) {
      await page.locator(`#${field}[aria-invalid=true]`).waitFor();
      await page.locator(`#${field}-problem`).waitFor();
    }
  }),

  ...bothWays("new terms are agreed to, and nothing that was being written is lost", async ({ person, server, scripts, tag }) => {
    const writer = await person();
    await signUp(writer, `agreeing-${tag}`, "Ada Agreeing");
    const thread = await ask(writer, `Which terms hold ${tag}`, "I wonder.");
    await writer.getByLabel("Your reply").fill("Written under the old terms.");

    const ruth = await person();
    await signIn(ruth, "ruth", server.password());
    await ruth.goto("/admin/texts/terms");
    const text = await ruth.getByLabel("Text", { exact: true }).inputValue();
    await ruth.getByLabel("Text", { exact: true }).fill(`${text}\n\nWhoever reads this as ${tag} is patient.`);
    await ruth.getByLabel("Members must agree to this version").check();
    await ruth.getByRole("button", { name: "Publish" }).click();
    await ruth.waitForURL(/\/consent/);
    await ruth.getByRole("button", { name: "Agree" }).click();
    await ruth.waitForURL("/admin/texts");

    await writer.getByRole("button", { name: "Post reply" }).click();
    const [question] = await Promise.all([writer.context().waitForEvent("page"), writer.getByRole("link", { name: "Read the terms" }).click()]);
    await question.locator("ins", { hasText: `as ${tag} is patient` }).waitFor();
    if (scripts) assert.deepEqual(await accessibilityOf(question), []);
    await question.getByRole("button", { name: "Agree" }).click();
    await question.waitForURL("/");
    await writer.getByRole("button", { name: "Send again" }).click();
    await writer.locator("#p2", { hasText: "Written under the old terms." }).waitFor();
    assert.equal(new URL(writer.url()).pathname, thread);

    // The others who sign in later are asked as well.
    for (const login of ["maya", "tomas", "ines"]) {
      const page = await person();
      await page.goto("/sign-in");
      await page.locator("#login").fill(login);
      await page.locator("#password").fill(server.password());
      await page.locator('form[action="/sign-in"] button').click();
      await page.getByRole("button", { name: "Agree" }).click();
      await page.waitForURL("/");
    }
  }),

  ...bothWays("a forgotten password is set anew by the mailed link", async ({ person, server, tag }) => {
    const page = await person();
    await signUp(page, `forgetful-${tag}`, "Ola Forgetful");
    await page.context().clearCookies();
    await page.goto("/reset-password");
    await page.locator("#login").fill(`forgetful-${tag}`);
    await page.locator("main form button").click();
    await page.goto(await server.mailedLink(`forgetful-${tag}@example.com`, "reset-password"));
    await page.locator("#password").fill("another long sentence");
    await page.locator("main form button").click();
    await page.waitForURL("/");
    await page.context().clearCookies();
    await signIn(page, `forgetful-${tag}`, "another long sentence");
    await page.goto("/settings/security");
    assert.match(await page.locator("main").innerText(), /forgetful/);
  }),

  ...bothWays("a moderator removes a post and everybody reads why", async ({ person, server, tag }) => {
    const author = await person();
    const moderator = await person();
    const guest = await person();
    await signUp(author, `loud-${tag}`, "Loud Person");
    const thread = await ask(author, `Buy my other product ${tag}`, "It is so much better.");
    await author.getByLabel("Your reply").fill("Really, buy it.");
    await author.getByRole("button", { name: "Post reply" }).click();
    await author.locator("#p2").waitFor();

    await signIn(moderator, "tomas", server.password());
    await moderator.goto(thread);
    await moderator.locator("#p2 details.menu summary").click();
    await moderator.locator("#p2").getByRole("link", { name: /Remove/ }).click();
    await moderator.locator("#reason").fill("Advertising for something else.");
    await moderator.locator("main form button").first().click();

    await guest.goto(thread);
    await guest.locator(".tombstone", { hasText: "Advertising for something else" }).waitFor();
    assert.ok(!(await guest.content()).includes("Really, buy it"));
    await author.goto(thread);
    await author.locator(".tombstone summary").click();
    await author.getByText("Really, buy it.").waitFor();
    await guest.goto("/moderation");
    await guest.getByText("Advertising for something else").first().waitFor();
  }),

  [
    "a passkey signs in alone, and is the second step after a password",
    async ({ browser, server }) => {
      const context = await browser.newContext({ baseURL: server.address });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      const devtools = await context.newCDPSession(page);
      await devtools.send("WebAuthn.enable");
      const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
      const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", { options });
      const wrong = [];
      const look = async () => wrong.push(...(await accessibilityOf(page)));

      await signUp(page, "keyholder", "Key Holder");
      await page.goto("/settings/factors/new-passkey");
      await look();
      await page.locator("#name").fill("My laptop");
      await page.locator("#password").fill(PASSWORD);
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByRole("button", { name: "Make the passkey" }).waitFor();
      await look();
      await page.getByRole("button", { name: "Make the passkey" }).click();
      await page.locator(".recovery-codes").waitFor();
      assert.equal(await page.locator(".recovery-codes code").count(), 10);
      await page.getByRole("button", { name: "Print" }).waitFor();
      await look();
      const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
      assert.equal(credentials.length, 1);
      assert.ok(credentials[0].isResidentCredential);
      await page.getByRole("link", { name: "I have kept them" }).click();
      await page.getByRole("heading", { name: "My laptop" }).waitFor();
      await look();

      // Alone. The autofill would answer by itself, as the virtual device asks nobody.
      await context.clearCookies();
      await page.goto("/sign-in");
      await page.waitForURL("/");
      await context.clearCookies();
      await devtools.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: false });
      await page.goto("/sign-in");
      await look();
      await devtools.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: true });
      await page.getByRole("button", { name: "Sign in with a passkey" }).click();
      await page.waitForURL("/");
      await page.goto("/settings/sessions");
      await page.getByText("by passkey").first().waitFor();

      // After the password.
      await context.clearCookies();
      await devtools.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: false });
      await page.goto("/sign-in");
      await page.locator("#login").fill("keyholder");
      await page.locator("#password").fill(PASSWORD);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.waitForURL(/second-step/);
      await look();
      await devtools.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: true });
      await page.getByRole("button", { name: "Use a passkey" }).click();
      await page.waitForURL("/");
      await page.goto("/settings/sessions");
      await page.getByText("by password and passkey").first().waitFor();

      await page.goto("/settings/factors");
      await page.getByRole("link", { name: "Change My laptop" }).click();
      await look();
      await page.goto("/settings/factors/app");
      await look();
      await page.locator("#password").fill(PASSWORD);
      await page.getByRole("button", { name: "Continue" }).click();
      await page.locator(".factor-seed img").waitFor();
      await look();
      await context.close();
      assert.deepEqual(wrong, []);
    },
  ],

  [
    "a draft survives a reload, and a sent one is forgotten",
    async ({ browser, server }) => {
      const context = await browser.newContext({ baseURL: server.address });
      const page = await context.newPage();
      await signUp(page, "drafter", "Draft Person");
      const thread = await ask(page, "Which paint for a warm radiator", "White, please.");
      await page.getByLabel("Your reply").fill("Half a thought");
      await page.reload();
      assert.equal(await page.getByLabel("Your reply").inputValue(), "Half a thought");
      await page.getByLabel("Your reply").fill("A whole thought");
      await page.getByRole("button", { name: "Post reply" }).click();
      await page.locator("#p2").waitFor();
      await page.goto(thread);
      assert.equal(await page.getByLabel("Your reply").inputValue(), "");
      await context.close();
    },
  ],

  [
    "the preview is the server's own and follows the typing",
    async ({ browser, server }) => {
      const context = await browser.newContext({ baseURL: server.address });
      const page = await context.newPage();
      await signUp(page, "previewer", "Preview Person");
      await page.goto("/ask");
      await page.getByLabel("Your question").fill("It is **warm**.");
      await page.locator(".composer__preview strong", { hasText: "warm" }).waitFor();
      await context.close();
    },
  ],

  [
    "new replies announce themselves without moving the text",
    async ({ browser, server }) => {
      const contexts = [await browser.newContext({ baseURL: server.address }), await browser.newContext({ baseURL: server.address })];
      const [reader, writer] = [await contexts[0].newPage(), await contexts[1].newPage()];
      await signUp(reader, "reader-live", "Live Reader");
      const thread = await ask(reader, "Does the hub hear me now", "Hello, hub.");
      await signUp(writer, "writer-live", "Live Writer");
      await writer.goto(thread);
      await writer.getByLabel("Your reply").fill("It does.");
      await writer.getByRole("button", { name: "Post reply" }).click();
      await reader.locator(".live-thread__news").waitFor();
      await reader.locator(".live-thread__news").click();
      await reader.locator("#p2", { hasText: "It does." }).waitFor();
      await Promise.all(contexts.map((context) => context.close()));
    },
  ],

  ...bothWays("a sign-up takes work, or a wait where there is no script", async ({ person, server, scripts, tag }) => {
    const admin = await person();
    await signIn(admin, "ruth", server.password());
    const choose = async (when) => {
      await admin.goto("/admin/settings");
      await admin.locator(`input[name=proof_of_work][value=${when}]`).check();
      await admin.locator("form[name=settings] button").last().click();
      await admin.locator(".notice--good").waitFor();
    };
    await choose("always");
    try {
      const page = await person();
      const wrong = [];
      page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
      await page.goto("/sign-up");
      const without = page.locator("proof-of-work .without-script");
      assert.equal(await without.isVisible(), !scripts);
      if (scripts) assert.deepEqual(await accessibilityOf(page), []);
      await page.getByLabel("Handle").fill(`worker-${tag}`);
      await page.getByLabel("Name", { exact: true }).fill("Wim Werk");
      await page.getByLabel("Email").fill(`worker-${tag}@example.com`);
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByLabel("I agree to the terms").check();
      // Sent before the work is done, it goes by itself when it is.
      await page.locator('form[action="/sign-up"] button').click();
      if (scripts) {
        await page.waitForURL("/");
        await page.locator("header .menu summary").waitFor();
      } else {
        await page.waitForURL("/sign-up/waiting");
        await page.getByRole("heading", { name: "A mail is on its way" }).waitFor();
      }
      assert.deepEqual(wrong, []);
    } finally {
      await choose("attack");
    }
  }),

  [
    "everything can be reached by keyboard alone",
    async ({ browser, server }) => {
      const context = await browser.newContext({ baseURL: server.address });
      const page = await context.newPage();
      await page.goto("/");
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.className), "skip-link");
      await page.goto("/boards");
      await page.keyboard.press("/");
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute("name")), "q");
      await page.keyboard.type("valve");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/search\?q=valve/);
      await context.close();
    },
  ],
];
