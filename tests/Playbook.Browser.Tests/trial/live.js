import { expect } from '@playwright/test';

/** Waits until the page hears what a person does: it is drawn before that. */
export const live = page => expect(page.locator('header.bar[data-live]')).toBeAttached();
