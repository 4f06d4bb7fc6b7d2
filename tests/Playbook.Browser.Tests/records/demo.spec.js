import { cp, mkdir, mkdtemp } from 'node:fs/promises';
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

test('Every page of a company that has lived shows its life, and everybody can use it', async ({ page }) => {
  await page.goto('/contacts?sort=updated&down=true');
  await live(page);
  await expect(page.getByRole('status').first()).toHaveText(/40 contacts/);
  await inLightAndDark(page, async colours => {
    await shoot(page, `demo-contacts-${colours}`, [1440]);
    await expectAccessible(page);
  });
  await page.goto('/contacts?sort=score&down=true');
  await expect(firstTitle(page)).toBeVisible();
  await page.goto(await firstTitle(page).getAttribute('href'));
  await expect(page.getByRole('heading', { name: 'What happened' })).toBeVisible();
  await expect(page.locator('ol li').filter({ hasText: 'Lead generation began' }).first()).toBeVisible();
  await shoot(page, 'demo-contact');
  await expectAccessible(page);
  for (const [path, name] of [['/accounts', 'accounts'], ['/opportunities?sort=value&down=true', 'opportunities'], ['/batons', 'batons'], ['/incidents', 'incidents']]) {
    await page.goto(path);
    await expect(page.locator('h1')).toBeVisible();
    await expect(page.locator('.bones')).toHaveCount(0);
    await shoot(page, `demo-${name}`);
    await expectAccessible(page);
    if (name !== 'accounts' && name !== 'opportunities') continue;
    await page.goto(await firstTitle(page).getAttribute('href'));
    await expect(page.getByRole('heading', { name: 'Details' })).toBeVisible();
    await shoot(page, `demo-${name}-one`, [1440]);
    await expectAccessible(page);
  }
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
