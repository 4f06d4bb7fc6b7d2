import { join } from 'node:path';
import { test as base, expect } from '../trial/test.js';
import { TrialServer } from '../trial/server.js';
import { expectAccessible } from '../trial/accessibility.js';
import { shoot } from '../trial/screenshots.js';
import { live } from '../trial/live.js';
import { work, writeExperiment, writeSales } from './history.js';

const pages = ['', '/funnel', '/lead-lag', '/forecast', '/experiments', '/solver', '/money', '/clients', '/steadiness', '/checklist', '/meeting', '/metrics'];

/** A server of this file's own: what other specs leave behind would not be an empty database. */
const test = base.extend({
  server: [async ({}, use) => {
    const server = await TrialServer.start({ playbooks: ['lead-generation', 'close'] });
    await use(server);
    await server.remove();
  }, { scope: 'worker', timeout: 240_000 }],
});

async function fill(server, days, perWeek, calls) {
  const { now } = await server.api('/api/clock');
  const folder = join(server.folder, `sales-${days}`);
  await writeSales(folder, Date.parse(now), days, perWeek);
  await writeExperiment(server.playbooks);
  await server.stop();
  await server.playbook('import', folder);
  await server.startAgain();
  return work(server, calls);
}

async function open(page, path, query = '') {
  await page.goto(`/results${path}${query}`);
  await live(page);
  await expect(page.locator('.results .bones')).toHaveCount(0);
}

test('Without any history every page says what is missing and where to begin', async ({ page }) => {
  for (const path of pages) {
    await open(page, path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);
    await shoot(page, `results-empty${path.replace('/', '-')}`, [1440]);
  }
  await open(page, '/funnel');
  await expect(page.getByText('nobody to follow')).toBeVisible();
  await open(page, '/forecast');
  await expect(page.getByText('twelve are needed')).toBeVisible();
  await open(page, '/experiments');
  await expect(page.getByText('1,057 contacts for each variant')).toBeHidden();
  await expect(page.getByText('2,210 contacts for each variant are needed to see 5 % become 7 %. At 200 a week that takes 23 weeks.')).toBeVisible();
});

test('A goal is set, and the big picture is walked down to one task and up again', async ({ page }) => {
  await open(page, '');
  await page.getByRole('button', { name: 'Set a goal' }).click();
  await page.getByLabel('Goal', { exact: true }).fill('Growth');
  await page.getByLabel('Number').fill('2000000');
  await page.getByRole('button', { name: 'Keep the goal' }).click();
  await expect(page.getByText('of 2 M')).toBeVisible();

  await page.getByRole('link', { name: 'New clients', exact: true }).click();
  await page.getByRole('link', { name: 'Closing' }).click();
  await page.getByRole('link', { name: 'Ask for the decision' }).click();
  await expect(page.getByRole('heading', { name: 'Task: Ask for the decision' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Where this stands' }).getByRole('link', { name: 'New clients system' }).click();
  await expect(page.getByRole('heading', { name: 'System: New clients' })).toBeVisible();
});

test('After thirty days there are figures, and nothing is concluded from too few', async ({ page, server }) => {
  expect(await fill(server, 30, 14, 12)).toBeGreaterThan(5);
  await open(page, '/funnel', '?weeks=4');
  await expect(page.getByText('too few').first()).toBeVisible();
  for (const path of ['', '/funnel']) {
    await open(page, path, '?weeks=4');
    await shoot(page, `results-30${path.replace('/', '-')}`);
  }
});
