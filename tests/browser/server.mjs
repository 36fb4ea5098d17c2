// The real binary on a port and a data folder of its own: with the sample community, or empty.
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

export async function startServer(command = "demo") {
  const port = await freePort();
  const data = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "candor-browser-"));
  // PostgreSQL runs as a user of its own where we are root, and must be able to pass through.
  chmodSync(data, 0o755);
  const binary = process.env.BROWSER_TEST_BINARY ?? join(root, "target/debug/candor");
  // Browsers know passkeys under a name, not under a number.
  const address = `http://localhost:${port}`;
  const child = spawn(binary, [command], {
    cwd: root,
    env: { ...process.env, CANDOR_LISTEN: `127.0.0.1:${port}`, CANDOR_PUBLIC_URL: address, CANDOR_DATA: data, CANDOR_LOG: "warn", CANDOR_RATE_LIMITS: "off", CANDOR_OUTBOUND_ALLOW: "127.0.0.0/8,::1/128" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let logged = "";
  child.stderr.on("data", (chunk) => {
    logged += chunk;
    // What is asked for is no news.
    if (!/enter the code/.test(chunk)) process.stderr.write(chunk);
  });
  child.stdout.on("data", (chunk) => (said += chunk));
  const gone = new Promise((resolve) => child.once("exit", resolve));
  await answering(address, child);
  return {
    address,
    /** The password of the demonstration logins, as the server printed it. */
    password: () => /password[^\S\n]*:?[^\S\n]+(\S+)/i.exec(said)?.[1],
    /** The code of set-up, as the server logged it. */
    code: () => /enter the code (\S+)/.exec(logged)?.[1],
    /** The link of this kind that was mailed to this address, once it is there. */
    mailedLink: (to, kind) => mailedLink(join(data, "mail"), to, kind),
    async stop() {
      child.kill("SIGTERM");
      await gone;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function answering(address, child) {
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const answer = await fetch(`${address}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the server was not ready within a minute");
}

async function mailedLink(folder, to, kind) {
  for (let tries = 0; tries < 100; tries += 1) {
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".eml")) : [];
    for (const name of names) {
      const mail = readFileSync(join(folder, name), "utf8").replaceAll("=\r\n", "").replaceAll("=3D", "=");
      const link = mail.includes(to) && new RegExp(`/${kind}/[\\w-]+`).exec(mail)?.[0];
      if (link) return link;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no mail to ${to} with a link to /${kind}/`);
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
