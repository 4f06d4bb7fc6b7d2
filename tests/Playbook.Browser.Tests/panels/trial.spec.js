import { test, expect } from '../trial/test.js';
import { expectAccessible } from '../trial/accessibility.js';
import { shoot } from '../trial/screenshots.js';
import { openPanel, selected } from './panels.js';

test('A playbook is tried to its end: nothing is sent, moves are taken back, the path is kept as a scenario', async ({ page, server }) => {
  const runs = async () => (await server.api('/api/runs')).items.map(run => run.id);
  const before = await runs();
  const panel = await openPanel(page, 'lead-generation', 'Try it');
  await expectAccessible(page, { exclude: ['iframe'] });
  await shoot(page, 'panel-try-setup');
  await panel.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(panel.getByRole('heading', { name: /Find one reason to call: Ada Test/ })).toBeVisible();

  await panel.getByRole('button', { name: /^Ready/ }).click();
  await expect(panel.getByRole('alert')).toContainText("'Ready' needs it");
  await shoot(page, 'panel-try-step');
  await panel.getByLabel('One sentence that fits only them').fill('You opened a second warehouse');
  await panel.getByRole('button', { name: /^Ready/ }).click();

  await expect(panel.getByText('The contact agreed to get e-mail.')).toBeVisible();
  await panel.getByText(/^A question about/).click();
  await expect(panel.getByRole('document', { name: 'The message intro-mail' })).toContainText('You opened a second warehouse');
  await shoot(page, 'panel-try-mail');
  await expectAccessible(page, { exclude: ['iframe'] });

  await panel.getByRole('button', { name: 'What if it comes back?' }).click();
  await expect(panel.getByText(/comes back: the mailbox is unknown/)).toBeVisible();
  await panel.getByRole('button', { name: 'What if it arrives?' }).click();
  await panel.getByRole('button', { name: /^Jump there/ }).first().click();
  await expect(panel.getByRole('heading', { name: /call/i }).first()).toBeVisible();
  await panel.getByRole('button', { name: /^Undo/ }).click();
  await expect(panel.getByRole('button', { name: 'They answer' })).toBeVisible();
  await panel.getByRole('button', { name: /^Undo/ }).click();

  await panel.getByLabel('Why not?').selectOption('Too small');
  await panel.getByRole('button', { name: /^Not our customer/ }).click();
  await expect(panel.getByText('The playbook has come to its end.')).toBeVisible();
  await shoot(page, 'panel-try-end');

  await panel.getByRole('button', { name: 'Save as scenario' }).click();
  await panel.getByLabel('What does this path show?').fill('A company that is too small is let go');
  await panel.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: /Run scenarios · (\d+) of \1 pass/ })).toBeVisible();
  expect(await selected(page), 'the canvas goes along').toEqual(expect.arrayContaining(['research', 'first-mail-reply']));
  expect(await runs()).toEqual(before);
});
