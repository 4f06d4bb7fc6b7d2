// What a person notices of a page's opening, measured in the browser as Lighthouse names it, cold and with everything kept.

/** Must run before the page is opened: layout shifts and long tasks are only told to who listens. */
const listen = () => {
  window.vitals = { shift: 0, blocked: 0, largest: 0 };
  new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.vitals.shift += one.value; }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver(list => { for (const one of list.getEntries()) window.vitals.blocked += Math.max(0, one.duration - 50); }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver(list => { for (const one of list.getEntries()) window.vitals.largest = one.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
};

/** @param ready waits until the page can be worked with */
export async function vitals(context, path, ready) {
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  let bytes = 0, requests = 0;
  await wire.send('Network.enable');
  wire.on('Network.loadingFinished', ({ encodedDataLength }) => { if (encodedDataLength > 0) { requests++; bytes += encodedDataLength; } });
  await page.addInitScript(listen);
  const begin = performance.now();
  await page.goto(path);
  await ready(page);
  const alive = performance.now() - begin;
  await page.waitForTimeout(1000);
  const seen = await page.evaluate(() => ({ ...window.vitals, first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0 }));
  await page.close();
  return `first paint ${seen.first.toFixed(0)} ms, largest ${seen.largest.toFixed(0)} ms, alive ${alive.toFixed(0)} ms, layout shift ${seen.shift.toFixed(3)}, blocked ${seen.blocked.toFixed(0)} ms, ${requests} requests, ${(bytes / 1e3).toFixed(0)} kB`;
}
