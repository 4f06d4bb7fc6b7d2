// Between Studio in this frame and the page around it. Studio stays as published: we use its callbacks and the graphs
// that its designer module lists.
//
// The page around calls   frame.contentWindow.playbookStudio.select(activityId) | colour(steps) | fit() | reload()
// and hears               window.addEventListener('message', ({ data }) => data.source === 'playbook-studio' && …data.type…)
//   ready | failed | selected {activityId: string or null} | edit {id} | view-run {id}
// Where there is no page around, edit and view-run lead to the designer and the viewer.

const designer = () => import(new URL('_content/Elsa.Studio.Workflows.Designer/designer.entry.js', document.baseURI).href);
const places = [[/\/workflows\/definitions\/([^/]+)\/edit$/, 'edit'], [/\/workflows\/instances\/([^/]+)\/view$/, 'view-run']];
const pages = { edit: id => `/studio/editor?definition=${encodeURIComponent(id)}`, 'view-run': id => `/studio/viewer?instance=${encodeURIComponent(id)}` };

// Studio shows the middle of a playbook in its own size, which is often an empty place: show all of it, or where it begins.
function overview(graph) {
  if (graph.getNodes().length === 0 || !graph.container.isConnected) return;
  // Only once Studio has centred it, which it does as soon as the canvas has a height.
  requestAnimationFrame(() => {
    if (graph.container.clientHeight === 0) return overview(graph);
    graph.zoomToFit({ padding: 24, minScale: 0.6, maxScale: 1 });
    const all = graph.getContentArea();
    if (all.width <= graph.getGraphArea().width) return;
    const first = graph.getNodes().map(node => node.getBBox()).reduce((left, box) => (box.x < left.x ? box : left));
    graph.positionPoint({ x: first.x, y: first.center.y }, 24, '50%');
  });
}

// Beside our panels the canvas would have half of its width left: the playbook's own properties are shown when asked for.
function fold() {
  document.querySelector('.pane-left + .rz-splitter-bar .rz-expand')?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
}

// The canvas is there before the steps and lines are, and they are drawn a few at a time. A playbook without any is waited for a little.
function drawn(graph) {
  const emptyBy = performance.now() + 3000;
  return new Promise(done => {
    const look = () => {
      const steps = graph?.getNodes().length ?? 0;
      const shown = kind => graph.container.querySelectorAll(`.x6-${kind}`).length;
      const isDrawn = steps > 0 ? shown('node') >= steps && shown('edge') >= graph.getEdges().length : performance.now() > emptyBy;
      if (isDrawn) done();
      else setTimeout(look, 30);
    };
    look();
  });
}

// Marks what stands for an activity with its type, for the styles that the page brings for those that Studio does not know.
function mark(element) {
  const { types, names } = JSON.parse(document.getElementById('activities').textContent);
  let isAsked = false;
  const look = () => {
    isAsked = false;
    // Studio uses an item of the palette again for another activity.
    for (const item of element.querySelectorAll('[draggable=true]')) {
      const type = names[item.textContent.trim()];
      if (type) item.dataset.activity = type;
      else delete item.dataset.activity;
    }
    for (const step of element.querySelectorAll('elsa-activity-wrapper[activity-json]:not([data-activity])')) {
      const { type } = JSON.parse(step.getAttribute('activity-json'));
      if (types.includes(type)) step.dataset.activity = type;
    }
  };
  new MutationObserver(() => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(look);
  }).observe(element, { childList: true, subtree: true, characterData: true });
}

export function connect(element, name) {
  const hasDesigner = name === 'editor' || name === 'viewer';
  if (hasDesigner) mark(element);
  const heard = new WeakSet();
  const colours = document.head.appendChild(document.createElement('style'));
  let graphs = {};

  const tell = (type, more = {}) => {
    const message = { source: 'playbook-studio', type, ...more };
    if (window.parent !== window) window.parent.postMessage(message, location.origin);
    else if (pages[type]) location.assign(pages[type](more.id));
  };

  // Blazor takes callbacks only from an element that it has made its own.
  customElements.whenDefined(element.localName).then(() => {
    element.editWorkflowDefinition = id => tell('edit', { id });
    element.viewWorkflowInstance = id => tell('view-run', { id });
  });

  // Studio's own site has pages at these addresses; here they are the page around's affair.
  const leads = address => {
    const path = new URL(address, document.baseURI).pathname;
    const [type, id] = places.map(([pattern, type]) => [type, pattern.exec(path)?.[1]]).find(([, id]) => id) ?? [];
    if (type) tell(type, { id: decodeURIComponent(id) });
    return type !== undefined;
  };
  document.addEventListener('click', click => {
    const link = click.target.closest?.('a[href]');
    if (link && leads(link.href)) { click.preventDefault(); click.stopPropagation(); }
  }, true);
  const push = history.pushState.bind(history);
  history.pushState = (state, unused, address) => { if (!address || !leads(address)) push(state, unused, address); };

  // The last one shown: a flowchart inside another takes its place on the canvas.
  const graph = () => Object.values(graphs).map(one => one.graph).findLast(one => one.container?.isConnected);

  const listen = () => {
    for (const { graph } of Object.values(graphs)) {
      if (heard.has(graph)) continue;
      heard.add(graph);
      graph.on('node:selected', ({ node }) => tell('selected', { activityId: node.id }));
      graph.on('blank:click', () => tell('selected', { activityId: null }));
      graph.model.on('reseted', () => overview(graph));
      overview(graph);
    }
  };

  window.playbookStudio = {
    /** Shows the activity, and its inputs in Studio's panel; false where it is not on the canvas. */
    select(activityId) {
      const node = graph()?.getCellById(activityId);
      if (!node) return false;
      graph().resetSelection(node);
      graph().centerCell(node);
      return true;
    },
    /**
     * Colours steps by `{ [activityId]: { level: 0 to 5 or null, words } }`; null takes the colours away. A style sheet over what
     * Studio draws, so that nothing of it gets into what Studio saves, and steps that are drawn anew have their colour too.
     */
    colour(steps) {
      colours.textContent = Object.entries(steps ?? {}).map(([id, { level, words }]) =>
        `.x6-node[data-cell-id="${CSS.escape(id)}"] { --heat-words: "${CSS.escape(words)}"; ${level === null ? '' : `--heat: ${level * 9}%;`} }`).join('\n');
      document.documentElement.toggleAttribute('data-heat', steps !== null);
    },
    fit() { graph()?.zoomToFit({ padding: 24, minScale: 0.1, maxScale: 1 }); },
    reload() { location.reload(); },
  };

  return {
    async ready() {
      if (hasDesigner) {
        if (name === 'editor' && window.parent !== window) fold();
        ({ graphBindings: graphs } = await designer());
        listen();
        new MutationObserver(listen).observe(element, { childList: true, subtree: true });
        await drawn(graph());
      }
      document.documentElement.dataset.ready = 'true';
      tell('ready');
    },
    failed() { tell('failed'); },
  };
}
