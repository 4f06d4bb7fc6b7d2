import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect } from '@playwright/test';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Fails where the page cannot be used by everybody (WCAG 2.2 AA as far as a machine can see it).
 * @param include a selector of the part to look at; the whole page where it is missing
 * @param exclude selectors of parts that are not ours
 */
export async function expectAccessible(page, { include, exclude = [] } = {}) {
  await page.evaluate(axe);
  const violations = await page.evaluate(async ([within, without]) => {
    const options = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] };
    const found = await window.axe.run({ include: within ? [within] : [['html']], exclude: without.map(one => [one]) }, options);
    return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id} (${rule.impact}) at ${node.target.join(' ')}: ${rule.help}`));
  }, [include, exclude]);
  expect(violations, 'everybody must be able to use the page').toEqual([]);
}
