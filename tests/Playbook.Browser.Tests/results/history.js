import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const day = 86_400_000;
const iso = time => new Date(time).toISOString().slice(0, 10);

/** The same sequence each time. */
function chance(seed) {
  let state = seed;
  return () => (state = (state * 1664525 + 1013904223) % 4294967296) / 4294967296;
}

/**
 * Sales of a small company over the days before `now`, as another system would export them: `accounts.csv`, `products.csv`,
 * `sales_teams.csv` and `sales_pipeline.csv` in a folder of their own.
 */
export async function writeSales(folder, now, days, perWeek) {
  await mkdir(folder, { recursive: true });
  const next = chance(7);
  const agents = ['Ada Byron', 'Bo Lind', 'Carla Nieves'];
  const products = [['Starter', 900], ['Team', 4200], ['Company', 14500]];
  const accounts = Array.from({ length: Math.max(8, Math.round(days / 5)) }, (_, at) => `Company ${at + 1}`);
  const rows = [];
  for (let at = 0; at < perWeek * days / 7; at++) {
    const begun = now - days * day + at * 7 * day / perWeek;
    const [product, price] = products[Math.floor(next() * 3)];
    const takes = (10 + next() * 50) * day;
    const isOver = begun + takes < now;
    const stage = !isOver ? (next() < 0.3 ? 'Prospecting' : 'Engaging') : next() < 0.58 ? 'Won' : 'Lost';
    rows.push([`S${at}`, agents[Math.floor(next() * 3)], product, accounts[Math.floor(next() * accounts.length)], stage,
      iso(begun), isOver ? iso(begun + takes) : '', stage === 'Won' ? Math.round(price * (0.8 + next() * 0.4)) : isOver ? 0 : '']);
  }
  const csv = (head, lines) => [head, ...lines.map(line => line.join(','))].join('\n') + '\n';
  await writeFile(join(folder, 'accounts.csv'), csv('account,sector,office_location', accounts.map(name => [name, 'software', 'Denmark'])));
  await writeFile(join(folder, 'products.csv'), csv('product,series,sales_price', products.map(([name, price]) => [name, 'S', price])));
  await writeFile(join(folder, 'sales_teams.csv'), csv('sales_agent,manager,regional_office', agents.map(name => [name, 'Dora Holm', 'North'])));
  await writeFile(join(folder, 'sales_pipeline.csv'), csv('opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value', rows));
}

const literal = (value, typeName = 'String') => ({ typeName, expression: { type: typeName === 'String' ? 'Literal' : 'Object', value: typeName === 'String' ? value : JSON.stringify(value) } });

const placed = x => ({ designer: { position: { x, y: 0 }, size: { width: 210, height: 56 } } });

/** A playbook that tries two ways to call and asks a rep what came of it. */
export async function writeExperiment(playbooks) {
  const step = (id, title) => ({
    id, name: id, type: 'Playbook.GuidedStep', version: 1, role: literal('prospector'), title: literal(title), outcomes: literal(['Reached', 'No answer'], 'String[]'),
    channel: literal('phone'), doneWhen: literal('Somebody spoke with them.'), expireAfter: { typeName: 'TimeSpan', expression: { type: 'Literal', value: '9.00:00:00' } },
  });
  await mkdir(join(playbooks, 'first-call'), { recursive: true });
  await writeFile(join(playbooks, 'first-call', 'playbook.json'), JSON.stringify({
    id: 'first-call-v1', definitionId: 'first-call', name: 'First call', version: 1, variables: [], customProperties: { playbook: { phase: 'lead-generation', goal: 'A first conversation' } },
    root: { id: 'all', name: 'all', type: 'Elsa.Flowchart', version: 1, start: 'try', metadata: {}, customProperties: {}, variables: [], activities: [
      { id: 'try', name: 'try', type: 'Playbook.Experiment', version: 1, experimentName: literal('opening line'), variants: literal(['short', 'long'], 'String[]'), metadata: placed(0) },
      { ...step('call', 'Call with one reason'), metadata: placed(320) }],
      connections: ['short', 'long'].map(port => ({ source: { activity: 'try', port }, target: { activity: 'call', port: 'In' }, vertices: [] })) },
  }));
}

/** Runs of that playbook for the open sales, and what the reps answered. */
export async function work(server, limit) {
  await server.playbook('start', 'first-call', '--stage', 'Engaging', '--limit', String(limit));
  const { items } = await server.api(`/api/tasks?role=prospector&take=${limit}`);
  let at = 0;
  for (const task of items)
    await server.api(`/api/tasks/${task.id}/complete`, { body: { outcome: at++ % 3 === 0 ? 'No answer' : 'Reached', by: at % 2 === 0 ? 'Ada Byron' : 'Bo Lind' } });
  return items.length;
}
