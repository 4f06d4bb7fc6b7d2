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

/** Imports the document, opens it in Studio, has Studio save it as it is, and gives what is exported then. */
async function throughStudio(page, server, document) {
  await server.api('/elsa/api/workflow-definitions/import', { body: document });
  const studio = await Studio.open(page, `editor?definition=${document.definitionId}`);
  await expect(studio.steps()).toHaveCount(document.root.activities.length);
  const saved = await studio.saved(() => studio.save());
  expect(saved.definitionId).toBe(document.definitionId);
  return exported(server, document.definitionId);
}

// Set aside: not yet seen green from start to end, so it shows nothing; see the note.
test.fixme('A playbook of ours goes out, comes in as another, through Studio, and out again with nothing lost', async ({ page, server }) => {
  const document = { ...await exported(server, 'close'), definitionId: 'close-again', name: 'Closing, again' };
  expect(content(await throughStudio(page, server, document))).toEqual(content(document));
});

// Set aside: not yet seen green from start to end, so it shows nothing; see the note.
test.fixme('What a real Elsa exported comes in, through Studio, and out again with nothing lost', async ({ page, server }) => {
  test.skip(!existsSync(recorded) && !process.env.CI, 'shared/elsa/exported-definition.json is not beside the repository.');
  const document = JSON.parse(await readFile(recorded, 'utf8'));
  expect(content(await throughStudio(page, server, document))).toEqual(content(document));
});
