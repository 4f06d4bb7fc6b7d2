import { cp, mkdir, mkdtemp, readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect } from '../trial/test.js';
import { TrialServer } from '../trial/server.js';
import { expectAccessible } from '../trial/accessibility.js';
import { inLightAndDark, shoot } from '../trial/screenshots.js';
import { live } from '../trial/live.js';

const playbooks = fileURLToPath(new URL('../../../playbooks', import.meta.url));

/** A server over a small demo company, made by the real command. */
const test = base.extend({
  server: [async ({}, use) => {
    const server = new TrialServer(await mkdtemp(join(tmpdir(), 'playbook-demo-browser-')));
    await mkdir(server.playbooks);
    await cp(playbooks, server.playbooks, { recursive: true });
    await server.playbook('demo', '--playbooks', server.playbooks, '--months', '2', '--leads', '40');
    await server.startAgain();
    await use(server);
    await server.remove();
  }, { scope: 'worker', timeout: 240_000 }],
});

const firstTitle = page => page.locator('.records tbody a.title').first();

/** Where every page of the program stands in this company, by the pattern of its address; null: somebody else looks at it, and says why. */
const pages = {
  '/today': '/today', '/team': '/team', '/contacts': '/contacts?sort=updated&down=true', '/accounts': '/accounts', '/opportunities': '/opportunities?sort=value&down=true',
  '/contacts/{Id:guid}': first('/contacts?sort=score&down=true'), '/accounts/{Id:guid}': first('/accounts'), '/opportunities/{Id:guid}': first('/opportunities?sort=value&down=true'),
  '/runs': '/runs', '/incidents': '/incidents', '/batons': '/batons', '/import': '/import', '/playbooks': '/playbooks', '/me': '/me', '/not-found': '/not-found',
  '/settings/channels': '/settings/channels', '/settings/people': '/settings/people', '/settings/audit': '/settings/audit',
  ...Object.fromEntries(['', '/funnel', '/lead-lag', '/forecast', '/experiments', '/solver', '/money', '/clients', '/steadiness', '/checklist', '/meeting', '/metrics', '/heat', '/manual', '/people'].map(one => [`/results${one}`, null])), // results/results.spec.js, with a year of work
  '/runs/{Id:guid}': null, '/playbooks/{Id}': null, // hold Studio: pages/pages.spec.js and pages/look.spec.js
  '/signin': null, '/welcome': null, '/invitation/{Secret}': null, // plain forms: access/access.spec.js
};

/** The first record of a list. */
function first(list) {
  return async page => {
    await page.goto(list);
    await expect(firstTitle(page)).toBeVisible();
    return firstTitle(page).getAttribute('href');
  };
}

