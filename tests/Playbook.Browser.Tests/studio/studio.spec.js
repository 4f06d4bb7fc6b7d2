import { test, expect } from '../trial/test.js';
import { shoot } from '../trial/screenshots.js';
import { Studio } from './studio.js';

const seven = ['Lead generation', 'Appointment', 'Close', 'Enrollment', 'Program design', 'Renewal', 'Upsell'];
const saves = async (server, id) => (await server.api(`/elsa/api/workflow-definitions/by-definition-id/${id}?versionOptions=Latest`));

test('The list shows the seven playbooks, and one of them opens from it', async ({ page }) => {
  await Studio.open(page, 'definitions');
  for (const name of seven) await expect(page.locator('tbody tr').filter({ hasText: name }).first()).toBeVisible();
  await expect(page.locator('tbody tr')).toHaveCount(seven.length);
  await shoot(page, 'studio-definitions');

  await page.locator('tbody tr').filter({ hasText: 'Lead generation' }).first().click();
  await expect(page).toHaveURL(/\/editor\?definition=lead-generation$/);
  await new Studio(page).ready();
  await expect(page.locator('.x6-node[data-cell-id="research"]')).toBeVisible();
});

test('A step drawn from the palette, connected and filled in is there after a reload, and can be published', async ({ page, server }) => {
  test.setTimeout(180_000);
  const studio = await Studio.open(page, 'editor?definition=lead-generation');
  const before = await saves(server, 'lead-generation');
  const lines = await studio.lines().count();

  let id;
  await studio.saved(async () => { id = await studio.drop('Sales · Connect', 'Guided step', 0.3, 0.85); });
  await studio.saved(() => studio.connect('take-over', 'Done', id));
  await studio.step(id).click();
  const draft = await studio.saved(async () => {
    await studio.input('Done when').fill('A second reason to call is written down');
    await studio.input('Done when').blur();
  });
  expect(draft.isPublished).toBe(false);
  expect(draft.version).toBe(before.version + 1);

  await page.reload();
  await studio.ready();
  await expect(studio.lines()).toHaveCount(lines + 1);
  await studio.step(id).click();
  await expect(studio.input('Done when')).toHaveValue('A second reason to call is written down');

  const stored = await saves(server, 'lead-generation');
  expect(stored.root.connections.filter(line => line.target.activity === id)).toMatchObject([{ source: { activity: 'take-over', port: 'Done' } }]);
});
