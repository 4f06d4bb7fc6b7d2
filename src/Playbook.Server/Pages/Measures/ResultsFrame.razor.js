/** Says that the page hears what a person does: it is drawn before that. */
export function listen() {
  document.documentElement.dataset.live = 'true';
  return { stop() { delete document.documentElement.dataset.live; } };
}