test('No page is forgotten by those who look at them all', async () => {
  const folder = fileURLToPath(new URL('../../../src/Playbook.Server/Pages', import.meta.url));
  const found = [];
  for (const file of (await readdir(folder, { recursive: true })).filter(name => name.endsWith('.razor') && !name.includes('node_modules')))
    found.push(...[...(await readFile(join(folder, file), 'utf8')).matchAll(/^@page "([^"]+)"/gm)].map(([, address]) => address));
  expect(found.length).toBeGreaterThan(30);
  expect(Object.keys(pages).sort()).toEqual(found.sort());
});

test('Every page of a company that has lived shows its life, fits a phone, and everybody can use it', async ({ page }) => {
  test.slow();
  for (const [pattern, where] of Object.entries(pages)) {
    if (where === null) continue;
    await page.goto(typeof where === 'string' ? where : await where(page));
    await live(page);
    await expect(page.locator('h1').first()).toBeVisible();
    await expect(page.locator('.bones')).toHaveCount(0);
    const entry = /^\/(contacts|accounts|opportunities|import)/.test(pattern) ? 'Contacts' : /^\/(runs|incidents|batons)/.test(pattern) ? 'Runs' : null;
    if (entry !== null) await expect(page.locator('#main-menu a.active'), `${pattern} belongs to an entry of the menu`).toHaveText([entry]);
    const name = `demo${pattern.replace(/\W+/g, '-').replace(/-$/, '')}`;
    await inLightAndDark(page, async colours => {
      await shoot(page, `${name}-${colours}`, colours === 'light' ? [1440, 390] : [390]);
      await expectAccessible(page);
    });
    await page.setViewportSize({ width: 390, height: 844 });
    const cut = () => page.evaluate(() => [...document.querySelectorAll('body *')].filter(part => {
      const box = part.getBoundingClientRect();
      const scrolls = one => one !== null && one !== document.body && (/auto|scroll|hidden/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
      return box.width > 0 && box.height > 0 && box.right > innerWidth + 1 && !scrolls(part.parentElement);
    }).map(part => `${part.tagName.toLowerCase()}.${part.className}: ${Math.round(part.getBoundingClientRect().right)} px`));
    // What is drawn follows a new width with the next picture.
    await expect.poll(cut, { message: `${pattern} fits 390 px` }).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  }
});

test('On a phone every entry of the top bar is reached by touch and by keyboard', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/contacts');
  await live(page);
  const menu = page.getByRole('navigation', { name: 'Main' });
  await expect(menu).toBeHidden();
  await page.getByRole('button', { name: 'Menu' }).click();
  for (const name of ['Today', 'Team', 'Contacts', 'Playbooks', 'Runs', 'Results', 'Channels'])
    await expect(menu.getByRole('link', { name })).toBeInViewport({ ratio: 1 });
  await shoot(page, 'demo-menu', [390]);
  await expectAccessible(page);
  await menu.getByRole('link', { name: 'Runs' }).click();
  await expect(page).toHaveURL(/\/runs$/);
  await expect(menu).toBeHidden();
  await page.getByRole('button', { name: 'Menu' }).focus();
  await page.keyboard.press('Enter');
  await expect(menu).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(menu.getByRole('link', { name: 'Today' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  for (const name of ['Dark colours', /profile and sign-out/])
    await expect(page.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
});

test('Who chooses Danish in the profile finds people in Danish, until they choose otherwise', async ({ page }) => {
  await page.goto('/me');
  await live(page);
  await page.getByLabel('Language of the pages').selectOption('da');
  await expect(page.locator('html')).toHaveAttribute('lang', 'da');
  await live(page);
  await page.getByRole('navigation', { name: 'Hovedmenu' }).getByRole('link', { name: 'Kontakter' }).click();
  await expect(page.getByRole('status').first()).toHaveText('40 kontakter');
  await page.getByLabel('Status').selectOption({ label: 'Intet samtykke til e-mail' });
  await expect(page).toHaveURL(/standing=noconsent/);
  await expect(page.getByRole('checkbox', { name: /^Vælg [A-ZÆØÅ]/ }).first()).toBeVisible();
  await shoot(page, 'demo-danish');
  await expectAccessible(page);
  await page.goto('/me');
  await live(page);
  await page.getByLabel('Sidernes sprog').selectOption('en');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('What stands still is grouped by its cause and mended for all; what strangers wrote finds its contact or is put aside', async ({ page, server }) => {
  const text = value => ({ typeName: 'String', expression: { type: 'Literal', value } });
  const model = {
    definitionId: 'price-list', name: 'Price list', version: 1, isLatest: true, toolVersion: '3.8.2', variables: [], inputs: [], outputs: [], outcomes: [],
    root: { id: 'flow', nodeId: 'flow', name: 'Flowchart1', type: 'Elsa.Flowchart', version: 1, activities: [{ id: 'list', nodeId: 'flow:list', name: 'Fault1', type: 'Elsa.Fault', version: 1, code: text('P1'), category: text('prices'), message: text('The price list is missing. Put it on the shelf.'), metadata: { designer: { position: { x: 0, y: 0 } }, displayText: 'Read the price list' } }], connections: [] },
  };
  await server.api('/elsa/api/workflow-definitions', { body: { model, publish: true } });
  await page.goto('/contacts');
  await live(page);
  for (const box of (await page.getByRole('checkbox', { name: /^Choose [A-ZÆØÅ]/ }).all()).slice(1, 4)) await box.check();
  await page.getByRole('button', { name: 'Start a playbook …' }).click();
  await page.getByLabel('Playbook', { exact: true }).selectOption('price-list');
  await page.getByRole('button', { name: /Start it for 3/ }).click();
  await expect(page.getByText('3 runs have begun')).toBeVisible();

  await page.goto('/incidents');
  const group = page.getByRole('article', { name: 'The price list is missing' });
  await expect(group).toContainText('3 leads wait');
  await expectAccessible(page);
  await group.getByRole('button', { name: 'Try all 3 again' }).click();
  await expect(page.getByText('3 runs tried again.')).toBeVisible();
  await expect(group).toContainText('3 leads wait');
  await group.getByText('Which ones').click();
  await group.getByRole('checkbox').first().uncheck();
  await group.getByRole('button', { name: 'End them …' }).click();
  await group.getByLabel('Why do they end?').fill('The price list is gone for good');
  await group.getByRole('button', { name: 'End 2 runs' }).click();
  await expect(page.getByText('2 runs ended.')).toBeVisible();
  await expect(group.getByRole('button', { name: 'Try it again' })).toBeVisible();

  const stranger = page.getByRole('article', { name: 'tove@havn-klinik.example' });
  await expect(stranger).toContainText('My colleague forwarded your note');
  await stranger.getByLabel('Who is it?').fill('a');
  await stranger.getByLabel('Who is it?').fill('an');
  await stranger.locator('button.link').first().click();
  await expect(stranger).toHaveCount(0);
  const other = page.getByRole('article', { name: 'info@somewhere-else.example' });
  await expect(other.getByRole('button', { name: 'Put aside' })).toBeDisabled();
  await other.getByLabel('Or put it aside').fill('We never wrote to them');
  await other.getByRole('button', { name: 'Put aside' }).click();
  await expect(other).toHaveCount(0);
});
