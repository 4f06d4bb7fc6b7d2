import { test, expect } from '../trial/test.js';
import { TrialServer } from '../trial/server.js';
import { expectAccessible } from '../trial/accessibility.js';
import { shoot } from '../trial/screenshots.js';
import { live } from '../trial/live.js';

// A server of its own: here the owner is made in the browser.
let own;
test.beforeAll(async () => { own = await TrialServer.start({ playbooks: ['lead-generation'] }); });
test.afterAll(async () => { await own?.remove(); });
test.use({ signedIn: false, allowed: { faults: [/request to another host: \w+ http:\/\/127\.0\.0\.1/, /web socket to another host: ws:\/\/127\.0\.0\.1/, /answer 403|status of 403/] } });


/** Plain pages have no switch: the colours are those that the person chose before. */
async function inBoth(page, name, look = {}) {
  for (const theme of ['light', 'dark']) {
    await page.context().addCookies([{ name: 'playbook-theme', value: theme, url: own.url }]);
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await expect(page.locator('h1').first()).toBeVisible();
    await expectAccessible(page, look);
    await shoot(page, theme === 'dark' ? `${name}-dark` : name);
  }
  await page.context().addCookies([{ name: 'playbook-theme', value: 'light', url: own.url }]);
  await page.reload();
}

test('The first who comes becomes the owner and invites a second, who may do only what a rep may', async ({ page, browser }) => {
  // Whatever is asked for, a server without an account asks who its owner is.
  await page.goto(`${own.url}/today`);
  await expect(page).toHaveURL(`${own.url}/welcome`);
  await inBoth(page, 'welcome');
  await page.getByLabel('Your name').fill('Karen Lund');
  await page.getByLabel('E-mail').fill('karen.lund@example.com');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Begin' }).click();
  await expect(page, 'the browser itself asks for a longer one').toHaveURL(`${own.url}/welcome`);
  await page.getByLabel('Password').fill('karen.lund');
  await page.getByRole('button', { name: 'Begin' }).click();
  await expect(page.getByRole('alert')).toContainText('the first that others try');
  await expectAccessible(page);
  await page.getByLabel('Password').fill('three quiet herons');
  await page.getByRole('button', { name: 'Begin' }).click();
  await expect(page).toHaveURL(`${own.url}/playbooks`);
  await live(page);
  await expect(page.getByRole('button', { name: 'Karen Lund: profile and sign-out' })).toBeVisible();

  // An invitation is a link that is shown once.
  await page.goto(`${own.url}/settings/people`);
  await live(page);
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByLabel('Who?').fill('Bo');
  await expectAccessible(page);
  await shoot(page, 'people-invite');
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = await page.getByLabel(/Send this link to Bo/).inputValue();
  expect(link).toContain(`${own.url}/invitation/`);
  await expect(page.getByText('Open invitations')).toBeVisible();

  // The second person, at a browser of their own.
  const theirs = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const second = await theirs.newPage();
  await second.goto(link);
  await expect(second.getByRole('heading', { name: 'Welcome, Bo' })).toBeVisible();
  await inBoth(second, 'invitation');
  await second.getByLabel('Your name').fill('Bo Rep');
  await second.getByLabel('E-mail').fill('bo@example.com');
  await second.getByLabel('Password').fill('nine patient otters');
  await second.getByRole('button', { name: 'Begin' }).click();
  await expect(second).toHaveURL(`${own.url}/today`);
  await live(second);
  const menu = second.getByRole('navigation', { name: 'Main' });
  await expect(menu.getByRole('link', { name: 'Today' })).toBeVisible();
  await expect(menu.getByRole('link', { name: 'Playbooks' })).toHaveCount(0);
  await expect(menu.getByRole('link', { name: 'Channels' })).toHaveCount(0);
  await second.goto(`${own.url}/settings/people`);
  await expect(second.getByRole('heading', { name: 'This is not open to you' })).toBeVisible();
  await expectAccessible(second);
  await shoot(second, 'not-allowed', [1440]);

  // The link is used up, and the owner sees who came.
  await page.reload();
  await live(page);
  await expect(page.getByText('bo@example.com')).toBeVisible();
  await expect(page.getByText('Open invitations')).toHaveCount(0);
  await inBoth(page, 'people');

  // Disabled by the owner, the page that Bo has open leads to the sign-in at once.
  await second.goto(`${own.url}/today`);
  await live(second);
  await live(page);
  await page.getByRole('button', { name: 'Disable Bo Rep' }).click();
  await expect(second).toHaveURL(`${own.url}/signin`);
  await inBoth(second, 'signin');
  await second.getByLabel('E-mail').fill('bo@example.com');
  await second.getByLabel('Password').fill('nine patient otters');
  await second.getByRole('button', { name: 'Sign in' }).click();
  await expect(second.getByRole('alert')).toContainText('is not right');
  await expectAccessible(second);
  await page.getByRole('button', { name: 'Enable Bo Rep' }).click();
  await expect(page.getByRole('button', { name: 'Disable Bo Rep' })).toBeVisible();
  await second.getByLabel('Password').fill('nine patient otters');
  await second.getByRole('button', { name: 'Sign in' }).click();
  await expect(second).toHaveURL(`${own.url}/today`);

  // Signed out, nothing is left open.
  await live(second);
  await second.getByRole('button', { name: 'Bo Rep: profile and sign-out' }).click();
  await second.getByRole('button', { name: 'Sign out' }).click();
  await expect(second).toHaveURL(`${own.url}/signin`);
  await second.goto(`${own.url}/today`);
  await expect(second).toHaveURL(/\/signin\?returnUrl=%2Ftoday/);
  await theirs.close();

  // All of it stands in the record.
  await page.goto(`${own.url}/settings/audit`);
  await expect(page.getByRole('cell', { name: 'became the owner' })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'disabled an account' })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'failed to sign in' })).toBeVisible();
  await inBoth(page, 'audit');

  // A token is made on one's own profile, shown once and revoked.
  await page.goto(`${own.url}/me`);
  await live(page);
  await page.getByLabel('What will use it?').fill('reporting script');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const token = await page.getByLabel('Your new token, shown this once').inputValue();
  const asked = () => fetch(`${own.url}/api/tasks`, { headers: { authorization: `Bearer ${token}` } });
  expect((await asked()).status).toBe(200);
  await expectAccessible(page);
  await shoot(page, 'profile');
  await page.getByRole('button', { name: 'Revoke reporting script' }).click();
  await expect(page.getByText('You have none.')).toBeVisible();
  expect((await asked()).status).toBe(401);
  await inBoth(page, 'profile-empty');
});
