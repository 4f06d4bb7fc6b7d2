import { test as base, expect } from '@playwright/test';
import { TrialServer } from './server.js';
import { watch } from './watch.js';

/**
 * What every spec starts from: `import { test, expect } from '../trial/test.js'`.
 *
 * - `server`: a running server, shared by the specs of one worker; addresses given to `page.goto` are relative to it.
 * - `startServer()`: another one, for a spec that must not share.
 * - `page`: signed in as the server's owner, unless the spec says `test.use({ signedIn: false })`; a page of another server of
 *   the spec's own signs in with `await context.addCookies(await other.cookies())`.
 * - `page`: a page whose every fault fails the test; a spec that provokes one says so: `test.use({ allowed: { faults: [/answer 404/] } })`.
 */
export const test = base.extend({
  // An object, because an array would be taken for a fixture with its options.
  allowed: [{ faults: [] }, { option: true }],
  signedIn: [true, { option: true }],

  server: [async ({}, use) => {
    const server = await TrialServer.start();
    await use(server);
    await server.remove();
  }, { scope: 'worker', timeout: 240_000 }],

  startServer: async ({}, use) => {
    const started = [];
    await use(async () => {
      const server = await TrialServer.start();
      started.push(server);
      return server;
    });
    for (const server of started) await server.remove();
  },

  baseURL: async ({ server }, use) => use(server.url),

  context: async ({ context, server, allowed, signedIn }, use, info) => {
    if (signedIn) await context.addCookies(await server.cookies());
    const faults = watch(context, server.url, allowed.faults);
    const heard = server.said.length;
    await use(context);
    if (faults.length > 0 || info.status !== info.expectedStatus)
      await info.attach('server', { body: server.said.slice(heard), contentType: 'text/plain' });
    expect(faults, 'nothing may go wrong in the page').toEqual([]);
  },
});

export { expect };
