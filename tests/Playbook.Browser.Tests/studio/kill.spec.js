import { test, expect } from '../trial/test.js';
import { Studio } from './studio.js';

const latest = (server, id) => server.api(`/elsa/api/workflow-definitions/by-definition-id/${id}?versionOptions=Latest`);

// Its page is not watched: that the server is gone is a fault on every count.
test('The server dies while somebody draws and writes: it is said, and not a step and not a word is lost', async ({ browser, startServer }) => {
  const server = await startServer();
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1900, height: 1000 } });
  await context.addCookies(await server.cookies());
  const page = await context.newPage();
  const studio = await Studio.openPage(page, 'upsell');
  const before = await studio.steps().count();
  const open = async () => {
    await page.getByRole('tab', { name: 'Scripts' }).click();
    await page.getByRole('button', { name: /^order-problem/ }).click();
    await expect(page.getByRole('textbox', { name: /Text of order-problem/ })).toBeVisible();
  };
  const write = async text => {
    await page.locator('.cm-content').press('Control+End');
    await page.keyboard.insertText(text);
  };
  await open();
  await write('Written before.');
  await expect(page.getByText(/^saved/).last()).toBeVisible();
  await studio.saved(() => studio.drop('Sales · Connect', 'Guided step', 0.5, 0.4));

  await server.kill();
  await write('Written meanwhile.');
  await expect(page.getByText('The connection to the server was lost.')).toBeVisible();
  await studio.drop('Sales · Connect', 'Send a message', 0.7, 0.4);
  const bar = studio.frame.getByRole('alert').filter({ hasText: 'The server does not answer.' });
  await expect(bar).toContainText('What you drew stays here');

  await studio.saved(() => server.startAgain(), one => one.root.activities.length === before + 2);
  await expect(bar).toBeHidden();
  expect((await latest(server, 'upsell')).root.activities.filter(one => one.type === 'Playbook.SendMessage' && !one.metadata.displayText)).toHaveLength(1);

  await page.goto('/playbooks/upsell');
  await open();
  await expect(page.getByRole('textbox', { name: /Text of order-problem/ })).toContainText('Written before.');
  await page.getByRole('button', { name: 'Use it' }).click();
  await expect(page.getByRole('textbox', { name: /Text of order-problem/ })).toContainText('Written meanwhile.');
  await expect(page.getByText(/^saved/).last()).toBeVisible();
  await studio.ready();
  await expect(studio.steps()).toHaveCount(before + 2);
  await context.close();
});
