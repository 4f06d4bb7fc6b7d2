import { test, expect } from '../trial/test.js';
import { expectAccessible } from '../trial/accessibility.js';
import { shoot } from '../trial/screenshots.js';
import { openPanel, typeAtEnd } from './panels.js';

test('A script is edited, saves itself, and its preview follows; the worst case shows red gaps', async ({ page, server }) => {
  const panel = await openPanel(page, 'close', 'Scripts');
  await panel.getByRole('button', { name: /^agenda/ }).click();
  const preview = panel.getByRole('region', { name: 'Preview' });
  await expect(preview.locator('mark.value').filter({ hasText: 'Ada' }).first()).toBeVisible();

  await typeAtEnd(panel, '\nPS for {{ account.name }} from {{ contact.title }}.');

  await expect(preview).toContainText('PS for Test & Sons from Head of operations.');
  await expect(panel.getByText(/^saved/)).toBeVisible();
  await shoot(page, 'panel-script');
  await expectAccessible(page, { exclude: ['iframe'] });

  await preview.getByLabel('Preview for').selectOption('worst');
  await expect(preview.locator('mark.missing').filter({ hasText: 'account.name: missing' })).toBeVisible();
  await expect(preview.getByRole('list', { name: 'What is missing' })).toContainText('write contact.title ?? "…"');
  await shoot(page, 'panel-script-worst');

  await page.reload();
  const again = await openPanel(page, 'close', 'Scripts', { goto: false });
  await again.getByRole('button', { name: /^agenda/ }).click();
  await typeAtEnd(again, ' ');
  await expect(again.getByRole('textbox', { name: /Text of agenda/ })).toContainText('PS for {{ account.name }}');
  expect(server.said).not.toContain('Exception');
});

test('A wrong name is marked at its line with the right one', async ({ page }) => {
  const panel = await openPanel(page, 'renewal', 'Scripts');
  await panel.getByRole('button', { name: /^save-call/ }).click();
  await typeAtEnd(panel, '\n{{ contact.frist_name }}');
  await expect(panel.getByRole('list', { name: 'Problems of this text' })).toContainText("did you mean 'contact.first_name'?");
  await expect(panel.locator('.cm-lintRange-error')).toHaveCount(1);
});

test('The editor offers what is in scope, and the keyboard leads out of it', async ({ page }) => {
  const panel = await openPanel(page, 'upsell', 'Scripts');
  await panel.getByRole('button', { name: /^order-problem/ }).click();
  await typeAtEnd(panel, '\n{{ contact.fir');
  const offers = page.getByRole('listbox');
  await expect(offers.getByRole('option', { name: /first_name/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('textbox', { name: /Text of order-problem/ })).toContainText('contact.first_name');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(panel.getByRole('textbox', { name: /Text of order-problem/ })).not.toBeFocused();
  await page.getByRole('textbox', { name: /Text of order-problem/ }).focus();
  await page.keyboard.press('Control+z');
  await expect(panel.getByRole('textbox', { name: /Text of order-problem/ })).not.toContainText('contact.first_name }}\n{{ contact.first_name');
});

test('Two people write the same script: nothing is overwritten, both stand there to choose from', async ({ page, browser, server }) => {
  const panel = await openPanel(page, 'enrollment', 'Scripts');
  await panel.getByRole('button', { name: /^payment-check/ }).click();
  const editor = panel.getByRole('textbox', { name: /Text of payment-check/ });
  await expect(editor).toBeVisible();
  const elsewhere = await browser.newContext({ baseURL: server.url });
  await elsewhere.addCookies(await server.cookies());
  const other = await elsewhere.newPage();
  const theirs = await openPanel(other, 'enrollment', 'Scripts');
  await theirs.getByRole('button', { name: /^payment-check/ }).click();
  for (const one of [panel, theirs]) {
    await one.locator('.cm-content').click();
    await one.locator('.cm-content').press('Control+End');
  }
  await Promise.all([page.keyboard.insertText('mine'), other.keyboard.insertText('theirs')]);
  const loser = await Promise.race([
    page.getByText('while you wrote').waitFor().then(() => page),
    other.getByText('while you wrote').waitFor().then(() => other),
  ]).catch(() => null);
  expect(loser, 'one of the two must be asked').not.toBeNull();
  const own = loser === page ? 'mine' : 'theirs';
  await loser.getByRole('button', { name: 'Keep mine' }).click();
  await expect(loser.getByText(/^saved/).last()).toBeVisible();
  const winner = loser === page ? theirs : panel;
  await winner.locator('.cm-content').press('Control+End');
  await expect(winner.getByRole('textbox', { name: /Text of payment-check/ })).toContainText(own);
  await other.context().close();
});

test('A script is added, renamed with its steps, and deleted; undo brings it back', async ({ page }) => {
  const panel = await openPanel(page, 'appointment', 'Scripts');
  await panel.getByRole('button', { name: 'New script' }).click();
  await panel.getByLabel('Name').fill('Thank You');
  await panel.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(panel.getByRole('alert')).toContainText('small letters');
  await panel.getByLabel('Name').fill('thank-you');
  await panel.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(panel.getByRole('heading', { name: 'thank-you' })).toBeVisible();
  await panel.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(panel.getByRole('button', { name: /^thank-you/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(panel.getByRole('button', { name: /^thank-you/ })).toBeVisible();

  await panel.getByRole('button', { name: /^book-call/ }).click();
  await panel.getByRole('button', { name: 'Rename' }).click();
  await panel.getByLabel('New name').fill('booking-call');
  await panel.getByRole('button', { name: 'Rename', exact: true }).click();
  await expect(panel.getByRole('heading', { name: 'booking-call' })).toBeVisible();
  await expect(panel.getByText(/^Used by/)).toBeVisible();
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await expect(page.getByRole('tab', { name: /^Problems$/ })).toBeVisible();
});
