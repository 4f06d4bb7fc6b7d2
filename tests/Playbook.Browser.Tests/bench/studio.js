// How long the designer takes to open, and what goes over the wire: with nothing kept, and with everything kept.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import config from '../playwright.config.js';
import { TrialServer } from '../trial/server.js';

const rounds = Number(process.argv[2] ?? 3);
const published = fileURLToPath(new URL('../../../src/Playbook.Server/Studio/node_modules/@elsa-workflows/elsa-studio-wasm', import.meta.url));
const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const size = path => { try { return statSync(path).size; } catch { return 0; } };

/** One opening in a tab of its own: moments in ms since the address was entered, and bytes as they came over the wire. */
async function open(context, address) {
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  let bytes = 0, requests = 0;
  const paths = new Set();
  const kept = new Set();
  await wire.send('Network.enable');
  wire.on('Network.responseReceived', ({ response }) => paths.add(new URL(response.url).pathname));
  wire.on('Network.requestServedFromCache', ({ requestId }) => kept.add(requestId));
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (kept.has(requestId) || encodedDataLength === 0) return;
    requests++;
    bytes += encodedDataLength;
  });
  const begin = performance.now();
  await page.goto(address, { waitUntil: 'commit' });
  await page.locator('html[data-ready]').waitFor({ timeout: 120_000 });
  const ready = performance.now() - begin;
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
  await page.close();
  return { ready, paint, requests, bytes, paths };
}

const server = await TrialServer.start();
const browser = await chromium.launch(config.use.launchOptions);
try {
  for (const [name, path] of [['editor', '/studio/editor?definition=lead-generation'], ['list', '/studio/definitions']]) {
    const cold = [], warm = [];
    for (let round = 0; round < rounds; round++) {
      const context = await browser.newContext({ viewport: config.use.viewport });
      await context.addCookies(await server.cookies());
      cold.push(await open(context, server.url + path));
      warm.push(await open(context, server.url + path));
      await context.close();
    }
    for (const [what, all] of [['cold', cold], ['warm', warm]]) {
      const of = key => median(all.map(one => one[key]));
      console.log(`${name} ${what}: first paint ${of('paint').toFixed(0)} ms, ready ${of('ready').toFixed(0)} ms, ${of('requests')} requests, ${(of('bytes') / 1e6).toFixed(2)} MB`);
    }
    const own = [...cold[0].paths].map(one => /^\/studio\/[\d.]+\/(.+)/.exec(one)?.[1]).filter(Boolean)
      .map(file => join(published, file)).reduce((sum, file) => sum + (size(`${file}.br`) || size(file)), 0);
    console.log(`${name}: the same files of Studio, compressed as published: ${(own / 1e6).toFixed(2)} MB`);
  }
} finally {
  await browser.close();
  await server.remove();
}
