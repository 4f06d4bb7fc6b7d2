import { test, expect } from '@playwright/test';
import { expectAccessible } from '../trial/accessibility.js';
import { inLightAndDark, shoot } from '../trial/screenshots.js';
import { clock, heading, invite, live, open, openDay, startAll, startWriting, tasks, Wire } from './day.js';

test.describe.configure({ mode: 'serial' });

let server, ada, karen;
test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  server = await openDay();
  karen = await server.cookies();
  ada = await invite(browser, server, 'Ada Byron');
});
test.afterAll(async () => server?.remove());

const done = page => page.getByRole('status', { name: 'Just done' });
const field = page => page.locator('[data-form] input, [data-form] textarea').first();

test('A rep works through a day without a mouse', async ({ browser }) => {
  const { context, page, faults } = await open(browser, server, ada);
  await page.goto('/today');
  await expect(page.getByRole('heading', { name: 'Nothing to do yet' })).toBeVisible();
  await live(page);
  await inLightAndDark(page, () => expectAccessible(page));
  await startAll(server);

  // What others start comes onto the page by itself; one key takes the next step.
  await expect(page.locator('[data-task]')).toHaveCount(6);
  await expect(heading(page)).toBeVisible();
  const begun = await heading(page).textContent();
  await page.keyboard.press('n');
  await expect(heading(page)).not.toHaveText(begun);
  const first = await heading(page).textContent();
  await page.keyboard.press('j');
  await expect(heading(page)).not.toHaveText(first);
  await page.keyboard.press('k');
  await expect(heading(page)).toHaveText(first);
  await shoot(page, 'today-light');
  await inLightAndDark(page, async theme => { await expectAccessible(page); if (theme === 'dark') await shoot(page, 'today-dark'); });

  // Keys have a map; objections an answer.
  await page.locator('.step h1').focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await inLightAndDark(page, () => expectAccessible(page));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();

  // An outcome asks for what it needs, says what is missing, and keeps what was typed.
  const asks = page.locator('[data-asks]').first();
  await page.keyboard.press(await asks.getAttribute('data-key'));
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-form] .fault').first()).toBeVisible();
  await expectAccessible(page);
  await field(page).focus();
  await page.keyboard.type('They opened a second warehouse');
  await shoot(page, 'today-form');
  await page.keyboard.press('Control+Enter');

  // On to the next; the answer can be taken back, and what was written is still there.
  await expect(heading(page)).not.toHaveText(first);
  await expect(done(page)).toContainText('Counts in');
  await expectAccessible(page);
  await shoot(page, 'today-undo');
  await page.keyboard.press('z');
  await expect(heading(page)).toHaveText(first);
  await expect(field(page)).toHaveValue('They opened a second warehouse');
  await page.keyboard.press('Control+Enter');
  await expect(heading(page)).not.toHaveText(first);
  expect((await tasks(server)).length).toBe(6);
  await clock(server, '1m');
  await expect(done(page)).toBeHidden();
  expect((await tasks(server, '&state=Completed')).length).toBe(1);

  // Put off, in words; undone.
  const second = await heading(page).textContent();
  await page.keyboard.press('s');
  await expect(page.getByLabel('Until when')).toBeFocused();
  await page.keyboard.type('some day');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'Say until when' })).toBeVisible();
  await page.getByLabel('Until when').fill('tomorrow 14:00');
  await expect(page.getByText('Wednesday 7 March, 14:00')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(heading(page)).not.toHaveText(second);
  await expect(done(page)).toContainText('comes back tomorrow 14:00');
  await page.keyboard.press('z');
  await expect(heading(page)).toHaveText(second);

  // Skipped with a reason; given to a colleague; reported.
  await page.keyboard.press('x');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'in a few words' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Why')).toBeHidden();
  // Faster than the panel opens: nothing of it may be taken for a command.
  await page.keyboard.type('xon holiday');
  await page.keyboard.press('Enter');
  await expect(heading(page)).not.toHaveText(second);
  await expect(page.getByLabel('Why')).toBeHidden();
  await page.keyboard.press('d');
  await expect(page.getByLabel('To whom')).toBeFocused();
  await page.keyboard.type('Bo Ravn');
  await page.keyboard.press('Enter');
  await expect(done(page)).toContainText('goes to Bo Ravn');
  expect((await tasks(server, '&owner=Bo%20Ravn')).length).toBe(1);
  await page.keyboard.press('!');
  await page.keyboard.type('The script asks for a name that nobody knows');
  await page.getByRole('button', { name: /^Report/ }).press('Enter');
  await expect(page.getByText('Reported.')).toBeVisible();
  expect(faults).toEqual([]);
  await context.close();

  // Whoever draws the playbook finds it beside the problems.
  const designer = await open(browser, server, karen);
  await designer.page.goto('/playbooks/lead-generation');
  await expect(designer.page.getByText('The script asks for a name that nobody knows')).toBeVisible();
  await designer.context.close();
});

