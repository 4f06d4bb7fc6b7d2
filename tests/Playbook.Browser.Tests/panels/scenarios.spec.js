import { test, expect } from '../trial/test.js';
import { expectAccessible } from '../trial/accessibility.js';
import { shoot } from '../trial/screenshots.js';
import { openPanel, typeAtEnd } from './panels.js';

test('Scenarios turn red after a breaking change of the draft, with the first difference', async ({ page, server }) => {
  const panel = await openPanel(page, 'program-design', 'Scenarios');
  await expect(page.getByRole('button', { name: /Run scenarios · (\d+) of \1 pass/ })).toBeVisible();
  await shoot(page, 'panel-scenarios');
  await expectAccessible(page, { exclude: ['iframe'] });

  const latest = await server.api('/elsa/api/workflow-definitions/by-definition-id/program-design?versionOptions=Latest');
  const node = latest.root.activities.find(one => one.type === 'Playbook.GuidedStep');
  const outcomes = JSON.parse(node.outcomes.expression.value);
  node.outcomes.expression.value = JSON.stringify(['Something else', ...outcomes.slice(1)]);
  await server.api('/elsa/api/workflow-definitions', { body: { model: latest, publish: false } });

  await expect(page.getByRole('button', { name: /Run scenarios · (\d+) of (?!\1 )\d+ pass/ })).toBeVisible();
  await expect(panel.getByText('fails').first()).toBeVisible();
  await expect(panel.getByText(/is not an outcome of the step|there is no open task/).first()).toBeVisible();
  await shoot(page, 'panel-scenarios-red');
});

test('A scenario is written as JSON: what is wrong is said beside its line, and nothing of it is lost', async ({ page }) => {
  const panel = await openPanel(page, 'program-design', 'Scenarios');
  await panel.getByRole('button', { name: 'New scenario' }).click();
  await panel.getByLabel('What is it to show?').fill('Begins with a call');
  await panel.getByRole('button', { name: 'Write it' }).click();
  await expect(panel.getByRole('heading', { name: 'Begins with a call' })).toBeVisible();
  await expect(panel.getByText('passes', { exact: true })).toBeVisible();

  await typeAtEnd(panel, 'oops');
  await expect(panel.getByRole('list', { name: 'Problems of this scenario' })).toContainText('This is no JSON');
  await expect(panel.getByText('fails', { exact: true })).toBeVisible();
  await shoot(page, 'panel-scenario');
  await expectAccessible(page, { exclude: ['iframe'] });
  for (let i = 0; i < 4; i++) await page.keyboard.press('Backspace');
  await expect(panel.getByText('passes', { exact: true })).toBeVisible();

  await panel.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(panel.getByRole('button', { name: /Begins with a call/ }).first()).toBeVisible();
});
