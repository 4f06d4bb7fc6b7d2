import { readFile, writeFile } from 'node:fs/promises';
import { test, expect } from '../trial/test.js';
import { expectAccessible } from '../trial/accessibility.js';
import { inLightAndDark, shoot } from '../trial/screenshots.js';
import { live } from '../trial/live.js';

// Of each worker its own, so that specs that share a server do not find each other's people.
const mark = `r${Date.now().toString(36)}`;
const contacts = `first_name,last_name,email,phone,country,language,Favourite colour
Mette,Holm-${mark},mette.${mark}@nordlys.example,+45 86 12 34 56,Denmark,da,blue
Jonas,Krogh-${mark},jonas.${mark}@vestkyst.example,+45 20 30 40 50,Danmark,da,green
Sara,Lind-${mark},not an address,,Denmark,en,red
`;

test.describe.configure({ mode: 'serial' });

test('A file that is dropped shows what will happen, is stored, and is taken back whole', async ({ page }, info) => {
  const file = info.outputPath(`contacts-${mark}.csv`);
  await writeFile(file, contacts);
  await page.goto('/import');
  await expect(page.getByRole('heading', { level: 1, name: 'Import' })).toBeVisible();
  await live(page);
  const drop = page.getByLabel(/Drop CSV files here/);
  await drop.setInputFiles(file);
  await expect(page.getByRole('heading', { name: 'What will happen' })).toBeVisible();
  const plan = page.getByRole('region', { name: `contacts-${mark}.csv` }).first();
  await expect(plan).toContainText('2 new, 1 left out');
  await expect(plan).toContainText('This is not an e-mail address.');
  // A column that nobody knows is left out until somebody says where it goes.
  await expect(plan.getByLabel('Favourite colour')).toHaveValue('');
  await shoot(page, 'import-plan');
  await expectAccessible(page);
  await plan.getByLabel('Favourite colour').selectOption('title');
  await plan.getByText('The first rows as they are understood').click();
  await expect(plan.getByRole('cell', { name: 'blue' })).toBeVisible();

  await page.getByRole('button', { name: 'Store 2 rows' }).click();
  await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible();
  await inLightAndDark(page, async colours => {
    await shoot(page, `import-done-${colours}`);
    await expectAccessible(page);
  });
  await page.getByRole('button', { name: 'Take it back', exact: true }).click();
  await expect(page.getByText(/records removed/)).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(`contacts-${mark}`) })).toContainText('taken back');
  await page.goto(`/contacts?search=${mark}`);
  await expect(page.getByText('No contact is like that.')).toBeVisible();
});

test('A contact is found by keyboard, edited, noted, asked about consent, and exported', async ({ page, server }, info) => {
  const file = info.outputPath(`people-${mark}.csv`);
  await writeFile(file, contacts);
  await page.goto('/import');
  await live(page);
  await page.getByLabel(/Drop CSV files here/).setInputFiles(file);
  await page.getByRole('button', { name: 'Store 2 rows' }).click();
  await page.getByRole('link', { name: 'See the contacts' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Contacts' })).toBeVisible();
  await live(page);
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type(`Holm-${mark}`);
  await page.keyboard.press('Enter');
  const rows = page.locator('.records tbody tr');
  await expect(rows).toHaveCount(1);
  await inLightAndDark(page, async colours => {
    await shoot(page, `contacts-${colours}`);
    await expectAccessible(page);
  });
  await page.locator('body').click({ position: { x: 5, y: 400 } });
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { level: 1, name: `Mette Holm-${mark}` })).toBeVisible();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Country').fill('Narnia');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('is no country that we know')).toBeVisible();
  await page.getByLabel('Country').fill('Sweden');
  await page.getByLabel('City').fill('Malmö');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('dl').getByText('Sweden')).toBeVisible();

  await page.getByLabel('New note').fill('Prefers to be called after lunch');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('article').getByText('Prefers to be called after lunch')).toBeVisible();

  await page.getByRole('button', { name: 'Write down …' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByText('Write down their words')).toBeVisible();
  await page.getByLabel('In their words').fill('Yes, send it by e-mail');
  await page.getByLabel('Where it can be looked up').fill('call of today');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByText('may get e-mail')).toBeVisible();
  await inLightAndDark(page, async colours => {
    await shoot(page, `contact-${colours}`);
    await expectAccessible(page);
  });

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export', exact: true }).click()]);
  const data = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(data.contact.city).toBe('Malmö');
  expect(data.notes[0].text).toBe('Prefers to be called after lunch');
  expect(data.consents[0].wording).toBe('Yes, send it by e-mail');

  // Erasing asks for the name, and leaves a receipt.
  await page.getByRole('button', { name: 'Erase …' }).click();
  const erase = page.getByRole('button', { name: 'Erase for good' });
  await expect(erase).toBeDisabled();
  await page.getByLabel(/To erase them, write their name/).fill(`mette holm-${mark}`);
  await erase.click();
  await expect(page.getByRole('heading', { name: 'They are erased' })).toBeVisible();
  const receipt = await page.locator('code').textContent();
  expect((await server.api(`/api/privacy/receipts/${receipt}`)).receipt).toBe(receipt);
});

test('A playbook is started for chosen contacts after a look at whom it can reach', async ({ page }) => {
  await page.goto(`/contacts?search=${mark}`);
  await live(page);
  await page.getByLabel(`Choose Jonas Krogh-${mark}`).check();
  await page.getByRole('button', { name: 'Start a playbook …' }).click();
  await page.getByLabel('Playbook', { exact: true }).selectOption('lead-generation');
  await expect(page.getByRole('button', { name: 'Start it for 1' })).toBeVisible();
  // Danish law keeps a cold e-mail back, and says so.
  await expect(page.getByRole('region', { name: /Start a playbook for 1/ })).toContainText('1 not');
  await shoot(page, 'bulk-start');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Start it for 1' }).click();
  await expect(page.getByText('1 run has begun')).toBeVisible();
  await page.getByLabel('Playbook', { exact: true }).isHidden();
  // Chosen again, the one who has it under way is left out.
  await page.goto(`/contacts?search=${mark}`);
  await live(page);
  await page.getByLabel(`Choose Jonas Krogh-${mark}`).check();
  await page.getByRole('button', { name: 'Start a playbook …' }).click();
  await page.getByLabel('Playbook', { exact: true }).selectOption('lead-generation');
  await expect(page.getByText('have it under way already')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Nobody to start it for' })).toBeDisabled();
});

test('A view is kept under a name and opened again; accounts and opportunities can be read by everybody', async ({ page }) => {
  await page.goto(`/contacts?search=${mark}&standing=idle`);
  await live(page);
  await page.getByRole('button', { name: 'Keep this view …' }).click();
  await page.getByLabel('Name of the view').fill(`Idle ${mark}`);
  await page.keyboard.press('Enter');
  await page.goto('/contacts');
  await page.getByRole('link', { name: `Idle ${mark}` }).click();
  await expect(page).toHaveURL(/standing=idle/);
  await expect(page.getByRole('link', { name: `Idle ${mark}` })).toHaveAttribute('aria-current', 'page');
  for (const path of ['accounts', 'opportunities', 'batons', 'incidents']) {
    await page.goto(`/${path}`);
    await expect(page.locator('h1')).toBeVisible();
    await expect(page.locator('.bones')).toHaveCount(0);
    await shoot(page, path);
    await expectAccessible(page);
  }
});
