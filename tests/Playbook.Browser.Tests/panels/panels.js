import { expect } from '@playwright/test';

const canvas = `<!doctype html><html lang="en" data-ready="true"><title>Canvas</title><main><h1>Canvas</h1></main>
<script>window.playbookStudio = { selected: [], select(id) { this.selected.push(id); return true; }, reload() {} };</script></html>`;

/** The steps that the panels asked the canvas to show. */
export const selected = page => page.frameLocator('iframe').locator('main').evaluate(() => window.playbookStudio.selected);

/** Studio is another spec's subject, and loading it takes longer than all that is looked at around it. */
export const withoutStudio = page => page.route(/\/studio\/(editor|viewer)\?/, route => route.fulfill({ contentType: 'text/html', body: canvas }));

/** Opens a panel of the designer page and gives it. */
export async function openPanel(page, playbook, title, { goto = true } = {}) {
  await withoutStudio(page);
  if (goto) await page.goto(`/playbooks/${playbook}`);
  await page.getByRole('tab', { name: new RegExp(`^${title}`) }).click();
  const panel = page.getByRole('tabpanel', { name: new RegExp(`^${title}`) });
  await expect(panel).toBeVisible();
  return panel;
}

/** Writes at the end of the text under the pen, as a person would. */
export async function typeAtEnd(panel, text) {
  const editor = panel.locator('.cm-content');
  await editor.click();
  await editor.press('Control+End');
  // Brackets close themselves: what the editor adds is typed over.
  await panel.page().keyboard.type(text, { delay: 2 });
}
