import { test as base } from '@playwright/test';
import { test, expect } from './test.js';
import { expectAccessible } from './accessibility.js';
import { watch } from './watch.js';

test('The server under trial has the seven playbooks and takes commands', async ({ server }) => {
  // Other specs may have added some.
  const shipped = ['appointment', 'close', 'enrollment', 'lead-generation', 'program-design', 'renewal', 'upsell'];
  expect((await server.api('/api/playbooks')).map(one => one.id)).toEqual(expect.arrayContaining(shipped));
  const run = JSON.parse(await server.playbook('start', 'lead-generation', '--json'));
  expect(await server.playbook('history', run.id)).toContain('The run began.');
});

test('The page of the API works in a browser', async ({ page }) => {
  await page.goto('/docs');
  await expect(page.getByText('/api/runs').first()).toBeVisible();
});

base.describe('What goes wrong in a page is found', () => {
  const origin = 'http://127.0.0.1:9';
  const cases = [
    ['an error on the console', /^console: broken/, "console.error('broken')"],
    ['an exception', /^page error: .*broken/s, "setTimeout(() => { throw new Error('broken') })"],
    ['a request that is answered 404', /^answer 404: GET .*\/missing/, "fetch('/missing')"],
    ['a request that is answered 500', /^answer 500: GET .*\/broken/, "fetch('/broken')"],
    ['a request to another host', /^request to another host: GET http:\/\/example\.com/, "fetch('http://example.com/').catch(() => {})"],
  ];
  for (const [what, expected, script] of cases)
    base(what, async ({ context, page }) => {
      const found = watch(context, origin, []);
      await context.route('**/*', route => {
        const path = new URL(route.request().url()).pathname;
        const status = { '/missing': 404, '/broken': 500 }[path] ?? 200;
        return route.fulfill({ status, contentType: 'text/html', headers: { 'access-control-allow-origin': '*' }, body: `<!doctype html><link rel="icon" href="data:,"><script>${path === '/' ? script : ''}</script>` });
      });
      await page.goto(origin);
      await expect.poll(() => found.some(text => expected.test(text)), { message: `${expected} among what was found` }).toBe(true);
    });

  base('a part of the page that not everybody can use', async ({ page }) => {
    await page.setContent('<!doctype html><html lang="en"><title>Trial</title><main><h1>Trial</h1><input></main></html>');
    await expect(expectAccessible(page)).rejects.toThrow(/label \(critical\)/);
  });
});
