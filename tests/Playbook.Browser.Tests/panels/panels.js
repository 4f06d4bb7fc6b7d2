import { expect } from '@playwright/test';

/** Opens a panel of the designer page and gives it. */
export async function openPanel(page, playbook, title, { goto = true } = {}) {
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
