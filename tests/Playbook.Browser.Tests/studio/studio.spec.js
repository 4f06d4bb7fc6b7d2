import { test, expect } from '../trial/test.js';
import { inLightAndDark, shoot } from '../trial/screenshots.js';
import { Studio } from './studio.js';

const seven = ['Lead generation', 'Appointment', 'Close', 'Enrollment', 'Program design', 'Renewal', 'Upsell'];
const latest = (server, id) => server.api(`/elsa/api/workflow-definitions/by-definition-id/${id}?versionOptions=Latest`);

test('The list shows the seven playbooks, and one of them opens from it', async ({ page }) => {
  await Studio.open(page, 'definitions');
  for (const name of seven) await expect(page.locator('tbody tr').filter({ hasText: name }).first()).toBeVisible();
  await shoot(page, 'studio-definitions');

  await page.locator('tbody tr').filter({ hasText: 'Lead generation' }).first().click();
  await expect(page).toHaveURL(/\/editor\?definition=lead-generation$/);
  const studio = new Studio(page);
  await studio.ready();
  await expect(studio.step('research')).toBeVisible();
  await shoot(page, 'studio-editor');
});

test.describe('On the designer page', () => {
  // Room for the canvas between Studio's panels and ours.
  test.use({ viewport: { width: 1900, height: 1000 }, allowed: { faults: [/^console: .* status of 40[09] .*\/elsa\/api\/workflow-definitions\)$/] } });

  test('a step is drawn, connected and filled in; as long as something is missing it stops publishing; published, it is there after a reload', async ({ page, server }) => {
    test.slow(); // opens Studio twice and draws a dozen things
    const studio = await Studio.openPage(page, 'lead-generation');
    const before = await latest(server, 'lead-generation');
    const next = before.version + 1;
    const lines = before.root.connections.length;
    await expect(studio.lines()).toHaveCount(lines);
    const isThere = (id, value) => one => JSON.stringify(one.root.activities.find(activity => activity.id === id)).includes(value);
    await expect(page.getByText('No problems.')).toBeVisible();

    let id;
    await studio.saved(async () => { id = await studio.drop('Sales · Connect', 'Guided step', 0.35, 0.4); });
    await expect(page.getByText(`draft of version ${next}`)).toBeVisible();
    await expect(page.getByRole('list', { name: 'Problems' })).toContainText('is connected to nothing');
    await page.getByRole('button', { name: 'Publish …' }).click();
    await expect(page.getByText(/^\d+ errors? stops? it\.$/)).toBeVisible();
    await expect(page.getByRole('button', { name: `Publish version ${next}` })).toBeDisabled();
    const refused = page.waitForResponse(response => response.request().method() === 'POST' && response.url().endsWith('/elsa/api/workflow-definitions') && response.status() === 400);
    await studio.frame.locator('.mud-button-group-root button').first().click();
    await refused;
    expect((await latest(server, 'lead-generation')).isPublished).toBe(false);

    await studio.saved(() => studio.connect('take-over', 'Done', id));
    await studio.select(id);
    await studio.saved(() => studio.choose('Who', 'Prospector'), isThere(id, 'prospector'));
    await studio.saved(() => studio.fill('What', 'Look for a second reason'), isThere(id, 'a second reason'));
    await studio.saved(() => studio.fill('Done when', 'It is written down'), isThere(id, 'is written down'));
    await studio.saved(() => studio.add('Outcomes', 'Found'), isThere(id, 'Found'));
    await studio.saved(() => studio.connect(id, 'Found', 'asked-us'));
    await studio.saved(() => studio.connect(id, 'Expired', 'asked-us'));
    expect((await latest(server, 'lead-generation')).version).toBe(next);

    await page.reload();
    await studio.ready();
    await expect(studio.lines()).toHaveCount(lines + 3);
    await studio.select(id);
    await expect(studio.input('Done when')).toHaveValue('It is written down');
    const stored = await latest(server, 'lead-generation');
    expect(stored.root.activities.find(one => one.id === id)).toMatchObject({
      type: 'Playbook.GuidedStep',
      role: { expression: { value: 'prospector' } },
      title: { expression: { value: 'Look for a second reason' } },
    });
    expect(stored.root.connections.filter(line => line.target.activity === id)).toMatchObject([{ source: { activity: 'take-over', port: 'Done' } }]);
    expect(stored.root.connections.filter(line => line.source.activity === id).map(line => `${line.source.port} ${line.target.activity}`)).toEqual(['Found asked-us', 'Expired asked-us']);

    await inLightAndDark(page, async theme => {
      await expect(studio.frame.locator('html')).toHaveAttribute('data-theme', theme);
      await shoot(page, `designer-${theme}`);
    });
    await expect(studio.step(id).locator('[data-activity="Playbook.GuidedStep"] .activity-icon')).toBeVisible();

    await page.getByRole('button', { name: 'Publish …' }).click();
    await page.getByLabel('Why this version?').fill('A second reason to call');
    await page.getByRole('button', { name: `Publish version ${next}` }).click();
    await expect(page.getByText(`Version ${next} is live.`)).toBeVisible();
    expect(await latest(server, 'lead-generation')).toMatchObject({ version: next, isPublished: true });
  });

  test('two people draw the same playbook: who saves later is told, overwrites nothing, and goes on from what is saved', async ({ page, context, server }) => {
    test.slow(); // opens Studio three times
    const studio = await Studio.openPage(page, 'enrollment');
    const other = await Studio.open(await context.newPage(), 'editor?definition=enrollment');
    const count = await studio.steps().count();
    await other.saved(() => other.drop('Sales · Connect', 'Guided step', 0.5, 0.4));

    const late = page.waitForResponse(response => response.status() === 409);
    await studio.drop('Sales · Connect', 'Send a message', 0.5, 0.4);
    await late;
    const bar = studio.frame.getByRole('alert').filter({ hasText: 'Load what is saved' });
    await expect(bar).toContainText('Nothing was overwritten');
    const kept = await latest(server, 'enrollment');
    expect(kept.root.activities).toHaveLength(count + 1);
    await bar.getByRole('button', { name: 'Load what is saved' }).click();
    await expect(studio.steps()).toHaveCount(count + 1, { timeout: 150_000 });
    await studio.ready();
    await studio.saved(() => studio.drop('Sales · Connect', 'Wait for a reply', 0.5, 0.2));
  });
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

test('A run started from the command line shows its path and its journal, and is told in words beside it', async ({ page, server }) => {
  const run = JSON.parse(await server.playbook('start', 'close', '--json'));
  await page.goto(`/runs/${run.id}`);
  const studio = new Studio(page, page.frameLocator('iframe'));
  await studio.ready();
  const { items } = await server.api(`/elsa/api/workflow-instances/${run.id}/journal`);
  const started = items.find(entry => entry.eventName === 'Started' && entry.activityType === 'Playbook.SetPhase');
  const waits = items.find(entry => entry.eventName === 'Suspended');
  await expect(studio.step(started.activityId).locator('.mud-badge')).toHaveText('1');
  await expect(studio.step(waits.activityId).locator('.mud-badge')).toHaveText('1');
  await expect(studio.frame.getByText('Completed').first()).toBeVisible();
  await expect(studio.frame.getByText('Suspended').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'The run in words' })).toContainText('The run began.');
  await inLightAndDark(page, theme => shoot(page, `run-${theme}`));
});
