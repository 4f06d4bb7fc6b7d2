import { test, expect } from '../trial/test.js';
import { expectAccessible } from '../trial/accessibility.js';
import { Studio } from './studio.js';

test('A page around Studio shows a step and hears which one is chosen', async ({ page, server }) => {
  await page.route('**/around', route => route.fulfill({
    contentType: 'text/html',
    body: `<!doctype html><html lang="en"><title>Around</title><link rel="icon" href="data:,">
      <script>window.heard = []; addEventListener('message', ({ data }) => data.source === 'playbook-studio' && heard.push(data))</script>
      <iframe title="Designer" src="/studio/editor?definition=lead-generation" style="width:1400px;height:800px"></iframe></html>`,
  }));
  await page.goto(`${server.url}/around`);
  const studio = new Studio(page, page.frameLocator('iframe'));
  await studio.ready();
  const heard = type => page.evaluate(wanted => window.heard.filter(one => one.type === wanted), type);
  await expect.poll(() => heard('ready')).toHaveLength(1);

  const select = id => page.evaluate(wanted => document.querySelector('iframe').contentWindow.playbookStudio.select(wanted), id);
  expect(await select('no-such-step')).toBe(false);
  expect(await select('follow-up-call')).toBe(true);
  await expect(studio.step('follow-up-call')).toBeInViewport();
  await expect(studio.step('follow-up-call')).toHaveClass(/x6-node-selected/);
  await expect(studio.input('Done when')).toBeVisible();
  await expect.poll(() => heard('selected')).toContainEqual({ source: 'playbook-studio', type: 'selected', activityId: 'follow-up-call' });
});

test('A page that names no playbook says so, in a way that everybody can read', async ({ page }) => {
  await page.goto('/studio/editor');
  await expect(page.getByRole('alert')).toContainText('No playbook is named');
  await expectAccessible(page);
});

test.describe('A playbook that is not there', () => {
  test.use({ allowed: { faults: [/404/, /WebAssemblyRenderer/] } });

  test('is named, instead of Studio stopping without a word', async ({ page }) => {
    await page.goto('/studio/editor?definition=no-such-playbook');
    await expect(page.getByRole('alert').filter({ hasText: "There is no playbook 'no-such-playbook'" })).toBeVisible({ timeout: 90_000 });
  });
});
