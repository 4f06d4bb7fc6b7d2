import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test, expect } from '../trial/test.js';
import { Studio } from './studio.js';

const recorded = fileURLToPath(new URL('../../../../shared/elsa/exported-definition.json', import.meta.url));
const exported = (server, id) => server.api(`/elsa/api/workflow-definitions/${id}/export`);

/** All but what says which version it is, and when it was made. */
function content(document) {
  const { id, version, createdAt, isLatest, isPublished, ...rest } = document;
  return rest;
}

/**
 * The document without what Studio itself says about every step and every input, asked or not: how wide it drew the
 * step with this machine's letters, and that an input is no list.
 */
const unmeasured = document => JSON.parse(JSON.stringify(document), (name, value) => (name === 'size' || (name === 'isArray' && value === false) ? undefined : value));

/** Opens the playbook in Studio, has Studio save it as it is, and gives what is exported then. */
async function throughStudio(page, server, document) {
  const studio = await Studio.open(page, `editor?definition=${document.definitionId}`);
  await expect(studio.steps()).toHaveCount(document.root.activities.length);
  const saved = await studio.saved(() => studio.save());
  expect(saved.definitionId).toBe(document.definitionId);
  return exported(server, document.definitionId);
}

/** The first time Studio may add its measures; from then on not a letter changes. */
async function comesBackWhole(page, server, document) {
  await server.api('/elsa/api/workflow-definitions/import', { body: document });
  const once = await throughStudio(page, server, document);
  expect(content(unmeasured(once))).toEqual(content(unmeasured(document)));
  expect(content(await throughStudio(page, server, document))).toEqual(content(once));
}

// Each opens Studio twice.
test.describe.configure({ timeout: 480_000 });

test('A playbook of ours goes out, comes in as another, through Studio, and out again with nothing lost', async ({ page, server }) => {
  await comesBackWhole(page, server, { ...await exported(server, 'close'), definitionId: 'close-again', name: 'Closing, again' });
});

test('What a real Elsa exported comes in, through Studio, and out again with nothing lost', async ({ page, server }) => {
  test.skip(!existsSync(recorded) && !process.env.CI, 'shared/elsa/exported-definition.json is not beside the repository.');
  await comesBackWhole(page, server, JSON.parse(await readFile(recorded, 'utf8')));
});
