import { join } from 'node:path';
import { test as base, expect } from '../trial/test.js';
import { TrialServer } from '../trial/server.js';
import { expectAccessible } from '../trial/accessibility.js';
import { inLightAndDark, shoot } from '../trial/screenshots.js';
import { expectExports, given } from './exports.js';
import { live } from '../trial/live.js';
import { Studio } from '../studio/studio.js';
import { work, writeExperiment, writeSales } from './history.js';

const pages = ['', '/funnel', '/heat', '/lead-lag', '/forecast', '/experiments', '/solver', '/money', '/clients', '/steadiness', '/people', '/checklist', '/meeting', '/manual', '/metrics'];

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

/** The chart of each page whose files are looked into. */
const charts = {
  '/funnel': 'Share of the cohort that came so far', '/money': 'Hours and money by playbook', '/steadiness': 'Value won per week',
  '/clients': 'Share of clients who have bought again', '/forecast': 'Forecast and what came, per month',
};

/** What sticks out of the page at its side, where there is anything. */
async function sticksOut(page, width) {
  await page.setViewportSize({ width, height: 900 });
  return page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    return [...document.querySelectorAll('main *')].filter(part => !part.closest('.wide, .scroll, .paper') && part.getBoundingClientRect().right > innerWidth + 1).map(part => `${part.tagName}.${part.className}`).slice(0, 5);
  });
}

test('After twelve months every page looks right, wide and narrow, in light and dark, and its charts can be taken along', async ({ page, server }) => {
  expect(await fill(server, 370, 16, 20)).toBeGreaterThan(10);
  for (const path of pages) {
    await open(page, path, path === '/forecast' ? '' : '?weeks=52');
    await inLightAndDark(page, async look => {
      await expect(page.locator('figure.chart .drawing:not([data-drawn])')).toHaveCount(0);
      // The light colours are looked at where there is no history.
      if (look === 'dark') await expectAccessible(page);
      await shoot(page, `results-12${path.replace('/', '-')}-${look}`);
      // A chart follows the page's width a frame later.
      for (const width of [390, 1440]) await expect.poll(() => sticksOut(page, width), { message: `${path} is as wide as ${width}`, timeout: 5_000 }).toEqual([]);
    });
    if (charts[path]) await expectExports(page, charts[path]);
  }

  await open(page, '/forecast');
  const what = page.getByRole('region', { name: 'What if' });
  await expect(what.getByRole('status')).toContainText('as it is');
  await what.getByLabel('Value of a win').fill('50');
  await expect(what.getByRole('status')).toContainText('+50 %');
  await what.getByRole('button', { name: 'As it is' }).click();
  await expect(what.getByRole('status')).toContainText('as it is');
  await page.getByLabel('Promises').fill('90000');
  await page.getByRole('button', { name: 'Note the promise' }).click();
  await expect(page.getByRole('row', { name: /^Ada Byron 90 k/ })).toBeVisible();

  await open(page, '/manual');
  const manual = await given(page, page.getByRole('link', { name: 'Operations manual, PDF' }));
  expect(manual.name).toBe('operations-manual.pdf');
  expect(manual.content.subarray(0, 5).toString()).toBe('%PDF-');
});

test('Where a playbook stops is shown on the canvas of Studio itself, from thirty on', async ({ page, server }) => {
  expect(await fill(server, 42, 70, 36)).toBe(36);
  const studio = await Studio.openPage(page, 'first-call');
  await page.getByRole('button', { name: 'Show drop-off' }).click();
  await expect(page.getByText('no colour where fewer than 30 came')).toBeVisible();
  const words = () => studio.step('call').locator('.elsa-activity-wrapper-badge').evaluate(one => getComputedStyle(one, '::before').content);
  const colour = () => studio.step('call').locator('.elsa-activity').evaluate(one => getComputedStyle(one).backgroundColor);
  await expect.poll(words).toMatch(/% of \d+ stop/);
  const red = await colour();
  await shoot(page, 'designer-drop-off', [1440]);
  await page.getByRole('button', { name: 'Hide drop-off' }).click();
  await expect.poll(colour).not.toBe(red);
});
