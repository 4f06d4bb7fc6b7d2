import { expect } from '@playwright/test';

/** What a person does in Studio, in a frame page of ours: `page`, or the frame of a page of ours that holds one. */
export class Studio {
  constructor(page, frame = page) {
    this.page = page;
    this.frame = frame;
  }

  static async open(page, address) {
    await page.goto(`/studio/${address}`);
    const studio = new Studio(page);
    await studio.ready();
    return studio;
  }

  /** Studio in the page that has our panels around it. */
  static async openPage(page, playbook) {
    await page.goto(`/playbooks/${playbook}`);
    const studio = new Studio(page, page.frameLocator('.canvas iframe'));
    await studio.ready();
    return studio;
  }

  ready() { return expect(this.frame.locator('html')).toHaveAttribute('data-ready', 'true', { timeout: 220_000 }); }

  step(id) { return this.frame.locator(`.x6-node[data-cell-id="${id}"]`); }

  /** Chooses a step that may lie outside of what the canvas shows. */
  async select(id) {
    expect(await this.frame.locator('html').evaluate((_, wanted) => window.playbookStudio.select(wanted), id)).toBe(true);
    await expect(this.step(id)).toHaveClass(/x6-node-selected/);
  }

  /** Saves by Studio's own key: what was not changed, too. */
  save() { return this.page.keyboard.press('Control+s'); }

  steps() { return this.frame.locator('.x6-node'); }

  lines() { return this.frame.locator('.x6-edge'); }

  /** An input of the panel below the canvas. Studio's labels stand beside their fields and do not name them. */
  #field(label) { return this.frame.locator(`.mud-input-control:has(label:text-is("${label}"))`).last(); }

  /** Where a text of the panel below the canvas is written. */
  input(label) { return this.#field(label).locator('input, textarea').first(); }

  async fill(label, text) {
    await this.input(label).fill(text);
    await this.input(label).blur();
  }

  /** Adds a line to a list of texts. */
  async add(label, text) {
    await this.input(label).fill(text);
    await this.input(label).press('Enter');
    await this.input(label).blur();
  }

  /** A free place on the canvas, in the page's own measure. */
  async #place(right, down) {
    const canvas = await this.frame.locator('.graph-container').boundingBox();
    return { x: canvas.x + canvas.width * right, y: canvas.y + canvas.height * down };
  }

  /** Drags an activity from the palette to a place on the canvas (0 to 1 of its width and height); gives the new step's id. */
  async drop(category, activity, right, down) {
    const item = this.frame.locator('[draggable=true]').filter({ hasText: new RegExp(`^\\s*${activity}\\s*$`) });
    if (!await item.isVisible()) await this.frame.getByText(category, { exact: true }).click();
    await expect(item).toBeVisible();
    const before = await this.#ids();
    await item.hover();
    await this.page.mouse.down();
    const place = await this.#place(right, down);
    await this.page.mouse.move(place.x - 40, place.y - 20, { steps: 5 });
    await this.page.mouse.move(place.x, place.y, { steps: 5 });
    await this.page.mouse.up();
    await expect(this.steps()).toHaveCount(before.length + 1);
    return (await this.#ids()).find(id => !before.includes(id));
  }

  /** Draws a line from an outcome of one step to another. */
  async connect(from, outcome, to) {
    const before = await this.lines().count();
    const out = this.step(from).locator(`[port-group=out][port="${outcome}"] .elsa-designer-port-hit-area`);
    const into = this.step(to).locator('[port-group=in] .elsa-designer-port-hit-area');
    // The handles around a chosen step cover its ports.
    const free = await this.#place(0.05, 0.1);
    await this.page.mouse.click(free.x, free.y);
    // A line that already leaves there covers the middle of the port.
    const port = await out.boundingBox();
    await out.hover({ position: { x: port.width * 0.28, y: port.height * 0.2 } });
    await this.page.mouse.down();
    const end = await into.boundingBox();
    await this.page.mouse.move(end.x - 30, end.y - 10, { steps: 8 });
    await this.page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 8 });
    await this.page.mouse.up();
    await expect(this.lines()).toHaveCount(before + 1);
  }

  /** Chooses from a list of the panel below the canvas: one of MudBlazor's extensions, whose lines have class names of their own. */
  async choose(label, option) {
    const field = this.#field(label).locator('.mud-input').first();
    await field.click();
    await this.frame.getByRole('option', { name: option, exact: true }).click();
    await expect(field).toContainText(option);
  }

  /** Does something that Studio saves by itself, and waits until what it saved is as described; gives the playbook as Studio sent it. */
  async saved(change, isIn = () => true) {
    const sent = response => response.request().postDataJSON().model;
    const answer = this.page.waitForResponse(response =>
      response.request().method() === 'POST' && /\/elsa\/api\/workflow-definitions$/.test(response.url()) && response.ok() && isIn(sent(response)));
    await change();
    return sent(await answer);
  }

  async #ids() { return this.steps().evaluateAll(nodes => nodes.map(node => node.getAttribute('data-cell-id'))); }
}
