// A real provider of OpenID Connect on a port of its own, under another host than the community, so that its
// cookies are its own and coming back from it is coming from another site. Any login is somebody there.
import { createServer } from "node:http";
import Provider from "oidc-provider";

export const CLIENT = { id: "candor", secret: "a secret between the two of them" };

export async function startProvider(callback) {
  const listener = createServer();
  await new Promise((resolve) => listener.listen(0, "localhost", resolve));
  const issuer = `http://localhost:${listener.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [callback], grant_types: ["authorization_code"], response_types: ["code"] }],
    cookies: { keys: ["of no other use"] },
    pkce: { required: () => true },
    claims: { openid: ["sub"], profile: ["name", "preferred_username"], email: ["email", "email_verified"] },
    async findAccount(_, sub) {
      return { accountId: sub, claims: () => ({ sub, name: `${sub} of House`, preferred_username: sub, email: `${sub}@house.example`, email_verified: true }) };
    },
  });
  listener.on("request", provider.callback());
  return {
    issuer,
    stop: () => new Promise((resolve) => {
      listener.close(resolve);
      listener.closeAllConnections();
    }),
  };
}
