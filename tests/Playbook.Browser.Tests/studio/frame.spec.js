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

test('Studio that opens slowly is waited for, and an answer about it that comes too late does not cover it', async ({ page }) => {
  const answers = [];
  await page.route('**/studio/frame/frame.js*', async route => {
    const script = await (await route.fetch()).text();
    expect(script).toContain('opensWithin = 45_000');
    await route.fulfill({ contentType: 'text/javascript', body: script.replace('setTimeout(() => explain(false), opensWithin)', '(explain(false), setTimeout(() => explain(false), 1))') });
  });
  // The frame asks twice what is wrong: the first is answered at once, the other only when Studio is open.
  await page.route(/by-definition-id\/upsell$/, route => (answers.push(() => route.continue()) === 1 ? route.continue() : null));
  await page.goto('/studio/editor?definition=upsell');
  await expect(page.getByText('It takes longer than usual.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Load again' })).toBeVisible();
  await new Studio(page).ready();
  await expect(page.locator('#curtain')).toBeHidden();

  expect(answers).toHaveLength(2);
  const late = page.waitForResponse(/by-definition-id\/upsell$/);
  await answers[1]();
  // Its body is nobody's concern any more, so it may never be read to its end.
  await late;
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(page.locator('#curtain')).toBeHidden();
});

test.describe('A playbook that is not there', () => {
  test.use({ allowed: { faults: [/404/, /WebAssemblyRenderer/] } });

  test('is named, instead of Studio stopping without a word', async ({ page }) => {
    await page.goto('/studio/editor?definition=no-such-playbook');
    await expect(page.getByRole('alert').filter({ hasText: "There is no playbook 'no-such-playbook'" })).toBeVisible({ timeout: 90_000 });
  });
});
