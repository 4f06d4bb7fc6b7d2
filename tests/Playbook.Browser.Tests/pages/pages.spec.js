import { test, expect } from '../trial/test.js';
import { expectAccessible } from '../trial/accessibility.js';
import { inLightAndDark, shoot } from '../trial/screenshots.js';
import { live } from '../trial/live.js';
import { withoutStudio } from '../panels/panels.js';

const latestOf = (server, id) => server.api(`/elsa/api/workflow-definitions/by-definition-id/${id}?versionOptions=Latest`);
/** The page has its circuit and hears keys. */
const save = (server, model) => server.api('/elsa/api/workflow-definitions', { body: { model, publish: false } });

test('The list shows the seven playbooks by phase and is found through by keyboard', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL(/\/playbooks$/);
  const rows = page.locator('tbody th[scope="row"] a');
  for (const name of ['Lead generation', 'Sales appointment', 'Closing', 'Enrollment', 'Program design', 'Renewal', 'Upsell'])
    await expect(rows.filter({ hasText: new RegExp(`^${name}$`) })).toBeVisible();
  // Other specs may have added playbooks without a phase.
  await expect.poll(async () => (await page.locator('tbody th[scope="rowgroup"]').allTextContents()).slice(0, 7)).toEqual(['Lead generation', 'Appointment', 'Close', 'Enrollment', 'Program design', 'Renewal', 'Upsell']);
  await shoot(page, 'playbooks');
  await expectAccessible(page);

  await live(page);
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('renewal');
  await expect(rows.filter({ hasText: /^Closing$/ })).toBeHidden();
  await expect(rows.filter({ hasText: /^Renewal$/ })).toBeVisible();
  await page.getByRole('searchbox').fill('nothing is called so');
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(rows.filter({ hasText: /^Closing$/ })).toBeVisible();
});

test('A playbook is made like another one by keyboard, deleted, and brought back', async ({ page, server }) => {
  await page.goto(`/playbooks`);
  await live(page);
  await page.keyboard.press('n');
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type('Closing');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('There is a playbook "Closing" already');
  await expectAccessible(page);
  await page.getByLabel('Name', { exact: true }).fill('Win back old clients');
  await page.getByLabel('Begin with').selectOption('renewal');
  await page.getByRole('button', { name: 'Create and open' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Win back old clients' })).toBeVisible();
  await expect(page.getByText('draft of version 1')).toBeVisible();

  await page.goto(`/playbooks`);
  const menu = page.getByRole('button', { name: 'Actions for Win back old clients' });
  await live(page);
  await menu.click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('link', { name: 'Win back old clients' })).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: 'Win back old clients' })).toBeVisible();
});