test('Of two people on the same step one answers it, and the other hears so and keeps what was typed', async ({ browser }) => {
  const first = await open(browser, server, ada);
  const second = await open(browser, server, karen);
  // One of them works in Danish.
  await first.context.addCookies([{ name: 'playbook-language', value: 'da', url: server.url }]);
  const [task] = (await tasks(server)).filter(one => one.owner === undefined || one.owner === null);
  for (const { page } of [first, second]) {
    await page.goto(`/today?task=${task.id}`);
    await live(page);
  }
  const asks = await second.page.locator('[data-asks]').first().getAttribute('data-key');
  await second.page.keyboard.press(asks);
  await expect(field(second.page)).toBeFocused();
  await second.page.keyboard.type('half a sentence');

  await expect(first.page.getByRole('heading', { name: 'Hvorfor dette, hvorfor nu' })).toBeVisible();
  await first.page.keyboard.press('?');
  await expect(first.page.getByRole('dialog', { name: 'Taster' })).toContainText('Giv til en kollega');
  await first.page.keyboard.press('Escape');
  await expectAccessible(first.page);
  await shoot(first.page, 'today-danish');
  await first.page.keyboard.press(asks);
  await expect(field(first.page)).toBeFocused();
  await first.page.keyboard.type('the first answer');
  await first.page.keyboard.press('Control+Enter');
  const just = first.page.getByRole('status', { name: 'Netop gjort' });
  await expect(just).toContainText(/Gælder om \d+ sek\./);

  await expect(second.page.getByRole('alert').filter({ hasText: 'Ada Byron has just answered this' })).toBeVisible();
  await expect(field(second.page)).toHaveValue('half a sentence');
  await expectAccessible(second.page);
  await clock(server, '1m');
  await expect.poll(async () => (await server.api(`/api/tasks/${task.id}`)).task.by).toBe('Ada Byron');
  // What comes onto a page because of others comes in its reader's language, not in theirs or in none.
  await expect(just).toBeHidden();
  await expect(first.page.getByRole('navigation', { name: 'Køen' })).toContainText('planlagt af');
  await expect(second.page.getByRole('navigation', { name: 'The queue' })).toContainText('planned of');
  expect([...first.faults, ...second.faults]).toEqual([]);
  await first.context.close();
  await second.context.close();
});

test('A lost connection in the middle of a form loses nothing, and the answer counts once', async ({ browser }) => {
  const wire = await Wire.to(server);
  const { context, page } = await open(browser, server, ada, { url: wire.url });
  const [task] = (await tasks(server)).filter(one => !one.owner);
  await page.goto(`/today?task=${task.id}`);
  await live(page);
  await page.keyboard.press(await page.locator('[data-asks]').first().getAttribute('data-key'));
  await expect(field(page)).toBeFocused();
  wire.cut();
  await page.keyboard.type('typed into the dark');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('is kept on this machine')).toBeVisible();
  expect((await server.api(`/api/tasks/${task.id}`)).task.state).toBe('open');

  wire.mend();
  await page.goto(`/today?task=${task.id}`);
  await expect(done(page)).toContainText('Counts in');
  await clock(server, '1m');
  const answered = await server.api(`/api/tasks/${task.id}`);
  expect(Object.values(answered.answers)).toContain('typed into the dark');
  const history = await server.api(`/api/runs/${answered.task.runId}/history`);
  expect(history.filter(turn => JSON.stringify(turn).includes('typed into the dark'))).toHaveLength(1);
  await context.close();
  wire.close();
});

