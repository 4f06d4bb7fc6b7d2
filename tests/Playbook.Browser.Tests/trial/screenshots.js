import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';

const folder = fileURLToPath(new URL('../../../TestResults/screenshots', import.meta.url));

/** Pictures for people to look at, in TestResults/screenshots: NAME-1440.png and NAME-390.png. */
export async function shoot(page, name, widths = [1440, 390]) {
  await mkdir(folder, { recursive: true });
  const before = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
    // Two frames: one for the new size to be laid out, one for it to be painted.
    await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
    await page.screenshot({ path: join(folder, `${name}-${width}.png`) });
  }
  await page.setViewportSize(before);
}

/** Does the same in light and in dark colours, and leaves it light; the page must be alive. */
export async function inLightAndDark(page, look) {
  await look('light');
  await page.getByRole('button', { name: 'Dark colours' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await look('dark');
  await page.getByRole('button', { name: 'Light colours' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
}
