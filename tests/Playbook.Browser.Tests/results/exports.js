import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';

/** Presses a button that gives a file, and answers what stands in it. */
export async function given(page, button) {
  const coming = page.waitForEvent('download');
  await button.click();
  const file = await coming;
  return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
}

/** The cells of a CSV file, by row; a byte-order mark is left out. */
export function cells(csv) {
  const text = csv.toString('utf8').replace(/^\ufeff/, '');
  return text.trimEnd().split('\r\n').map(line => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain));
}

const digits = value => Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;

/** A figure of the file as the page's table writes it: rounded, "–" where there is none. */
function written(figure, shown) {
  if (figure === '') return '–';
  const value = Number(figure) * (shown.endsWith('%') ? 100 : 1);
  return value.toLocaleString('en-GB', { maximumFractionDigits: shown.endsWith('%') ? 1 : digits(value) });
}

/** Both files of a chart: the CSV says what its table says, and the picture is one. */
export async function expectExports(page, title) {
  const figure = page.locator('figure.chart').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
  const csv = await given(page, figure.getByRole('button', { name: /CSV file$/ }));
  expect(csv.name).toMatch(/^[a-z0-9-]+\.csv$/);
  const [head, ...rows] = cells(csv.content);
  await figure.locator('details').evaluate(details => { details.open = true; });
  const table = await figure.locator('table').evaluate(one => [...one.rows].map(row => [...row.cells].map(cell => cell.textContent.trim())));
  expect(table[0]).toEqual(head);
  expect(table.length - 1).toBe(rows.length);
  expect(rows.flat().some(cell => /[1-9]/.test(cell)), `${title} has figures`).toBe(true);
  for (const [at, row] of rows.entries())
    for (const [column, cell] of row.entries())
      if (column === 0) expect(table[at + 1][0]).toBe(cell);
      // The unit stands behind the number in the table only.
      else expect(near(table[at + 1][column], written(cell, table[at + 1][column])), `${title}: ${row[0]}, ${head[column]}: the file says ${cell}, the table ${table[at + 1][column]}`).toBe(true);

  const png = await given(page, figure.getByRole('button', { name: /PNG file$/ }));
  expect(png.name).toMatch(/\.png$/);
  const picture = await page.evaluate(async bytes => {
    const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const colours = new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer));
    return { width: image.width, height: image.height, colours: colours.size };
  }, [...png.content]);
  expect(picture.width).toBeGreaterThan(400);
  expect(picture.height).toBeGreaterThan(200);
  expect(picture.colours, `${title} is drawn, not blank`).toBeGreaterThan(8);
}

// Rounding half to even and half away from zero differ in the last digit.
function near(cell, expected) {
  // A number and its unit do not come apart at the end of a line.
  const shown = cell.replaceAll('\u00a0', ' ');
  if (shown === expected || shown.startsWith(`${expected} `)) return true;
  const [one, other] = [shown, expected].map(text => Number(text.replaceAll(',', '').replace(/ .*/, '')));
  return Math.abs(one - other) <= 10 ** -(expected.split('.')[1]?.length ?? 0) * 1.0001;
}