test('A tab left open over a restart gets back what was typed, and an answer that was held is taken', async ({ browser }) => {
  const { context, page } = await open(browser, server, ada);
  const [held, other] = (await tasks(server)).filter(one => !one.owner);
  await page.goto(`/today?task=${held.id}`);
  await live(page);
  await page.keyboard.press(await page.locator('[data-asks]').first().getAttribute('data-key'));
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('before the crash');
  await page.keyboard.press('Control+Enter');
  await expect(done(page)).toContainText('Counts in');
  await page.goto(`/today?task=${other.id}`);
  await live(page);
  await page.keyboard.press(await page.locator('[data-asks]').first().getAttribute('data-key'));
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('half a thought');

  await server.kill();
  await server.startAgain();
  await page.goto(`/today?task=${other.id}`);
  await expect(page.getByText('is here again')).toBeVisible();
  await expect(field(page)).toHaveValue('half a thought');
  await clock(server, '1m');
  expect(Object.values((await server.api(`/api/tasks/${held.id}`)).answers)).toContain('before the crash');
  expect((await server.api(`/api/tasks/${other.id}`)).task.state).toBe('open');
  await context.close();
});

test('A mail is written, sent, taken back and sent in the step itself, and a promise comes first when its time has come', async ({ browser }) => {
  const { context, page, faults } = await open(browser, server, ada);
  await startWriting(server);
  const [first, second] = (await tasks(server, '&playbook=visit'));
  const [sara, eva] = (await server.api(`/api/tasks/${first.id}`)).facts.contact.name === 'Sara Lind' ? [first, second] : [second, first];

  // Who has not agreed gets none: the rule, what helps, and what was typed stays.
  await page.goto(`/today?task=${eva.id}`);
  await live(page);
  await expect(page.getByRole('button', { name: /^Send/ })).toBeDisabled();
  await page.getByLabel('Text').fill('Only a try');
  await expectAccessible(page);
  await shoot(page, 'message-blocked');

  await page.goto(`/today?task=${sara.id}`);
  await live(page);
  const subject = page.getByLabel('Subject');
  await expect(subject).toHaveValue('When I come to Fjord Energi');
  await expect(page.getByText('Sara Lind <sara@example.com>')).toBeVisible();
  await subject.fill('');
  await page.getByLabel('Text').fill('Dear Sara,\n\nI come on Friday instead.');
  await page.getByRole('button', { name: /^Send/ }).press('Enter');
  await expect(page.getByText('An e-mail needs a subject.')).toBeVisible();
  await inLightAndDark(page, async theme => { await expectAccessible(page); await shoot(page, `message-${theme}`); });
  await subject.fill('On Friday');
  await page.getByLabel('Text').press('Control+Enter');
  await expect(done(page)).toContainText('Goes out in');
  await shoot(page, 'message-undo');
  await page.keyboard.press('z');
  await expect(subject).toHaveValue('On Friday');
  await expect(page.getByLabel('Text')).toHaveValue('Dear Sara,\n\nI come on Friday instead.');
  await page.locator('.step h1').focus();
  await page.keyboard.press('Enter');
  await expect(done(page)).toContainText('Goes out in');
  await clock(server, '1m');
  expect((await server.api(`/api/tasks/${sara.id}`)).task.outcome).toBe('Sent');
  expect(JSON.stringify((await server.api(`/api/runs/${sara.runId}`)).messages)).toContain('On Friday');

  // A promise: the step waits for it, and stands first at its time.
  await page.goto(`/today?task=${eva.id}`);
  await live(page);
  await page.keyboard.press('p');
  await expect(page.getByLabel('For when')).toBeFocused();
  await page.keyboard.type('2h');
  await page.getByLabel('What did you promise?').fill('The price by phone');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Kept: The price by phone/)).toBeVisible();
  await clock(server, '2h');
  await page.goto('/today');
  await expect(page.locator('[data-task]').first()).toContainText('You promised');
  await expect(page.getByRole('region', { name: 'Promises' })).toContainText('The price by phone');
  await inLightAndDark(page, () => expectAccessible(page));
  await shoot(page, 'promise');
  await page.getByRole('button', { name: 'Kept: The price by phone' }).press('Enter');
  await expect(page.getByRole('region', { name: 'Promises' }).locator('.chip')).toHaveText('kept');
  expect(faults).toEqual([]);
  await context.close();
});

