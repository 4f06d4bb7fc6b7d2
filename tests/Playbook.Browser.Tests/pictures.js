// The pictures of the README, taken from the demo company: ./build.sh pictures
import { cp, mkdir, mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import config from './playwright.config.js';
import { live } from './trial/live.js';
import { TrialServer } from './trial/server.js';
import { Studio } from './studio/studio.js';

const largest = 250 * 1024;
const folder = fileURLToPath(new URL('./pictures', import.meta.url));
const playbooks = fileURLToPath(new URL('../../playbooks', import.meta.url));

/** Nine o'clock on the next working day: in the night nothing may be sent, and the day's page would say so. */
function nextMorning() {
  const day = new Date();
  do day.setUTCDate(day.getUTCDate() + 1); while (day.getUTCDay() % 6 === 0);
  return `${day.toISOString().slice(0, 10)}T09:00:00Z`;
}

/** The first open step that is a talk in English with somebody who may be called now. */
async function openTalk(page, server) {
  const { items } = await server.api('/api/tasks?pageSize=100');
  for (const task of items.filter(one => /talk|call/i.test(one.title) && !one.title.startsWith('Find'))) {
    await page.goto(`/today?task=${encodeURIComponent(task.id)}`);
    await live(page);
    await page.locator('.step h1').waitFor();
    const said = await page.getByRole('region', { name: 'What to say' }).innerText();
    if (await page.getByText(/^Do not \w+ now/).count() === 0 && !/\bjeg\b/i.test(said)) return;
  }
  throw new Error('The demo company has no open talk in English that is allowed now: give it more leads (--leads N).');
}

const server = new TrialServer(await mkdtemp(join(tmpdir(), 'playbook-pictures-')));
let browser;
try {
  await mkdir(server.playbooks);
  await cp(playbooks, server.playbooks, { recursive: true });
  console.log('A year goes by in the demo company …');
  await server.playbook('demo', '--playbooks', server.playbooks, ...process.argv.slice(2));
  await writeFile(`${server.database}.clock`, nextMorning());
  await server.startAgain();
  browser = await chromium.launch(config.use.launchOptions);
  const context = await browser.newContext({ ...config.use, baseURL: server.url, viewport: { width: 1440, height: 900 } });
  await context.addCookies(await server.cookies());
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await mkdir(folder, { recursive: true });
  const take = async name => {
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path });
    const { size } = await stat(path);
    console.log(`${name}.png: ${Math.round(size / 1024)} kB`);
    if (size > largest) throw new Error(`${path} is larger than ${largest / 1024} kB`);
  };

  await openTalk(page, server);
  await take('step');
  await page.goto('/results/funnel');
  await page.locator('.results .pad').first().waitFor();
  await page.locator('.bone').first().waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle');
  await take('funnel');
  const studio = await Studio.openPage(page, 'lead-generation');
  await studio.steps().first().waitFor();
  await take('designer');
} finally {
  await browser?.close();
  await server.remove();
}
