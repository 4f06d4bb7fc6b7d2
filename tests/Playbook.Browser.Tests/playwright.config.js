import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

const root = fileURLToPath(new URL('../..', import.meta.url));
const chromium = [process.env.PLAYBOOK_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  .find(path => path && existsSync(path));

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.js',
  // Each worker has a server, and a browser that runs a second .NET in it: more than two at a time only get in each other's way.
  workers: 2,
  retries: 0,
  // Studio is a second .NET in the browser: on a machine that is busy with more than the tests it takes a minute to open.
  timeout: 240_000,
  globalTimeout: 30 * 60_000,
  forbidOnly: Boolean(process.env.CI),
  expect: { timeout: 30_000 },
  outputDir: `${root}/TestResults/browser`,
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.PLAYBOOK_BROWSER_REPORT ?? `${root}/TestResults/Playbook.Browser.Tests.json` }],
  ],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    },
  },
});