test('A manager sees who has how much and moves it, and takes it back', async ({ browser }) => {
  const { context, page, faults } = await open(browser, server, karen);
  await page.goto('/team');
  await expect(page.getByRole('row', { name: /Bo Ravn/ })).toBeVisible();
  await inLightAndDark(page, async theme => { await expectAccessible(page); await shoot(page, `team-${theme}`); });
  await page.getByRole('button', { name: 'Move steps of Bo Ravn' }).press('Enter');
  await page.getByLabel('How many').fill('1');
  await page.getByRole('combobox', { name: 'To', exact: true }).selectOption('Ada Byron');
  await page.getByRole('button', { name: 'Move', exact: true }).press('Enter');
  await expect(page.getByText('1 step moved.')).toBeVisible();
  expect((await tasks(server, '&owner=Ada%20Byron')).length).toBe(1);
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect.poll(async () => (await tasks(server, '&owner=Bo%20Ravn')).length).toBe(1);
  expect(faults).toEqual([]);
  await context.close();
});

test('A baton goes back with a reason, is mended by who passed it on, and is accepted by the other', async ({ browser }) => {
  const giver = await open(browser, server, ada);
  const taker = await open(browser, server, karen);
  const visit = await Promise.all((await tasks(server, '&playbook=visit')).map(task => server.api(`/api/tasks/${task.id}`)));
  const { subject } = visit.find(one => one.facts.contact.name === 'Eva Lund').task;
  const run = await server.api('/api/runs', { body: { playbook: 'lead-generation', subject } });
  const step = async () => (await tasks(server)).find(one => one.runId === run.id);
  const answer = async (outcome, fields = {}) => server.api(`/api/tasks/${(await step()).id}/complete`, { body: { outcome, fields, by: 'Ada Byron' } });
  await answer('Ready', { personal_line: 'You opened a second warehouse' });
  await answer('Interested');
  await answer('Pain found', { pain: 'no-shows', impact: '40,000 a month', current_solution: 'spreadsheets', decision_role: 'Decides', timeline: 'This quarter' });

  await taker.page.goto('/batons');
  await live(taker.page);
  const card = taker.page.getByRole('article', { name: 'Solvang' });
  await expect(card).toContainText('40,000 a month');
  await expect(card).toContainText('Ada Byron');
  await card.getByRole('button', { name: 'Return …' }).press('Enter');
  const why = card.getByLabel('Why does it go back?');
  await expect(why).toBeFocused();
  await taker.page.keyboard.type('The impact is a guess');
  await inLightAndDark(taker.page, async theme => { await expectAccessible(taker.page); await shoot(taker.page, `baton-${theme}`); });
  await why.press('Enter');
  await expect(card).toHaveCount(0);

  await giver.page.goto(`/today?task=${(await step()).id}`);
  await live(giver.page);
  await expect(giver.page.getByText('The impact is a guess').first()).toBeVisible();
  await giver.page.locator('#step-return_answer').fill('It is from their own books');
  await giver.page.locator('[data-outcome="Fixed"]').press('Enter');
  await expect(done(giver.page)).toContainText('Counts in');
  await clock(server, '1m');

  // It comes back onto the page that was left open.
  await expect(card).toBeVisible({ timeout: 30_000 });
  const { id } = await step();
  await card.getByRole('button', { name: 'Accept', exact: true }).press('Enter');
  await expect(card).toHaveCount(0);
  expect((await server.api(`/api/tasks/${id}`)).task).toMatchObject({ outcome: 'Accept', by: 'Karen Lund' });
  expect([...giver.faults, ...taker.faults]).toEqual([]);
  await giver.context.close();
  await taker.context.close();
});
