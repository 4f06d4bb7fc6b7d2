/**
 * Listens to all that goes wrong in a browser context: errors on the console, exceptions of pages, answers 404 or 5xx,
 * requests that fail, and requests to any host but our own server.
 */
export function watch(context, ownOrigin, allowed) {
  const found = [];
  const report = text => { if (!allowed.some(pattern => pattern.test(text))) found.push(text); };
  const isForeign = address => !/^(data|blob|about):/.test(address) && new URL(address).origin.replace(/^ws/, 'http') !== ownOrigin;

  context.on('console', message => {
    if (message.type() === 'error') report(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', fault => report(`page error: ${fault.error().stack ?? fault.error()}`));
  context.on('request', request => {
    if (isForeign(request.url())) report(`request to another host: ${request.method()} ${request.url()}`);
  });
  context.on('page', page => page.on('websocket', socket => {
    if (isForeign(socket.url())) report(`web socket to another host: ${socket.url()}`);
  }));
  context.on('response', response => {
    const status = response.status();
    if (status === 404 || status >= 500) report(`answer ${status}: ${response.request().method()} ${response.url()}`);
  });
  context.on('requestfailed', request => {
    // A page that is left gives its open requests up: that is no failure.
    const why = request.failure()?.errorText ?? '';
    if (why !== 'net::ERR_ABORTED') report(`request failed (${why}): ${request.method()} ${request.url()}`);
  });
  return found;
}
