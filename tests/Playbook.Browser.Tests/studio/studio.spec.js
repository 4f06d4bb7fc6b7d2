import { test, expect } from '../trial/test.js';
import { shoot } from '../trial/screenshots.js';
import { Studio } from './studio.js';

const seven = ['Lead generation', 'Appointment', 'Close', 'Enrollment', 'Program design', 'Renewal', 'Upsell'];
const latest = (server, id) => server.api(`/elsa/api/workflow-definitions/by-definition-id/${id}?versionOptions=Latest`);

test('The list shows the seven playbooks, and one of them opens from it', async ({ page }) => {
  await Studio.open(page, 'definitions');
  for (const name of seven) await expect(page.locator('tbody tr').filter({ hasText: name }).first()).toBeVisible();
  await expect(page.locator('tbody tr')).toHaveCount(seven.length);
  await shoot(page, 'studio-definitions');

  await page.locator('tbody tr').filter({ hasText: 'Lead generation' }).first().click();
  await expect(page).toHaveURL(/\/editor\?definition=lead-generation$/);
  const studio = new Studio(page);
  await studio.ready();
  await expect(studio.step('research')).toBeVisible();
  await shoot(page, 'studio-editor');
});

// Drawing and connecting work; the way in which the spec chooses from Studio's list "Who" is not reliable yet, so it waits
// where nothing is to come. It must run before the designer counts as done.
test.fixme('A step drawn from the palette, connected and filled in is there after a reload, and is published', async ({ page, server }) => {
  const studio = await Studio.open(page, 'editor?definition=lead-generation');
  const before = await latest(server, 'lead-generation');
  const lines = await studio.lines().count();

  let id;
  await studio.saved(async () => { id = await studio.drop('Sales · Connect', 'Guided step', 0.35, 0.75); });
  await studio.saved(() => studio.connect('take-over', 'Done', id));
  await studio.saved(() => studio.connect(id, 'Expired', 'asked-us'));
  await studio.step(id).click();
  await studio.saved(() => studio.choose('Who', 'Prospector'));
  const draft = await studio.saved(async () => {
    await studio.input('Done when').fill('A second reason to call is written down');
    await studio.input('Done when').blur();
  });
  expect(draft.isPublished).toBe(false);
  expect(draft.version).toBe(before.version + 1);

  await page.reload();
  await studio.ready();
  await expect(studio.lines()).toHaveCount(lines + 2);
  await studio.step(id).click();
  await expect(studio.input('Done when')).toHaveValue('A second reason to call is written down');
  const stored = await latest(server, 'lead-generation');
  expect(stored.root.activities.find(one => one.id === id)).toMatchObject({ type: 'Playbook.GuidedStep', role: { expression: { value: 'prospector' } } });
  expect(stored.root.connections.filter(line => line.target.activity === id)).toMatchObject([{ source: { activity: 'take-over', port: 'Done' } }]);

  const answer = page.waitForResponse(response => response.request().method() === 'POST' && /workflow-definitions(\/[^/]+\/publish)?$/.test(response.url()));
  await page.locator('.mud-button-group-root button').first().click();
  expect((await answer).status()).toBe(200);
  await expect.poll(async () => (await latest(server, 'lead-generation')).isPublished).toBe(true);
});

test('What is copied and pasted is saved, and undone again', async ({ page }) => {
  const studio = await Studio.open(page, 'editor?definition=renewal');
  const before = await studio.steps().count();
  await studio.steps().first().click();
  await page.keyboard.press('Control+c');
  const pasted = await studio.saved(() => page.keyboard.press('Control+v'));
  await expect(studio.steps()).toHaveCount(before + 1);
  expect(pasted.root.activities).toHaveLength(before + 1);

  const undone = await studio.saved(async () => {
    while (await studio.steps().count() > before) await page.keyboard.press('Control+z');
  });
  expect(undone.root.activities).toHaveLength(before);
});

test('A run shows its path and its journal', async ({ page, server }) => {
  const run = JSON.parse(await server.playbook('start', 'close', '--json'));
  const studio = await Studio.open(page, `viewer?instance=${run.id}`);
  const { items } = await server.api(`/elsa/api/workflow-instances/${run.id}/journal`);
  const started = items.find(entry => entry.eventName === 'Started' && entry.activityType === 'Playbook.SetPhase');
  await expect(studio.step(started.activityId).locator('.mud-badge')).toHaveText('1');
  await expect(page.getByText(/Completed/).first()).toBeVisible();
  await expect(page.getByText('Suspended').first()).toBeVisible();
  await shoot(page, 'studio-viewer');
});