test('A breaking change shows in Problems and stops publishing; a mended one is published with its reason', async ({ page, server }) => {
  await page.goto(`/playbooks/renewal`);
  await expect(page.getByText('No problems.')).toBeVisible();

  const model = await latestOf(server, 'renewal');
  const step = model.root.activities.find(one => one.id === 'renewal-call');
  const script = step.script.expression.value;
  step.script.expression.value = 'renewal-cal';
  await save(server, model);
  const problems = page.getByRole('list', { name: 'Problems' });
  await expect(problems).toContainText('asks for a script that is not there');
  await expect(page.getByText('draft of version 2')).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Problems 1' })).toBeVisible();
  await shoot(page, 'designer-problem');
  await expectAccessible(page, { exclude: ['iframe'] });

  await page.getByRole('button', { name: 'Publish …' }).click();
  await expect(page.getByText('1 error stops it.', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Publish version 2' })).toBeDisabled();
  await shoot(page, 'designer-publish-stopped');
  await expectAccessible(page, { exclude: ['iframe'] });

  await page.getByRole('button', { name: 'To the problems' }).click();
  await problems.getByRole('button', { name: `Change it to “${script}”` }).click();
  await expect(page.getByText('No problems.')).toBeVisible();

  const mended = await latestOf(server, 'renewal');
  mended.description = 'Health first, offer second.';
  await save(server, mended);
  await page.getByRole('button', { name: 'Publish …' }).click();
  await page.getByRole('button', { name: 'Publish version 2' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Say in a few words why' })).toBeVisible();
  await page.getByLabel('Why this version?').fill('Plainer words');
  await page.getByRole('button', { name: 'Publish version 2' }).click();
  await expect(page.getByText('Version 2 is live.')).toBeVisible();
  await shoot(page, 'designer-published');

  await page.getByRole('tab', { name: 'History' }).click();
  const history = page.getByRole('tabpanel', { name: 'History' });
  await expect(history).toContainText('Plainer words');
  await history.getByRole('button', { name: 'What changed' }).first().click();
  await expect(history.getByRole('heading', { name: 'From version 1 to 2' })).toBeVisible();
  await expect(history).toContainText('Health first, offer second.');
  await shoot(page, 'designer-history');
  await expectAccessible(page, { exclude: ['iframe'] });

  await history.getByRole('button', { name: 'Restore as draft' }).click();
  await expect(page.getByText('draft of version 3')).toBeVisible();
  expect((await server.api('/elsa/api/workflow-definitions/by-definition-id/renewal?versionOptions=Published')).version).toBe(2);
});

test('The recipe reads from top to bottom and fits on paper', async ({ page }) => {
  await page.goto('/playbooks/lead-generation?panel=recipe');
  const recipe = page.getByRole('tabpanel', { name: 'Recipe' });
  await expect(recipe.locator('ol > li')).toHaveCount(37);
  await expect(recipe).toContainText('Wait up to 3 days for a reply.');
  await shoot(page, 'designer-recipe');
  await expectAccessible(page, { exclude: ['iframe'] });
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('header.bar')).toBeHidden();
  await expect(recipe.getByRole('heading', { name: 'Steps' })).toBeVisible();
});

test('A run is listed, told in words beside its path, and ended with a reason', async ({ page, server }) => {
  const { id } = await server.api('/api/runs', { body: { playbook: 'enrollment' } });
  await page.goto(`/runs`);
  await shoot(page, 'runs');
  await expectAccessible(page);
  await page.locator(`a[href="/runs/${id}"]`).click();
  await expect(page).toHaveURL(new RegExp(id));
  await expect(page.getByRole('region', { name: 'The run in words' })).toContainText('The run began.');
  await expectAccessible(page, { exclude: ['iframe'] });
  await shoot(page, 'run');
  await page.getByRole('button', { name: 'End this run …' }).click();
  await page.getByLabel('Why?').fill('begun by mistake');
  await page.getByRole('button', { name: 'End it' }).click();
  await expect(page.getByText('cancelled', { exact: true })).toBeVisible();
});

test('A run is moved to another step and paused in words, and many are paused and go on at once', async ({ page, server }) => {
  await withoutStudio(page);
  const ids = [];
  for (let i = 0; i < 3; i++)
    ids.push((await server.api('/api/runs', { body: { playbook: 'enrollment' } })).id);
  const look = name => inLightAndDark(page, async theme => {
    await shoot(page, `${name}-${theme}`);
    await expectAccessible(page, { exclude: ['iframe'] });
  });
  await page.goto(`/runs/${ids[0]}`);
  const words = page.getByRole('region', { name: 'The run in words' });
  const form = page.getByRole('form', { name: 'Move this run to another step' });
  await live(page);
  await page.getByRole('button', { name: 'Move …' }).click();
  await form.getByLabel('Which step?').selectOption({ label: 'Welcome call' });
  await expect(form).toContainText('A task for the onboarder begins at once.');
  await expect(form).toContainText('“Post the agreement” of the onboarder');
  await look('run-move');
  await form.getByLabel('Why?').fill('they wrote to us themselves');
  await form.getByRole('button', { name: 'Move it' }).click();
  await expect(form).toBeHidden();
  await expect(words).toContainText("moved the run to 'Welcome call': they wrote to us themselves");
  await expect(words).toContainText('“Welcome call” waits for the onboarder');

  await page.getByRole('button', { name: 'Pause …' }).click();
  await page.getByLabel('Why?').fill('the client is on holiday');
  await page.getByRole('button', { name: 'Pause it' }).click();
  await expect(words.getByRole('status')).toContainText('the client is on holiday');
  await page.getByRole('button', { name: 'Move …' }).click();
  await expect(form).toContainText('Resume it first');
  await look('run-paused');

  await page.goto('/runs?playbook=enrollment');
  await live(page);
  const row = id => page.getByRole('row').filter({ has: page.locator(`a[href="/runs/${id}"]`) });
  for (const id of ids)
    await row(id).getByRole('checkbox').check();
  const chosen = page.getByRole('form', { name: 'Chosen runs' });
  await chosen.getByLabel('Why').fill('summer');
  await look('runs-chosen');
  await chosen.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('2 of 3 paused; the others were so before, or are over.')).toBeVisible();
  for (const id of ids)
    await expect(row(id)).toContainText('paused');
  for (const id of ids)
    await row(id).getByRole('checkbox').check();
  await chosen.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText('3 of 3 resumed.')).toBeVisible();
  for (const id of ids)
    await expect(row(id)).not.toContainText('paused');
});

test('The name of whoever is signed in goes with what is saved', async ({ page, server }) => {
  await page.goto(`/playbooks`);
  await live(page);
  await page.getByRole('button', { name: 'Dark colours' }).click();
  await expectAccessible(page);
  await shoot(page, 'playbooks-dark');
  await page.reload();
  await expect(page.getByRole('button', { name: /Karen Lund/ })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await live(page);
  await page.getByRole('button', { name: 'Actions for Upsell', exact: true }).click();
  await page.getByRole('button', { name: 'Duplicate' }).click();
  await expect(page.getByRole('link', { name: /Upsell \(copy/ }).first()).toBeVisible();
  await expect(page.getByText('by Karen Lund').first()).toBeVisible();
});

test.describe('An address that is not there', () => {
  test.use({ allowed: { faults: [/404/] } });

  test('shows a page that leads back', async ({ page }) => {
    await page.goto('/nowhere');
    await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'To your day' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Playbooks' })).toBeVisible();
  });
});
