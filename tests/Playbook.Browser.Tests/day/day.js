import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { sessionOf, TrialServer } from '../trial/server.js';
import { watch } from '../trial/watch.js';

const people = [
  ['Mette Holm', 'COO', 'mette@example.com', '+45 86 12 34 56', 'Nordlys', 'DK'],
  ['Jonas Krogh', 'Owner', 'jonas@example.com', '+45 33 11 22 44', 'Vestkyst Bolig', 'DK'],
  ['Sara Lind', 'CFO', 'sara@example.com', '+44 20 7946 0018', 'Fjord Energi', 'GB'],
  ['Per Aagaard', 'Buyer', 'per@example.com', '+45 70 20 30 40', 'Boegely', 'DK'],
  ['Eva Lund', 'Director', 'eva@example.com', '+45 22 33 44 55', 'Solvang', 'DK'],
  ['Bo Friis', 'Buyer', 'bo@example.com', '+45 22 33 44 66', 'Strandby', 'DK'],
  ['Ida Skov', 'CFO', 'ida@example.com', '+44 20 7946 0019', 'Skovby', 'GB'],
  ['Kim Dahl', 'Owner', 'kim@example.com', '+45 22 33 44 77', 'Dalby', 'DK'],
];

/** These two are further on: the day's first steps are not about them, whichever of those are done. */
const writtenTo = ['Sara Lind', 'Eva Lund'];

/** A company on a Tuesday morning at half past nine: eight contacts, six of them at the beginning, three reps, nobody called yet. */
export async function openDay() {
  const server = await TrialServer.start({ playbooks: ['lead-generation', 'appointment'] });
  await server.stop();
  const file = async (name, rows) => { const path = join(server.folder, name); await writeFile(path, rows.map(row => row.join(',')).join('\n') + '\n'); return path; };
  await server.playbook('import', await file('sales_teams.csv', [['sales_agent', 'manager', 'regional_office'], ['Ada Byron', 'Mia Vind', 'North'], ['Bo Ravn', 'Mia Vind', 'North']]));
  await server.playbook('import', await file('accounts.csv', [['account', 'sector'], ...people.map(person => [person[4], 'software'])]));
  await server.playbook('import', await file('contacts.csv', [['name', 'title', 'email', 'phone', 'company', 'country'], ...people.map(person => person)]));
  await server.playbook('import', await file('sales_pipeline.csv', [['opportunity_id', 'sales_agent', 'account', 'contact', 'deal_stage', 'engage_date', 'close_value'],
    ...people.map((person, i) => [`D${i}`, 'Ada Byron', person[4], person[2], writtenTo.includes(person[0]) ? 'Engaging' : 'Prospecting', '2026-02-20', 1000 * (i + 1)])]));
  await writing(server);
  await writeFile(`${server.database}.clock`, '2035-03-06T09:30:00Z');
  await server.startAgain();
  return server;
}

/** A playbook with one step, in which a rep writes a mail; nobody is in it until a spec starts it. */
async function writing(server) {
  const input = (value, type = 'String', kind = 'Literal') => ({ typeName: type, expression: { type: kind, value } });
  const write = {
    id: 'write', name: 'write', type: 'Playbook.GuidedStep', version: 1, role: input('follow-up'), title: input('Write to them about the visit'), channel: input('email'), script: input('visit'),
    outcomes: input('["Sent","Not worth it"]', 'String[]', 'Object'), doneWhen: input('They know when you come'), expireAfter: input('30.00:00:00', 'TimeSpan'),
  };
  const folder = join(server.playbooks, 'visit');
  await mkdir(join(folder, 'scripts'), { recursive: true });
  await writeFile(join(folder, 'playbook.json'), JSON.stringify({
    id: 'visit-v1', definitionId: 'visit', name: 'Visit', version: 1, variables: [], root: { id: 'root', type: 'Elsa.Sequence', version: 1, activities: [write] },
  }));
  await writeFile(join(folder, 'scripts', 'visit.en.sbn'), 'Subject: When I come to {{ account.name }}\n\nDear {{ contact.first_name }},\n\nI am in town on Thursday.\n');
}

export const startWriting = server => server.playbook('start', 'visit', '--stage', 'Engaging');

export const startAll = server => server.playbook('start', 'lead-generation', '--stage', 'Prospecting');

/** Invites somebody as the owner does, and gives their session. */
export async function invite(browser, server, name) {
  const { context, page } = await open(browser, server, await server.cookies());
  await page.goto('/settings/people');
  // Until the page is alive a click does nothing.
  await expect(async () => {
    await page.getByRole('button', { name: 'Invite somebody' }).click({ timeout: 2000 });
    await expect(page.getByLabel('Who?')).toBeVisible({ timeout: 1000 });
  }).toPass();
  await page.getByLabel('Who?').fill(name);
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = new URL(await page.getByLabel(/Send this link to/).inputValue());
  await context.close();
  return sessionOf(await server.submit(link.pathname, { Name: name, Email: `${name.split(' ')[0].toLowerCase()}@example.com`, Password: 'nine patient otters' }), server.url);
}

/** Somebody's browser on that company; whatever goes wrong in it is in `faults`. */
export async function open(browser, server, session, { url = server.url, allowed = [] } = {}) {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  await context.addCookies(session);
  const faults = watch(context, url, allowed);
  const page = await context.newPage();
  return { context, page, faults };
}

export { live } from '../trial/live.js';
export const heading = page => page.locator('.step h1');
export const clock = (server, by) => server.playbook('clock', '--by', by);
export const tasks = async (server, query = '') => (await server.api(`/api/tasks?pageSize=100${query}`)).items;

/** A wire to the server that can be cut and mended. */
export class Wire {
  #sockets = new Set();
  #isCut = false;
  #server;

  static async to(server) {
    const wire = new Wire();
    const port = Number(new URL(server.url).port);
    wire.#server = createServer(inner => {
      if (wire.#isCut) { inner.destroy(); return; }
      const outer = connect(port, '127.0.0.1');
      for (const socket of [inner, outer]) {
        wire.#sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => { wire.#sockets.delete(socket); inner.destroy(); outer.destroy(); });
      }
      inner.pipe(outer).pipe(inner);
    });
    await new Promise(done => wire.#server.listen(0, '127.0.0.1', done));
    wire.url = `http://127.0.0.1:${wire.#server.address().port}`;
    return wire;
  }

  cut() { this.#isCut = true; for (const socket of this.#sockets) socket.destroy(); }
  mend() { this.#isCut = false; }
  close() { this.cut(); this.#server.close(); }
}
