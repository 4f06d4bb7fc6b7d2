import { test, expect } from '../trial/test.js';
import { expectAccessible } from '../trial/accessibility.js';
import { inLightAndDark, shoot } from '../trial/screenshots.js';
import { withoutStudio } from '../panels/panels.js';
import { TrialServer } from '../trial/server.js';

/** In both colours: a picture at both widths, and nothing that somebody could not use. */
const look = (page, name, exclude = []) => inLightAndDark(page, async theme => {
  await shoot(page, `${name}-${theme}`);
  await expectAccessible(page, { exclude });
});

test('The pages outside of the designer can be used by everybody, in light and in dark', async ({ page, server }) => {
  await server.api('/api/runs', { body: { playbook: 'close' } });
  await page.goto('/playbooks');
  await expect(page.getByRole('link', { name: 'Closing', exact: true })).toBeVisible();
  await look(page, 'list');
  await page.getByRole('button', { name: 'New playbook' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toBeVisible();
  await look(page, 'list-new');
  await page.goto('/runs');
  await expect(page.getByRole('table')).toBeVisible();
  await look(page, 'runs');
});

test('Every panel of the designer can be used by everybody, in light and in dark', async ({ page }) => {
  await withoutStudio(page);
  await page.goto('/playbooks/lead-generation');
  for (const title of ['Problems', 'Scripts', 'Recipe', 'Scenarios', 'Try it', 'History']) {
    await page.getByRole('tab', { name: new RegExp(`^${title}`) }).click();
    const panel = page.getByRole('tabpanel', { name: new RegExp(`^${title}`) });
    await expect(panel).toBeVisible();
    await expect(panel.locator('.bone')).toHaveCount(0);
    await look(page, `designer-${title.toLowerCase().replace(' ', '-')}`, ['iframe']);
  }
  await page.getByRole('tab', { name: 'Scripts' }).click();
  await page.getByRole('button', { name: /^intro-mail/ }).click();
  await expect(page.getByRole('textbox', { name: /Text of intro-mail/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Preview' }).locator('mark').first()).toBeVisible();
  await look(page, 'designer-script', ['iframe']);
  await page.getByRole('button', { name: 'Publish …' }).click();
  await expect(page.getByRole('heading', { name: /is live$/ })).toBeVisible();
  await look(page, 'designer-publish', ['iframe']);
});

test('What is not there is said on a page that leads on, in light and in dark', async ({ page }) => {
  await page.goto('/playbooks/no-such-playbook');
  await expect(page.getByRole('heading', { name: 'There is no playbook “no-such-playbook”' })).toBeVisible();
  await look(page, 'designer-missing');
  await page.goto('/runs/00000000-0000-0000-0000-000000000001');
  await expect(page.getByRole('heading', { name: 'There is no such run' })).toBeVisible();
  await look(page, 'run-missing');
});

test('A server without any playbook tells how to begin, in light and in dark', async ({ browser }) => {
  const server = await TrialServer.start({ playbooks: [] });
  const context = await browser.newContext({ baseURL: server.url });
  await context.addCookies(await server.cookies());
  const page = await context.newPage();
  await page.goto('/playbooks');
  await expect(page.getByRole('heading', { level: 1, name: 'Playbooks' })).toBeVisible();
  await expect(page.getByText('No playbook', { exact: false }).first()).toBeVisible();
  await look(page, 'list-empty');
  await page.goto('/runs');
  await expect(page.getByText('No run has begun yet.')).toBeVisible();
  await look(page, 'runs-empty');
  await context.close();
  await server.remove();
});
